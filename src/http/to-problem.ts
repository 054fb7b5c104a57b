import { isOutOfReach } from '../database/connection-error.rules.ts';
import { isTransient } from '../database/database-error.rules.ts';
import { Problem } from '../shared/problem.ts';

/**
 * Any thrown thing as a Problem. A database that cannot be reached, or that kept refusing to commit, is 503
 * and may be asked again; everything not expected is a bug: 500, and no detail leaves the house.
 */
export function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (isOutOfReach(error) || isTransient(error))
    return new Problem('service-unavailable', { facts: { retry_after_seconds: 1 }, cause: error });
  return new Problem('internal-error', { cause: error });
}
