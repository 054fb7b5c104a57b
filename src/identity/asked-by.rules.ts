import type { ActReason, Asker } from '../access/audit/act-reason.ts';
import { Problem } from '../shared/problem.ts';

/** On whose word the support centre gives a way to sign in: the holder's ID decides about the whole line, so it takes the holder's own. */
const permitted = {
  /** Of the holder's own ID, and of a new one: others on the line get theirs from the holder. */
  holder: ['holder'],
  person: ['holder', 'person'],
} as const satisfies Record<string, readonly Asker[]>;

/**
 * Refuses to give a way to sign in on somebody else's word. Acts without a reason are those of the command line, whose people answer
 * for them. @throws Problem `illegal-state` (`holder-decides`)
 */
export function assertMayAsk(whose: keyof typeof permitted, reason: ActReason | undefined): void {
  const askers: readonly Asker[] = permitted[whose];
  if (reason === undefined || askers.includes(reason.askedBy)) return;
  throw new Problem('illegal-state', {
    detail: 'It takes the word of the holder of the line.',
    facts: { reason: 'holder-decides' },
  });
}
