import { isOutOfReach } from '../database/connection-error.rules.ts';
import { isTransient } from '../database/database-error.rules.ts';
import { Problem } from '../shared/problem.ts';

/**
 * Converts anything thrown to a Problem. An unreachable database, or one that repeatedly refuses to commit, is 503 and
 * can be retried. Everything unexpected is a bug: 500 without detail.
 */
export function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (isOutOfReach(error) || isTransient(error))
    return new Problem('service-unavailable', { facts: { retry_after_seconds: 1 }, cause: error });
  return new Problem('internal-error', { cause: error });
}
