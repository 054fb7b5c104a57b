import { availableParallelism } from 'node:os';
import type { Middleware } from 'koa';
import { WorkGate } from '../../identity/work-gate.ts';
import { Problem } from '../../shared/problem.ts';

/** Told to whoever finds the gate full. */
const TRY_AGAIN_SECONDS = 5;

/**
 * Sign-ins compute, and lock rows: two or three at once leave a core and most connections to everybody else. Whoever waits
 * is let in, or told to try again, within two seconds.
 */
function signInGate(): WorkGate {
  const maxRunning = Math.max(2, Math.min(3, availableParallelism() - 1));
  return new WorkGate({ maxRunning, maxWaiting: 100, maxWaitMs: 1_500 });
}

/**
 * Lets few sign-ins on at once. It stands behind the reading of the form, so that a slow sender holds no place, and
 * before the first statement, so that whoever is turned away costs nothing and has no attempt counted.
 * @throws Problem `service-unavailable`
 */
export function admitSignIns(gate: WorkGate = signInGate()): Middleware {
  return (_ctx, next) => gate.run(() => next(), tooMany);
}

function tooMany(): Problem {
  return new Problem('service-unavailable', {
    detail: 'Too many people are signing in at this moment.',
    facts: { retry_after_seconds: TRY_AGAIN_SECONDS },
  });
}
