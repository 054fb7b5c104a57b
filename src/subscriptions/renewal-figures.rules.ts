import type { Problem } from '../shared/problem.ts';
import type { Visit } from './renew-chunk.ts';

/** What a run of renewals did so far; amounts as text, for JSON. */
export interface RenewalFigures {
  readonly charged: number;
  readonly chargedMinor: string;
  readonly free: number;
  /** Months the subscriber has had before, having left and joined again. */
  readonly taken: number;
  readonly refused: number;
  readonly waiting: number;
  readonly ended: number;
}

/** Why a month was not settled as it should have been; undefined when it was. */
export function unsettledBecause({ outcome }: Visit): Problem | undefined {
  return outcome && 'problem' in outcome ? outcome.problem : undefined;
}

/** Counts visits for the run: a visit that charged or ended is done, one that was refused is parked. */
export function countVisitOutcomes(visits: readonly Visit[]): { done: number; parked: number } {
  const parked = visits.filter((visit) => unsettledBecause(visit)).length;
  const done = visits.filter(
    (visit) => !unsettledBecause(visit) && (visit.ended || visit.outcome?.kind === 'charged'),
  ).length;
  return { done, parked };
}

/** The figures of a run with these visits on top. */
export function addVisits(
  facts: Readonly<Record<string, unknown>>,
  visits: readonly Visit[],
): RenewalFigures {
  const before = (name: keyof RenewalFigures) => Number(facts[name] ?? 0);
  const count = (kind: NonNullable<Visit['outcome']>['kind']) =>
    before(kind) + visits.filter(({ outcome }) => outcome?.kind === kind).length;
  const chargedMinor = visits.reduce(
    (sum, { outcome }) => (outcome?.kind === 'charged' ? sum + outcome.charge.amountMinor : sum),
    BigInt((facts['chargedMinor'] as string | undefined) ?? 0),
  );
  return {
    charged: count('charged'),
    chargedMinor: String(chargedMinor),
    free: count('free'),
    taken: count('taken'),
    refused: count('refused'),
    waiting: count('waiting'),
    ended: before('ended') + visits.filter(({ ended }) => ended).length,
  };
}

/** The figures of a run whose parts counted for themselves; each as `addVisits` made them, or empty. */
export function addFigures(facts: readonly Readonly<Record<string, unknown>>[]): RenewalFigures {
  const sum = (name: keyof RenewalFigures) =>
    facts.reduce((all, figures) => all + Number(figures[name] ?? 0), 0);
  const chargedMinor = facts.reduce(
    (all, figures) => all + BigInt((figures['chargedMinor'] as string | undefined) ?? 0),
    0n,
  );
  return {
    charged: sum('charged'),
    chargedMinor: String(chargedMinor),
    free: sum('free'),
    taken: sum('taken'),
    refused: sum('refused'),
    waiting: sum('waiting'),
    ended: sum('ended'),
  };
}
