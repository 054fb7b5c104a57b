import type { Config } from '../../config/config.ts';
import type { Problem } from '../shared/problem.ts';
import type { FromSchema } from '../shared/schema-type.ts';
import type { problemSchema } from './problem.schema.ts';

/** A refusal as it leaves the service, with the facts of the problem as extension members. */
export type ProblemDocument = FromSchema<typeof problemSchema> & { readonly [fact: string]: unknown };

export const PROBLEM_TYPE = 'application/problem+json';

interface ProblemContext {
  readonly publicOrigin: string;
  /** Absent for the problem of one item of a batch. */
  readonly requestId?: string;
}

/** Renders a problem. Standard members take precedence over facts of the same name. */
export function describeProblem(
  problem: Problem,
  { publicOrigin, requestId }: ProblemContext,
): ProblemDocument {
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

/** Where the pages that describe problems are: those of the live service, for its sandboxes too. */
export function liveOriginOf({ world, publicOrigin }: Pick<Config, 'world' | 'publicOrigin'>): string {
  return world?.liveOrigin ?? publicOrigin;
}
