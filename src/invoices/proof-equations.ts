import type { Actor } from '../access/actor.ts';
import { authorize } from '../access/authorize.ts';
import type { PeriodKey } from '../billing-periods/ensure-billing-period.ts';
import type { Deps } from '../deps.ts';
import {
  countDifferingInvoices,
  sumCharges,
  sumInvoices,
  sumItems,
  sumRefunds,
  sumTaxes,
} from './proof-of-close.queries.ts';

/** What a side of an equation comes to; a count alone, or a sum alone, has null for the other. */
export interface ProofSide {
  readonly count: number | null;
  readonly totalMinor: bigint | null;
}

export const proofNames = [
  'charges-and-ledger',
  'charges-and-items',
  'refunds-and-ledger',
  'refunds-and-items',
  'items-and-invoices',
  'invoices-that-differ',
  'companies-that-differ',
  'invoices-and-numbers',
  'invoices-and-tax',
] as const;

/** One equation of the proof of close in figures. */
export interface ProofEquation {
  readonly name: (typeof proofNames)[number];
  readonly left: ProofSide;
  readonly right: ProofSide;
  readonly holds: boolean;
}

/**
 * The equations of the proof of close (`prove-close.ts`), counted again from the records as they are now. What is not folded yet
 * makes those of an open period differ. Reads every charge of the period: for large ones it takes as long as the proof itself.
 * @throws Problem `permission-denied`
 */
export async function listProofEquations(
  deps: Deps,
  actor: Actor,
  { state, ...key }: PeriodKey & { readonly state: 'open' | 'closing' | 'closed' },
): Promise<ProofEquation[]> {
  authorize(actor, 'runs:read');
  const charges = await sumCharges(deps, key);
  const refunds = await sumRefunds(deps, key);
  const items = await sumItems(deps, key);
  const invoices = await sumInvoices(deps, key);
  const differing = await countDifferingInvoices(deps, key);
  const booked = { charges: addUp([...charges.values()]), refunds: addUp([...refunds.values()]) };
  const billed = [...items.values()];
  const itemsOf = {
    charges: addUp(billed.map((item) => item.charges)),
    refunds: addUp(billed.map((item) => item.refunds)),
  };
  const companies = new Set([...charges.keys(), ...refunds.keys(), ...items.keys()]);
  const wrong = [...companies].filter((id) => {
    const item = items.get(id);
    return !agrees(charges.get(id), item?.charges) || !agrees(refunds.get(id), item?.refunds);
  });
  const open: ProofEquation[] = [
    equation('charges-and-ledger', booked.charges.own, booked.charges.posted),
    equation('charges-and-items', booked.charges.own, itemsOf.charges.own),
    equation('refunds-and-ledger', booked.refunds.own, booked.refunds.posted),
    equation('refunds-and-items', booked.refunds.own, itemsOf.refunds.own),
    equation(
      'items-and-invoices',
      {
        count: itemsOf.charges.own.count + itemsOf.refunds.own.count,
        totalMinor: itemsOf.charges.own.totalMinor - itemsOf.refunds.own.totalMinor,
      },
      { count: invoices.itemCount, totalMinor: invoices.totalMinor },
    ),
    equation('invoices-that-differ', { count: differing, totalMinor: null }, { count: 0, totalMinor: null }),
    equation(
      'companies-that-differ',
      { count: wrong.length, totalMinor: null },
      { count: 0, totalMinor: null },
    ),
  ];
  if (state !== 'closed') return open;
  const taxedMinor = await sumTaxes(deps, key);
  return [
    ...open,
    equation(
      'invoices-and-numbers',
      { count: invoices.count, totalMinor: null },
      { count: invoices.numberedCount, totalMinor: null },
    ),
    equation(
      'invoices-and-tax',
      { count: null, totalMinor: invoices.totalMinor },
      { count: null, totalMinor: taxedMinor },
    ),
  ];
}

interface Summed {
  readonly count: number;
  readonly totalMinor: bigint;
  readonly postedCount?: number;
  readonly postedMinor?: bigint;
}

/** What was booked of a company is in the ledger and on invoices. */
function agrees(booked: Summed = NONE, billed: Summed = NONE): boolean {
  return (
    booked.count === billed.count &&
    booked.totalMinor === billed.totalMinor &&
    (booked.postedCount ?? 0) === booked.count &&
    (booked.postedMinor ?? 0n) === booked.totalMinor
  );
}

const NONE: Summed = { count: 0, totalMinor: 0n };

function addUp(rows: readonly Summed[]) {
  const own = { count: 0, totalMinor: 0n };
  const posted = { count: 0, totalMinor: 0n };
  for (const row of rows) {
    own.count += row.count;
    own.totalMinor += row.totalMinor;
    posted.count += row.postedCount ?? 0;
    posted.totalMinor += row.postedMinor ?? 0n;
  }
  return { own, posted };
}

function equation(name: ProofEquation['name'], left: ProofSide, right: ProofSide): ProofEquation {
  return { name, left, right, holds: left.count === right.count && left.totalMinor === right.totalMinor };
}
