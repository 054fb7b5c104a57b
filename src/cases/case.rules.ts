import { transitionCheck, type Transitions } from '../shared/state-machine.rules.ts';

export type CaseState = 'open' | 'in-progress' | 'waiting-subscriber' | 'closed';

/**
 * `open`: reported, nobody has it yet. `in-progress`: a person of the support centre works on it. `waiting-subscriber`: that
 * person has asked the subscriber something. `closed`: it has an outcome, and does not change any more.
 */
const moves: Transitions<CaseState> = {
  open: ['in-progress', 'closed'],
  'in-progress': ['waiting-subscriber', 'closed'],
  'waiting-subscriber': ['in-progress', 'closed'],
  closed: [],
};

export const caseStates = Object.keys(moves) as CaseState[];

/** @throws Problem `illegal-state`. */
export const assertCaseMove = transitionCheck('case', moves);

export type CaseEventKind = 'opened' | 'taken' | 'noted' | 'asked' | 'closed';

/**
 * `recognised`: the subscriber knows the purchase after all. `withdrawn`: the subscriber does not pursue it. `explained`: the
 * support centre found who bought it and how. `stopped`: what caused it was cancelled, revoked or blocked. `referred`: the
 * company deals with it. None of them moves money.
 */
export const caseOutcomes = ['recognised', 'withdrawn', 'explained', 'stopped', 'referred'] as const;
export type CaseOutcome = (typeof caseOutcomes)[number];

/** Those with which a subscriber closes a case. */
export const subscriberOutcomes = ['recognised', 'withdrawn'] as const satisfies readonly CaseOutcome[];

interface NotedCase {
  readonly state: CaseState;
}

interface NewNote {
  readonly by: 'subscriber' | 'staff';
  /** The note is a question that the subscriber has to answer. */
  readonly asks: boolean;
}

/**
 * The state of a case after a note: a question waits for the subscriber, whose note then is the answer. Other notes change
 * nothing.
 */
export function stateAfterNote({ state }: NotedCase, { by, asks }: NewNote): CaseState {
  if (by === 'staff') return asks ? 'waiting-subscriber' : state;
  return state === 'waiting-subscriber' ? 'in-progress' : state;
}

/** What people call a case: `C-2026-000123`. */
export function formatCaseNumber(year: number, sequence: number): string {
  return `C-${year}-${String(sequence).padStart(6, '0')}`;
}

const NUMBER = /^C-\d{4}-\d{6}$/;

/** Whether a text is the number of a case, in upper case. */
export function isCaseNumber(text: string): boolean {
  return NUMBER.test(text);
}
