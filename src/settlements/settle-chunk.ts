import type { Deps } from '../deps.ts';
import type { InTransaction } from '../database/transaction.ts';
import { freezeClawbacks } from '../collections/pending-clawbacks.queries.ts';
import { sqlOf } from '../database/sql.ts';
import { removeCommissions, storeCommissions } from '../partners/store-commissions.ts';
import { appendEvents, type NewEvent } from '../events/append-events.ts';
import {
  determineDrafts,
  type CompaniesToSettle,
  type DeterminedDrafts,
  type RefusedCompany,
} from './determine-drafts.ts';
import { lockCompanies, type CompanyStates } from './lock-companies.ts';
import type { SettlementFigures } from './settlement.rules.ts';

export interface SettledChunk {
  readonly settled: readonly SettlementFigures[];
  /** Companies that were settled for the period before, or whose earlier month is not approved. */
  readonly skipped: readonly number[];
  readonly refused: readonly RefusedCompany[];
}

const ROWS_PER_INSERT = 1_000;

/**
 * Drafts the settlements of companies for a period in the transaction given, with their lines; what was rejected is drafted
 * again under its number. Nothing is posted: people review and approve the drafts. A company whose figures cannot be
 * determined is left out and reported; the others are settled.
 */
export async function settleChunk(tx: InTransaction<Deps>, chunk: CompaniesToSettle): Promise<SettledChunk> {
  const companyIds = [...chunk.companies.keys()];
  const states = await lockCompanies(tx, chunk.period, companyIds);
  const isLeft = (id: number) => states.settled.has(id) || states.waiting.has(id);
  const companies = new Map([...chunk.companies].filter(([companyId]) => !isLeft(companyId)));
  const { refused, ...drafts } = await determineDrafts(tx, { ...chunk, companies }, states);
  await storeDrafts(tx, { chunk, ...drafts, rejected: states.rejected });
  const { settled } = drafts;
  return { settled, refused, skipped: companyIds.filter(isLeft) };
}

interface DraftsToStore extends Omit<DeterminedDrafts, 'refused'> {
  readonly chunk: CompaniesToSettle;
  readonly rejected: CompanyStates['rejected'];
}

async function storeDrafts(
  tx: InTransaction<Deps>,
  { chunk, settled, clawbacks, commissions, rejected }: DraftsToStore,
): Promise<void> {
  if (settled.length === 0) return;
  const createdAt = tx.clock.now();
  const state = 'draft' as const;
  const first = settled.filter(({ companyId }) => !rejected.has(companyId));
  const inserted = first.map((figures) => ({
    ...figures,
    ...coveredBy(chunk, figures),
    id: tx.ids.next(),
    state,
    revision: 1,
    createdAt,
  }));
  if (inserted.length > 0) await sqlOf(tx.em).insertInto('settlement').values(inserted).execute();
  const again = [];
  for (const figures of settled) {
    const before = rejected.get(figures.companyId);
    if (!before) continue;
    const draft = {
      ...figures,
      ...coveredBy(chunk, figures),
      state,
      revision: before.revision + 1,
      createdAt,
    };
    again.push({ ...draft, id: before.id });
    await sqlOf(tx.em)
      .updateTable('settlement')
      .set({ ...draft, rejectedReason: null })
      .where('id', '=', before.id)
      .execute();
    await sqlOf(tx.em).deleteFrom('settlement_part').where('settlementId', '=', before.id).execute();
    await removeCommissions(tx, before.id);
  }
  const rows = [...inserted, ...again];
  const lines = rows.flatMap(({ id: settlementId, companyId }) =>
    (chunk.companies.get(companyId)?.settlementLines ?? []).map((line) => ({ ...line, settlementId })),
  );
  for (let from = 0; from < lines.length; from += ROWS_PER_INSERT) {
    const values = lines.slice(from, from + ROWS_PER_INSERT);
    await sqlOf(tx.em).insertInto('settlement_part').values(values).execute();
  }
  await freezeClawbacks(
    tx,
    rows.flatMap(({ id: settlementId, companyId }) => {
      const own = clawbacks.get(companyId);
      return own ? [{ settlementId, companyId, period: chunk.period, clawbacks: own }] : [];
    }),
  );
  await storeCommissions(
    tx,
    rows.map(({ id: settlementId, companyId }) => ({
      settlementId,
      commissions: commissions.get(companyId) ?? [],
    })),
  );
  await appendEvents(tx, rows.map(draftedEvent));
}

type Draft = SettlementFigures & { readonly id: string; readonly revision: number };

function coveredBy({ companies }: CompaniesToSettle, { companyId }: SettlementFigures) {
  return { invoicedItemCount: companies.get(companyId)?.invoicedItemCount ?? 0 };
}

function draftedEvent(row: Draft): NewEvent {
  const {
    id,
    companyId,
    number,
    revision,
    billingPeriod,
    billedMinor,
    refundedMinor,
    feeExTaxMinor,
    feeTaxMinor,
  } = row;
  const { setUpExTaxMinor, setUpTaxMinor, clawbackMinor, recoveryMinor, transferFeeMinor } = row;
  const { payoutMinor, carriedOutMinor, payoutOn, commissionMinor } = row;
  const sums = { billedMinor, refundedMinor, feeExTaxMinor, feeTaxMinor, setUpExTaxMinor, setUpTaxMinor };
  const further = { clawbackMinor, recoveryMinor, transferFeeMinor };
  const billed = { number, revision, billingPeriod, ...sums, ...further };
  const commissions = commissionMinor === 0n ? {} : { commissionMinor };
  const snapshot = { ...billed, ...commissions, payoutMinor, carriedOutMinor, payoutOn };
  return { type: 'settlement.drafted', subject: id, companyId, snapshot };
}
