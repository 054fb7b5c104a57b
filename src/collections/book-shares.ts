import { insertRows } from '../database/rows.ts';
import { runPipeline } from '../database/statement-pipeline.ts';
import type { Statement } from '../database/statement.ts';
import type { InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { appendEvents } from '../events/append-events.ts';
import { postEntries } from '../ledger/post-entries.ts';
import { clawbackEvents } from './clawback-events.rules.ts';
import { clawbackEntries, lossEntries, type ShareMove } from './collection-entries.rules.ts';
import { determineShares, type MovedShare, type StandingInvoice } from './determine-shares.ts';
import type { ChargeItem } from './invoice-items.queries.ts';
import type { LegalModel } from './legal-models.queries.ts';

interface BookShares {
  readonly invoices: readonly StandingInvoice[];
  readonly bookedOn: string;
  /** Only the shares of this company; of all by default. */
  readonly companyId?: number;
}

/**
 * Books what uncollected invoices cost: each company with recourse gets clawbacks or recoveries by charge, for the others the
 * carrier bears it, and companies hear of theirs by events. Only the difference to what has been booked is; so it can be done again, in any order.
 */
export async function bookShares(
  tx: InTransaction<Deps>,
  { invoices, bookedOn, companyId }: BookShares,
): Promise<void> {
  const moved = await determineShares(tx, { invoices, companyId, lock: true });
  if (moved.length === 0) return;
  const journals = new Map<string, string>();
  const journalOf = ({ companyId: id, billingPeriod }: ShareMove): string => {
    const key = `${id}/${billingPeriod}`;
    const journal = journals.get(key) ?? tx.ids.next();
    journals.set(key, journal);
    return journal;
  };
  await runPipeline(tx.em, [
    insertClawbacks(tx, moved, { bookedOn, journalOf }),
    upsertCompanies(moved, bookedOn),
  ]);
  const byModel = (model: LegalModel) => moved.filter(({ share }) => share.legalModel === model);
  const clawedBack = byModel('agency').map((move) => ({ ...move, invoiceNumber: move.share.invoice.number }));
  await appendEvents(tx, clawbackEvents(clawedBack, { bookedOn, journalOf }));
  await postEntries(tx, [
    ...clawbackEntries(clawedBack, { bookedOn, journalOf }),
    ...lossEntries(byModel('assignment'), { bookedOn, nextId: () => tx.ids.next() }),
  ]);
}

interface Journals {
  readonly bookedOn: string;
  readonly journalOf: (move: ShareMove) => string;
}

function insertClawbacks(
  tx: InTransaction<Deps>,
  moved: readonly MovedShare[],
  { bookedOn, journalOf }: Journals,
): Statement<void> {
  const createdAt = tx.clock.now();
  const rows = moved.flatMap((move) => {
    const { number: invoiceNumber, billingPeriod } = move.share.invoice;
    const [{ lineId, holderFrom }] = move.share.items as [ChargeItem, ...ChargeItem[]];
    const common = {
      companyId: move.companyId,
      billingPeriod,
      lineId,
      holderFrom,
      invoiceNumber,
      bookedOn,
      createdAt,
    };
    return move.steps.map((step) => ({
      id: tx.ids.next(),
      ...common,
      ...step,
      journalId: journalOf(move),
      settlementId: null,
    }));
  });
  return insertRows('clawback', rows);
}

const UPDATE_COMPANY = `ON DUPLICATE KEY UPDATE uncollected_minor = VALUES(uncollected_minor), lost_minor = VALUES(lost_minor),
  recovered_minor = VALUES(recovered_minor), changed_on = VALUES(changed_on)`;

function upsertCompanies(moved: readonly MovedShare[], changedOn: string): Statement<void> {
  const rows = moved.map(({ share, before, lostMinor, recoveredMinor }) => ({
    invoiceNumber: share.invoice.number,
    companyId: share.companyId,
    billingPeriod: share.invoice.billingPeriod,
    legalModel: share.legalModel,
    uncollectedMinor: share.amountMinor,
    lostMinor: before.lostMinor + lostMinor,
    recoveredMinor: before.recoveredMinor + recoveredMinor,
    changedOn,
  }));
  return insertRows('company_collection', rows, UPDATE_COMPANY);
}
