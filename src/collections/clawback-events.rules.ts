import type { NewEvent } from '../events/append-events.ts';
import type { ShareMove } from './collection-entries.rules.ts';
import type { ClawbackStep } from './clawback.rules.ts';

/** A difference of one company's share of one invoice, with its steps. */
export interface SteppedMove extends ShareMove {
  readonly invoiceNumber: string;
  readonly steps: readonly ClawbackStep[];
}

const TYPES = { clawback: 'clawback.booked', recovery: 'clawback.recovered' } as const;

/** The events of clawbacks and recoveries, for each journal one of either: the amounts are those of its entries in the ledger. */
export function clawbackEvents(
  moves: readonly SteppedMove[],
  { bookedOn, journalOf }: { readonly bookedOn: string; readonly journalOf: (move: ShareMove) => string },
): NewEvent[] {
  return [...Map.groupBy(moves, journalOf)].flatMap(([journalId, own]) => {
    const [{ companyId, billingPeriod }] = own as [SteppedMove, ...SteppedMove[]];
    return (['clawback', 'recovery'] as const).flatMap((kind): NewEvent[] => {
      const steps = own.flatMap((move) =>
        move.steps
          .filter((step) => step.kind === kind)
          .map((step) => ({ ...step, invoiceNumber: move.invoiceNumber })),
      );
      if (steps.length === 0) return [];
      const snapshot = {
        billingPeriod,
        bookedOn,
        amountMinor: steps.reduce((sum, { amountMinor }) => sum + amountMinor, 0n),
        invoiceCount: new Set(steps.map(({ invoiceNumber }) => invoiceNumber)).size,
        chargeCount: new Set(steps.map(({ chargeId }) => chargeId)).size,
      };
      return [{ type: TYPES[kind], subject: journalId, companyId, snapshot }];
    });
  });
}
