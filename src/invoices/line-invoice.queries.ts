import type { Actor } from '../access/actor.ts';
import type { Owned } from '../access/owned-by.ts';
import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../shared/problem.ts';

/** An invoice by its number, or by the month its period begins in, of the tenure of the subscriber who asks. */
export type InvoiceKey = { readonly number: string } | { readonly period: string };

export type FoundInvoice = Awaited<ReturnType<typeof getClosedInvoice>>;

/**
 * A numbered invoice of a closed period with the dates of the period and the holder's name and address. Not those of format 1:
 * they may have the purchases of two holders.
 * @throws Problem `not-found`, also for an invoice of another tenure and for one whose period is open.
 */
export async function getClosedInvoice(
  deps: Deps,
  { actor, owned }: { readonly actor: Actor; readonly owned: Owned },
  key: InvoiceKey,
) {
  const tenure = tenureOf(actor, owned);
  // A period names an invoice of one tenure only.
  if (!tenure && !('number' in key)) throw new Problem('not-found');
  const row = await selectClosed(deps)
    .$if('number' in key, (query) => query.where('l.number', '=', 'number' in key ? key.number : ''))
    .$if('period' in key, (query) => query.where('l.billingPeriod', '=', 'period' in key ? key.period : ''))
    .$if(tenure !== undefined, (query) =>
      query.where('l.lineId', '=', tenure!.lineId).where('l.holderFrom', '=', tenure!.holderFrom),
    )
    .executeTakeFirst();
  if (!row || row.number === null) throw new Problem('not-found');
  return { ...row, number: row.number, holder: row.holder ?? row.currentHolder ?? '' };
}

interface TenureKey {
  readonly lineId: string;
  readonly holderFrom: string;
}

/** The tenure whose invoices an actor sees; none for the carrier's people, who see those of all. */
function tenureOf(actor: Actor, { rows }: Owned): TenureKey | undefined {
  if (actor.kind === 'subscriber') return { lineId: actor.lineId, holderFrom: actor.holderFrom };
  if (Object.keys(rows).length === 0) return undefined;
  throw new Problem('permission-denied', {
    detail: 'Only people of a line and of the carrier read invoices.',
  });
}

function selectClosed(deps: Deps) {
  return sqlOf(emOf(deps))
    .selectFrom('line_invoice as l')
    .innerJoin('billing_period as b', (join) =>
      join.onRef('b.period', '=', 'l.billingPeriod').onRef('b.closingGroup', '=', 'l.closingGroup'),
    )
    .leftJoin('line_holder as h', (join) =>
      join.onRef('h.lineId', '=', 'l.lineId').onRef('h.validFrom', '=', 'l.holderFrom'),
    )
    .select(['l.billingPeriod', 'l.closingGroup', 'l.lineId', 'l.holderFrom', 'l.number', 'l.holder'])
    .select(['l.itemCount', 'l.totalMinor', 'b.startsOn', 'b.closesOn', 'b.issueOn', 'b.dueOn'])
    .select(['h.holder as currentHolder', 'h.postalCode', 'h.address', 'h.building'])
    .where('b.state', '=', 'closed')
    .where('b.invoiceFormat', '>', 1);
}
