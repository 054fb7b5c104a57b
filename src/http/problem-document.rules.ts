import type { Problem } from '../shared/problem.ts';
import type { FromSchema } from '../shared/schema-type.ts';
import type { problemSchema } from './problem.schema.ts';

/** A refusal as it leaves the service, with the facts of the problem as extension members. */
export type ProblemDocument = FromSchema<typeof problemSchema> & { readonly [fact: string]: unknown };

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
