import { transitionCheck, type Transitions } from '../shared/state-machine.rules.ts';

export type CaseState = 'open' | 'in-progress' | 'waiting-subscriber' | 'waiting-company' | 'closed';

/**
 * `open`: reported, nobody has it yet. `in-progress`: a person of the support centre works on it. `waiting-subscriber`: that
 * person has asked the subscriber something. `waiting-company`: that person has asked the company. `closed`: it has an outcome, and
 * does not change any more, unless a person of the support centre takes it up again within some days.
 */
const moves: Transitions<CaseState> = {
  open: ['in-progress', 'closed'],
  'in-progress': ['waiting-subscriber', 'waiting-company', 'closed'],
  'waiting-subscriber': ['in-progress', 'waiting-company', 'closed'],
  'waiting-company': ['in-progress', 'waiting-subscriber', 'closed'],
  closed: ['in-progress'],
};

export const caseStates = Object.keys(moves) as CaseState[];

/** @throws Problem `illegal-state`. */
export const assertCaseMove = transitionCheck('case', moves);

/** The place of a case in the lists of the support centre. */
export type CaseQueue = 'open' | 'working' | 'waiting' | 'closed';

/**
 * `mailed`: the support centre answered by mail. `received`: a mail of the reporter. `handed`: asked of the company, which
 * `answered`. `merged`: into another case, which it `joined`. `placed`: a person found out whose line it is about.
 */
export const caseEventKinds = [
  'opened',
  'taken',
  'given',
  'noted',
  'asked',
  'mailed',
  'received',
  'handed',
  'answered',
  'merged',
  'joined',
  'placed',
  'reopened',
  'closed',
] as const;
export type CaseEventKind = (typeof caseEventKinds)[number];

/**
 * `recognised`: the subscriber knows the purchase after all. `withdrawn`: the subscriber does not pursue it. `explained`: the
 * support centre found who bought it and how. `stopped`: what caused it was cancelled, revoked or blocked. `referred`: the
 * company deals with it. None of them moves money.
 */
export const caseOutcomes = ['recognised', 'withdrawn', 'explained', 'stopped', 'referred'] as const;
export type ClosingOutcome = (typeof caseOutcomes)[number];

/** `merged`: another case has it now. It is never chosen: merging gives it. */
export type CaseOutcome = ClosingOutcome | 'merged';

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
