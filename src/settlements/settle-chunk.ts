import type { Deps } from '../deps.ts';
import type { InTransaction } from '../database/transaction.ts';
import { sqlOf } from '../database/sql.ts';
import { appendEvents, type NewEvent } from '../events/append-events.ts';
import { postEntries } from '../ledger/post-entries.ts';
import { reasonOf } from '../shared/reason.ts';
import type { TaxRate } from '../shared/tax.rules.ts';
import type { BilledCompany } from './billed-companies.queries.ts';
import { lockCompanies, type LockedCompanies } from './lock-companies.ts';
import { keepDocuments } from './settlement-document.ts';
import { settlementEntries } from './settlement-entries.rules.ts';
import { findSettledBefore, findTerms, type SettledBefore } from './settlement-terms.queries.ts';
import {
  determineSettlement,
  type BilledSums,
  type SettlementFigures,
  type SettlementTerms,
} from './settlement.rules.ts';

/** Companies to settle for a period, each with what it billed; none for one that only carries a balance. */
export interface CompaniesToSettle {
  readonly period: string;
  readonly companies: ReadonlyMap<number, BilledCompany | undefined>;
}

/** A company that could not be settled, and why. */
export interface RefusedCompany {
  readonly companyId: number;
  readonly reason: string;
}

export interface SettledChunk {
  readonly settled: readonly SettlementFigures[];
  /** Companies that were settled for the period before. */
  readonly skipped: readonly number[];
  readonly refused: readonly RefusedCompany[];
}

const NOTHING_BILLED: BilledSums = { billedMinor: 0n, lineCount: 0, itemCount: 0 };
const NEVER_SETTLED: SettledBefore = { carriedOutMinor: 0n, setUpBilled: new Set(), hasBilled: false };
const ROWS_PER_INSERT = 1_000;
/** In the audit trail. */
const SETTLED_BY = 'job:settle-companies';

/**
 * Settles companies for a period in the transaction given: settlement, its lines and ledger entries. One whose figures
 * cannot be determined is left out and reported; the others are settled.
 */
export async function settleChunk(tx: InTransaction<Deps>, chunk: CompaniesToSettle): Promise<SettledChunk> {
  const { period } = chunk;
  const { taxRates } = tx.config;
  const companyIds = [...chunk.companies.keys()];
  const state = await lockCompanies(tx, period, companyIds);
  const terms = await findTerms(tx, period, companyIds);
  const before = await findSettledBefore(tx, period, companyIds);
  const settled: SettlementFigures[] = [];
  const refused: RefusedCompany[] = [];
  for (const [companyId, billed] of chunk.companies) {
    if (state.settled.has(companyId)) continue;
    const company = { companyId, period, billed, state, taxRates };
    const figures = settle(company, { terms: terms.get(companyId), before: before.get(companyId) });
    if (typeof figures === 'string') refused.push({ companyId, reason: figures });
    else settled.push(figures);
  }
  await storeSettlements(tx, chunk, settled);
  return { settled, refused, skipped: [...state.settled] };
}

interface CompanyToSettle {
  readonly companyId: number;
  readonly period: string;
  readonly billed: BilledCompany | undefined;
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
  const { companyId, period, billed, state, taxRates } = company;
  if (!state.withAccount.has(companyId)) return 'the company has no ledger account';
  if (!state.withBankAccount.has(companyId)) return 'the company has no bank account';
  if (state.settledLater.has(companyId)) return 'a later period is settled already';
  if (!terms) return `no contract with a tariff is in force in ${period}`;
  try {
    return determineSettlement({
      companyId,
      period,
      billed: billed ? sumsOf(billed) : NOTHING_BILLED,
      refundedMinor: 0n,
      clawbackMinor: 0n,
      recoveryMinor: 0n,
      carriedInMinor: before.carriedOutMinor,
      setUpDue: !before.setUpBilled.has(terms.contractId),
      terms,
      taxRates,
    });
  } catch (error) {
    return reasonOf(error);
  }
}

function sumsOf({ billedMinor, lineCount, itemCount }: BilledCompany): BilledSums {
  return { billedMinor, lineCount, itemCount };
}

async function storeSettlements(
  tx: InTransaction<Deps>,
  { companies }: CompaniesToSettle,
  settled: readonly SettlementFigures[],
): Promise<void> {
  if (settled.length === 0) return;
  const createdAt = tx.clock.now();
  const state = 'draft' as const;
  const rows = settled.map((figures) => ({ ...figures, id: tx.ids.next(), state, createdAt }));
  await sqlOf(tx.em).insertInto('settlement').values(rows).execute();
  const lines = rows.flatMap(({ id: settlementId, companyId }) =>
    (companies.get(companyId)?.settlementLines ?? []).map((line) => ({ ...line, settlementId })),
  );
  for (let from = 0; from < lines.length; from += ROWS_PER_INSERT) {
    const values = lines.slice(from, from + ROWS_PER_INSERT);
    await sqlOf(tx.em).insertInto('settlement_part').values(values).execute();
  }
  await postEntries(
    tx,
    rows.flatMap((row) => settlementEntries(row.id, row)),
  );
  await appendEvents(tx, rows.map(draftedEvent));
  await approve(tx, rows);
  await keepDocuments(
    tx,
    rows.map(({ id }) => id),
    SETTLED_BY,
  );
}

function draftedEvent(row: SettlementFigures & { readonly id: string }): NewEvent {
  const { id, companyId, number, billingPeriod, billedMinor, refundedMinor, feeExTaxMinor, feeTaxMinor } =
    row;
  const { setUpExTaxMinor, setUpTaxMinor, clawbackMinor, recoveryMinor, transferFeeMinor } = row;
  const { payoutMinor, carriedOutMinor, payoutOn } = row;
  const sums = { billedMinor, refundedMinor, feeExTaxMinor, feeTaxMinor, setUpExTaxMinor, setUpTaxMinor };
  const further = { clawbackMinor, recoveryMinor, transferFeeMinor };
  const billed = { number, billingPeriod, ...sums, ...further };
  const snapshot = { ...billed, payoutMinor, carriedOutMinor, payoutOn };
  return { type: 'settlement.drafted', subject: id, companyId, snapshot };
}

/** Approves the settlements, as the last step: the database then refuses any change of them and any further line. */
async function approve(tx: InTransaction<Deps>, drafts: readonly { readonly id: string }[]): Promise<void> {
  await sqlOf(tx.em)
    .updateTable('settlement')
    .set({ state: 'approved' })
    .where(
      'id',
      'in',
      drafts.map(({ id }) => id),
    )
    .execute();
}
