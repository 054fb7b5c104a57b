import type { LineCheck } from '../radius/line-check.ts';
import { systemTimers, type Timers } from '../radius/timers.ts';
import type { Clock } from '../shared/clock.ts';
import type { ServiceDeps } from '../service-deps.ts';
import {
  boundLineCheck,
  type BoundedLineCheck,
  type BoundedOutcome,
  type LineQuestion,
} from './bounded-line-check.ts';

/** A line check of a subscriber; `session` only bounds how often it is asked. */
export interface PatientQuestion extends LineQuestion {
  readonly subscriberId: number;
}

/** An outcome with the instant at which it was known, or `pending`: the servers have not answered yet. */
export type PatientOutcome =
  | { readonly kind: 'known'; readonly outcome: BoundedOutcome; readonly at: Date }
  | { readonly kind: 'pending' };

interface Patience {
  /** A check that continues after this is found by the next call of the same question; left out: it is waited for. */
  readonly waitMs?: number | undefined;
  /** An answer that does not accept stays for the next call. */
  readonly leaveRefusal?: boolean;
}

export interface PatientLineCheck {
  /** Asks ahead, so that the answer may be there when it is needed. Reports nothing. */
  begin(question: PatientQuestion): void;
  outcomeOf(question: PatientQuestion, terms?: Patience): Promise<PatientOutcome>;
}

/** An answer that nobody came for is dropped. */
const KEPT_MS = 30_000;

interface Asked {
  readonly outcome: Promise<PatientOutcome>;
  /** When the answer is dropped; undefined while there is none. */
  droppedAtMs?: number;
}

/**
 * Line checks that outlast a request: one that is still under way, or whose answer nobody has received, is not asked again.
 * Each answer is handed out once. Per process; another one asks for itself.
 */
export function patientLineCheck(
  lineCheck: BoundedLineCheck,
  { clock, timers = systemTimers }: { readonly clock: Clock; readonly timers?: Timers },
): PatientLineCheck {
  const underWay = new Map<string, Asked>();
  const ask = async (question: PatientQuestion): Promise<PatientOutcome> => {
    const outcome = await lineCheck.check(question);
    return { kind: 'known', outcome, at: clock.now() };
  };
  const begin = (question: PatientQuestion): Asked => {
    dropOld(underWay, timers.nowMs());
    const key = keyOf(question);
    const same = underWay.get(key);
    if (same) return same;
    const asked: Asked = { outcome: ask(question) };
    const end = () => void (asked.droppedAtMs = timers.nowMs() + KEPT_MS);
    asked.outcome.then(end, end);
    underWay.set(key, asked);
    return asked;
  };
  return {
    begin: (question) => void begin(question),
    outcomeOf: async (question, { waitMs, leaveRefusal = false } = {}) => {
      const { outcome } = begin(question);
      const found = await (waitMs === undefined ? outcome : withinMs(outcome, waitMs, timers));
      const key = keyOf(question);
      const isLeft = found.kind === 'pending' || (leaveRefusal && found.outcome.kind !== 'accepted');
      if (!isLeft && underWay.get(key)?.outcome === outcome) underWay.delete(key);
      return found;
    },
  };
}

/** Old answers are at the front: the map keeps the order in which checks began, and a check takes seconds at most. */
function dropOld(underWay: Map<string, Asked>, nowMs: number): void {
  for (const [key, { droppedAtMs }] of underWay) {
    if (droppedAtMs === undefined || droppedAtMs > nowMs) return;
    underWay.delete(key);
  }
}

const keyOf = ({ subscriberId, lineId, address }: PatientQuestion) =>
  JSON.stringify([subscriberId, lineId, address]);

async function withinMs(
  asked: Promise<PatientOutcome>,
  waitMs: number,
  timers: Timers,
): Promise<PatientOutcome> {
  let cancel: (() => void) | undefined;
  const tooLong = new Promise<PatientOutcome>((resolve) => {
    cancel = timers.after(waitMs, () => resolve({ kind: 'pending' }));
  });
  try {
    return await Promise.race([asked, tooLong]);
  } finally {
    cancel?.();
  }
}

const ofService = new WeakMap<LineCheck, PatientLineCheck>();

/** The patient and bounded check of a service, one for all requests. */
export function lineCheckOf({
  lineCheck,
  clock,
}: Pick<ServiceDeps, 'lineCheck' | 'clock'>): PatientLineCheck {
  const known = ofService.get(lineCheck) ?? patientLineCheck(boundLineCheck(lineCheck), { clock });
  ofService.set(lineCheck, known);
  return known;
}
