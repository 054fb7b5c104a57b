import type { Problem } from '../shared/problem.ts';
import type { RenewalStep } from './renew-chunk.ts';

/** The totals of a run of renewals; amounts as text, for JSON. */
export interface RenewalFigures {
  readonly charged: number;
  readonly chargedMinor: string;
  readonly free: number;
  /** Months the subscriber has had before, having cancelled and joined again. */
  readonly taken: number;
  readonly refused: number;
  readonly waiting: number;
  readonly ended: number;
}

/** Why a month was not billed; undefined when it was. */
export function unbilledBecause({ outcome }: RenewalStep): Problem | undefined {
  return outcome && 'problem' in outcome ? outcome.problem : undefined;
}

/** Counts steps for the run: a step that charged or ended is done, one that was refused is parked. */
export function countStepOutcomes(steps: readonly RenewalStep[]): { done: number; parked: number } {
  const parked = steps.filter((step) => unbilledBecause(step)).length;
  const done = steps.filter(
    (step) => !unbilledBecause(step) && (step.ended || step.outcome?.kind === 'charged'),
  ).length;
  return { done, parked };
}

/** The figures of a run with these steps on top. */
export function addSteps(
  facts: Readonly<Record<string, unknown>>,
  steps: readonly RenewalStep[],
): RenewalFigures {
  const before = (name: keyof RenewalFigures) => Number(facts[name] ?? 0);
  const count = (kind: NonNullable<RenewalStep['outcome']>['kind']) =>
    before(kind) + steps.filter(({ outcome }) => outcome?.kind === kind).length;
  const chargedMinor = steps.reduce(
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
    ended: before('ended') + steps.filter(({ ended }) => ended).length,
  };
}

/** Adds up the figures of the partitions of a run; each was made by `addSteps`, or is empty. */
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
