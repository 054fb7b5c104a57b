import type { Actor } from '../access/actor.ts';
import type { Owned } from '../access/owned-by.ts';
import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../shared/problem.ts';
import type { InvoiceCorrectionContent } from './corrected-parties.ts';
import { listCorrections } from './invoice-correction.queries.ts';

/** An invoice by its number, or by the month its period begins in, of the tenure of the subscriber who asks. */
export type InvoiceKey = ({ readonly number: string } | { readonly period: string }) & {
  /** Of an invoice that was corrected: 1 is the first document, 2 its first correction; the newest one when left out. */
  readonly revision?: number | undefined;
};

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
  return await applyCorrection(deps, { ...row, number: row.number }, key.revision);
}

/**
 * The newest document of an invoice by its first number, or one of its revisions, for those who were authorized to read it.
 * @throws Problem `not-found`
 */
export async function getInvoiceByNumber(
  deps: Deps,
  number: string,
  revision?: number,
): Promise<FoundInvoice> {
  const row = await selectClosed(deps).where('l.number', '=', number).executeTakeFirst();
  if (!row || row.number === null)
    throw new Problem('not-found', { detail: `There is no closed invoice ${number}.` });
  return await applyCorrection(deps, { ...row, number: row.number }, revision);
}

type NumberedInvoice = Omit<
  Awaited<ReturnType<ReturnType<typeof selectClosed>['executeTakeFirstOrThrow']>>,
  'number'
> & {
  readonly number: string;
};

/** What differs in a correction from the invoice as it was numbered. */
interface CorrectedFacts {
  readonly firstNumber: string;
  readonly revision: number;
  readonly replaces: { readonly number: string; readonly issueDate: string } | null;
  readonly correction: Partial<InvoiceCorrectionContent> | undefined;
}

async function applyCorrection(deps: Deps, row: NumberedInvoice, revision?: number) {
  const corrections = revision === 1 ? [] : await listCorrections(deps, row.number);
  const found =
    revision === undefined ? corrections.at(-1) : corrections.find((one) => one.revision === revision);
  if (!found && (revision ?? 1) !== 1) throw new Problem('not-found');
  const holder = row.holder ?? row.currentHolder ?? '';
  const first: CorrectedFacts = {
    firstNumber: row.number,
    revision: 1,
    replaces: null,
    correction: undefined,
  };
  if (!found) return { ...row, holder, ...first };
  const before = corrections.find((one) => one.revision === found.revision - 1);
  const facts: CorrectedFacts = {
    firstNumber: row.number,
    revision: found.revision,
    replaces: { number: before?.number ?? row.number, issueDate: before?.correctedOn ?? row.issueOn },
    correction: found.content,
  };
  return { ...row, ...facts, number: found.number, issueOn: found.correctedOn, holder: found.content.holder };
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
