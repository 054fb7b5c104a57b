import { availableParallelism } from 'node:os';
import { WorkGate } from '../identity/work-gate.ts';
import { Problem } from '../shared/problem.ts';
import type { Admission } from './kit/define-form.ts';

/** `Retry-After` of a sign-in that is turned away. */
const TRY_AGAIN_SECONDS = 5;

/**
 * Sign-ins compute and lock rows: two or three at once leave a core and most connections to other requests. A sign-in that
 * waits is admitted, or refused with `Retry-After`, within two seconds.
 */
function signInGate(): WorkGate {
  const maxRunning = Math.max(2, Math.min(3, availableParallelism() - 1));
  return new WorkGate({ maxRunning, maxWaiting: 100, maxWaitMs: 1_500 });
}

/**
 * Admits few sign-ins at once: after the form is read, so that a slow sender holds no slot, and before the first statement,
 * so that a sign-in that is turned away costs nothing and no attempt is counted. A Problem is `service-unavailable`.
 */
export function admitSignIns(gate: WorkGate = signInGate()): Admission {
  return { gate, turnAway: tooMany };
}

function tooMany(): Problem {
  return new Problem('service-unavailable', {
    detail: 'Too many people are signing in at this moment.',
    facts: { retry_after_seconds: TRY_AGAIN_SECONDS },
  });
}
