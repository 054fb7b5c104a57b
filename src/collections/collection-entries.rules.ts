import type { NewEntry } from '../ledger/post-entries.ts';

/** What an invoice's standing was and is, in minor units. */
export interface Amounts {
  readonly collectedMinor: bigint;
  readonly uncollectedMinor: bigint;
}

/** A change of an invoice's standing. */
export interface InvoiceMove {
  readonly billingPeriod: string;
  readonly before: Amounts;
  readonly after: Amounts;
}

/** What the entries of some moves have in common. */
export interface Booking {
  readonly bookedOn: string;
  readonly nextId: () => string;
}

/**
 * The ledger entries of moves: by billing period one journal with the sum of each kind. What was collected goes from the
 * receivable to cash, what was not to the uncollected receivable; what changes comes back first.
 */
export function moveEntries(moves: readonly InvoiceMove[], { bookedOn, nextId }: Booking): NewEntry[] {
  return [...Map.groupBy(moves, (move) => move.billingPeriod)].flatMap(([billingPeriod, own]) => {
    const journal = { businessDate: bookedOn, journalId: nextId(), billingPeriod };
    const collected = own.map(({ before, after }) => after.collectedMinor - before.collectedMinor);
    const uncollected = own.map(({ before, after }) => after.uncollectedMinor - before.uncollectedMinor);
    const receivable = 'subscriber-receivable';
    const entries: NewEntry[] = [
      { ...journal, kind: 'collected', debit: 'cash', credit: receivable, amountMinor: sumAbove(collected) },
      {
        ...journal,
        kind: 'collected-back',
        debit: receivable,
        credit: 'cash',
        amountMinor: sumBelow(collected),
      },
      {
        ...journal,
        kind: 'uncollected',
        debit: 'uncollected-receivable',
        credit: receivable,
        amountMinor: sumAbove(uncollected),
      },
      {
        ...journal,
        kind: 'uncollected-back',
        debit: receivable,
        credit: 'uncollected-receivable',
        amountMinor: sumBelow(uncollected),
      },
    ];
    return entries.filter(({ amountMinor }) => amountMinor > 0n);
  });
}

/** A difference of what a company's share of an uncollected invoice costs: above zero it is lost, below it comes back. */
export interface ShareMove {
  readonly companyId: number;
  readonly billingPeriod: string;
  readonly lostMinor: bigint;
  readonly recoveredMinor: bigint;
}

/**
 * The entries of clawbacks: the company owes back what the carrier could not collect. By company and billing period one journal,
 * which `journalOf` names.
 */
export function clawbackEntries(
  moves: readonly ShareMove[],
  { bookedOn, journalOf }: { readonly bookedOn: string; readonly journalOf: (move: ShareMove) => string },
): NewEntry[] {
  return [...Map.groupBy(moves, journalOf)].flatMap(([journalId, own]) => {
    const [{ companyId, billingPeriod }] = own as [ShareMove, ...ShareMove[]];
    const journal = { businessDate: bookedOn, journalId, billingPeriod };
    const [company, carrier] = [{ company: companyId }, 'uncollected-receivable'] as const;
    const lost = sumAbove(own.map(({ lostMinor }) => lostMinor));
    const recovered = sumAbove(own.map(({ recoveredMinor }) => recoveredMinor));
    const entries: NewEntry[] = [
      { ...journal, kind: 'clawback', debit: company, credit: carrier, amountMinor: lost },
      { ...journal, kind: 'recovery', debit: carrier, credit: company, amountMinor: recovered },
    ];
    return entries.filter(({ amountMinor }) => amountMinor > 0n);
  });
}

/** The entries of assigned claims: the carrier bears what it could not collect. By billing period one journal. */
export function lossEntries(moves: readonly ShareMove[], { bookedOn, nextId }: Booking): NewEntry[] {
  return [...Map.groupBy(moves, (move) => move.billingPeriod)].flatMap(([billingPeriod, own]) => {
    const journal = { businessDate: bookedOn, journalId: nextId(), billingPeriod };
    const [loss, receivable] = ['credit-loss', 'uncollected-receivable'] as const;
    const lost = sumAbove(own.map(({ lostMinor }) => lostMinor));
    const recovered = sumAbove(own.map(({ recoveredMinor }) => recoveredMinor));
    const entries: NewEntry[] = [
      { ...journal, kind: 'loss', debit: loss, credit: receivable, amountMinor: lost },
      { ...journal, kind: 'loss-back', debit: receivable, credit: loss, amountMinor: recovered },
    ];
    return entries.filter(({ amountMinor }) => amountMinor > 0n);
  });
}

function sumAbove(differences: readonly bigint[]): bigint {
  return differences.reduce((sum, difference) => (difference > 0n ? sum + difference : sum), 0n);
}

function sumBelow(differences: readonly bigint[]): bigint {
  return differences.reduce((sum, difference) => (difference < 0n ? sum - difference : sum), 0n);
}
