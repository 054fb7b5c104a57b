import type { Deps } from '../deps.ts';
import type { InTransaction } from '../database/transaction.ts';
import {
  freezeClawbacks,
  sumPendingClawbacks,
  type PendingClawbacks,
} from '../collections/pending-clawbacks.queries.ts';
import { sqlOf } from '../database/sql.ts';
import { appendEvents, type NewEvent } from '../events/append-events.ts';
import { reasonOf } from '../shared/reason.ts';
import type { TaxRate } from '../shared/tax.rules.ts';
import type { BilledMonth } from './billed-month.ts';
import { lockCompanies, type LockedCompanies } from './lock-companies.ts';
import { NEVER_SETTLED, settleMonth, type SettledBefore } from './settle-month.rules.ts';
import { findSettledBefore, findTerms } from './settlement-terms.queries.ts';
import type { SettlementFigures, SettlementTerms } from './settlement.rules.ts';

/** Companies to settle for a period, each with what it billed; none for one that only carries a balance. */
export interface CompaniesToSettle {
  readonly period: string;
  readonly companies: ReadonlyMap<number, BilledMonth | undefined>;
}

/** A company that could not be settled, and why. */
export interface RefusedCompany {
  readonly companyId: number;
  readonly reason: string;
}

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
  const { period } = chunk;
  const { taxRates } = tx.config;
  const companyIds = [...chunk.companies.keys()];
  const state = await lockCompanies(tx, period, companyIds);
  const terms = await findTerms(tx, period, companyIds);
  const before = await findSettledBefore(tx, period, companyIds);
  const clawbacks = await sumPendingClawbacks(tx, period, companyIds);
  const settled: SettlementFigures[] = [];
  const refused: RefusedCompany[] = [];
  for (const [companyId, billed] of chunk.companies) {
    if (state.settled.has(companyId) || state.waiting.has(companyId)) continue;
    const company = { companyId, period, billed, clawbacks: clawbacks.get(companyId), state, taxRates };
    const figures = settle(company, { terms: terms.get(companyId), before: before.get(companyId) });
    if (typeof figures === 'string') refused.push({ companyId, reason: figures });
    else settled.push(figures);
  }
  await storeDrafts(tx, { chunk, settled, clawbacks, rejected: state.rejected });
  const skipped = companyIds.filter((id) => state.settled.has(id) || state.waiting.has(id));
  return { settled, refused, skipped };
}

interface CompanyToSettle {
  readonly companyId: number;
  readonly period: string;
  readonly billed: BilledMonth | undefined;
  readonly clawbacks: PendingClawbacks | undefined;
  readonly state: LockedCompanies;
  readonly taxRates: readonly TaxRate[];
}

interface SettlementHistory {
  readonly terms: SettlementTerms | undefined;
  readonly before: SettledBefore | undefined;
}

/** The figures of one company, or the reason why there are none: a fault of one company must not stop the others. */
function settle(
  company: CompanyToSettle,
  { terms, before = NEVER_SETTLED }: SettlementHistory,
): SettlementFigures | string {
  const { companyId, period, billed, clawbacks, state, taxRates } = company;
  if (!state.withAccount.has(companyId)) return 'the company has no ledger account';
  if (!state.withBankAccount.has(companyId)) return 'the company has no bank account';
  if (state.settledLater.has(companyId)) return 'a later period is settled already';
  if (!terms) return `no contract with a tariff is in force in ${period}`;
  try {
    return settleMonth({ companyId, period, billed, clawbacks, before, terms, taxRates });
  } catch (error) {
    return reasonOf(error);
  }
}

interface DraftsToStore {
  readonly chunk: CompaniesToSettle;
  readonly settled: readonly SettlementFigures[];
  readonly clawbacks: ReadonlyMap<number, PendingClawbacks>;
  readonly rejected: LockedCompanies['rejected'];
}

async function storeDrafts(
  tx: InTransaction<Deps>,
  { chunk, settled, clawbacks, rejected }: DraftsToStore,
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
  const { payoutMinor, carriedOutMinor, payoutOn } = row;
  const sums = { billedMinor, refundedMinor, feeExTaxMinor, feeTaxMinor, setUpExTaxMinor, setUpTaxMinor };
  const further = { clawbackMinor, recoveryMinor, transferFeeMinor };
  const billed = { number, revision, billingPeriod, ...sums, ...further };
  const snapshot = { ...billed, payoutMinor, carriedOutMinor, payoutOn };
  return { type: 'settlement.drafted', subject: id, companyId, snapshot };
}
