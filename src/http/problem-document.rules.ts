import type { FieldError, Problem } from '../shared/problem.ts';

/** A refusal as it leaves the service (RFC 9457), with the facts of the problem as extension members. */
export interface ProblemDocument {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly detail?: string;
  readonly request_id?: string;
  readonly errors?: readonly FieldError[];
  readonly [fact: string]: unknown;
}

export const PROBLEM_TYPE = 'application/problem+json';

interface AppOptions {
  readonly publicOrigin: string;
  /** Left out for the problem of one item of many. */
  readonly requestId?: string;
}

/** Renders a problem; the standard members win over a fact of the same name. */
export function describeProblem(problem: Problem, { publicOrigin, requestId }: AppOptions): ProblemDocument {
  return {
    ...problem.facts,
    type: `${publicOrigin}/problems/${problem.code}`,
    title: problem.title,
    status: problem.status,
    code: problem.code,
    ...(problem.detail === undefined ? {} : { detail: problem.detail }),
    ...(requestId === undefined ? {} : { request_id: requestId }),
    ...(problem.errors.length === 0 ? {} : { errors: problem.errors }),
  };
}
