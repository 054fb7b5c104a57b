import { sqlOf } from '../../src/database/sql.ts';
import { inTransaction } from '../../src/database/transaction.ts';
import type { Deps } from '../../src/deps.ts';
import { ensureBillingPeriods } from '../../src/billing-periods/ensure-billing-period.ts';
import { postEntries } from '../../src/ledger/post-entries.ts';
import type { ClosingGroup } from '../../src/shared/calendar.rules.ts';
import { confirmCheckouts } from '../support/confirm-checkouts.ts';
import { makeCompany, makeService, recordLines } from '../support/factories.ts';

/** Who sells and who buys in the tests of folding and closing. */
export interface Market {
  readonly registered: { readonly companyId: number; readonly serviceId: number };
  readonly unregistered: { readonly companyId: number; readonly serviceId: number };
  readonly lines: readonly string[];
}

/** Two companies, one of them not registered for consumption tax, and lines of one closing group, always the same ones. */
export async function makeMarket(
  deps: Deps,
  { lineCount, closingGroup = 31 }: { lineCount: number; closingGroup?: ClosingGroup },
): Promise<Market> {
  const lines = Array.from({ length: lineCount }, (_, n) => `CAF${String(n + 1).padStart(10, '0')}`);
  const updatedAt = new Date('2026-01-01T00:00:00.000Z');
  const query = sqlOf(deps.orm.em.fork());
  await query
    .insertInto('line')
    .values(
      lines.map((lineId) => ({
        lineId,
        closingGroup,
        status: 'active' as const,
        monthlyLimitMinor: null,
        updatedAt,
      })),
    )
    .execute();
  const held = { validFrom: '2026-01-01', validTo: null, birthDate: null, email: null, updatedAt };
  await query
    .insertInto('line_holder')
    .values(lines.map((lineId, n) => ({ lineId, ...held, holder: `保有者${n + 1}` })))
    .execute();
  if (lines.length > 0) await inTransaction(deps, (tx) => recordLines(tx, lines));
  return {
    registered: await makeSeller(deps, { code: 'registered', name: '登録商店' }),
    unregistered: await makeSeller(deps, {
      code: 'unregistered',
      name: '免税商店',
      registrationNumber: null,
    }),
    lines,
  };
}

async function makeSeller(deps: Deps, over: Parameters<typeof makeCompany>[1]) {
  const company = await makeCompany(deps, over);
  const service = await makeService(deps, { companyId: company.id, name: `${company.name}の動画` });
  return { companyId: company.id, serviceId: service.id };
}

/** A charge that was captured; what is not given is the same for all. */
export interface Captured {
  readonly companyId: number;
  readonly serviceId: number;
  readonly lineId: string;
  readonly amountMinor: bigint;
  readonly businessDate: string;
  readonly period?: string;
  readonly closingGroup?: ClosingGroup;
  readonly taxCode?: 'standard' | 'reduced';
  readonly holderFrom?: string;
  readonly late?: boolean;
  readonly subscriberId?: number;
  readonly description?: string;
  readonly partnerCode?: string;
}

let made = 0;

/** Charge ids that rise and are the same in every world that captures the same. */
const idOf = (n: number) => `01JWFF${String(n).padStart(20, '0')}`;

/** Writes captured charges with their ledger entries, as captures leave them. Returns their ids. */
export async function capture(
  deps: Deps,
  charges: readonly Captured[],
  from = (made += 1_000_000),
): Promise<string[]> {
  const rows = charges.map((charge, index) => ({
    ...charge,
    id: idOf(from + index),
    period: charge.period ?? charge.businessDate.slice(0, 7),
    closingGroup: charge.closingGroup ?? (31 as const),
  }));
  const keys = new Map(rows.map((r) => [`${r.period}/${r.closingGroup}`, r]));
  await ensureBillingPeriods(
    deps,
    [...keys.values()].map(({ period, closingGroup }) => ({ period, closingGroup })),
  );
  for (let start = 0; start < rows.length; start += 500)
    await writeChunk(deps, rows.slice(start, start + 500));
  return rows.map((row) => row.id);
}

type Row = Captured & { id: string; period: string; closingGroup: ClosingGroup };

function writeChunk(deps: Deps, rows: readonly Row[]): Promise<void> {
  return inTransaction(deps, async (tx) => {
    await sqlOf(tx.em).insertInto('charge').values(rows.map(chargeRow)).execute();
    await confirmCheckouts(tx, rows.map(chargeRow));
    await postEntries(
      tx,
      rows.map(({ id, businessDate, companyId, amountMinor, period }) => ({
        businessDate,
        journalId: id,
        kind: 'capture' as const,
        debit: 'subscriber-receivable' as const,
        credit: { company: companyId },
        amountMinor,
        billingPeriod: period,
      })),
    );
  });
}

function chargeRow(row: Row) {
  const capturedAt = new Date(`${row.businessDate}T01:00:00.000Z`);
  const taxCode = row.taxCode ?? 'standard';
  return {
    id: row.id,
    companyId: row.companyId,
    serviceId: row.serviceId,
    kind: 'one_time' as const,
    state: 'captured' as const,
    amountMinor: row.amountMinor,
    capturedMinor: row.amountMinor,
    taxCode,
    taxRateBps: taxCode === 'standard' ? 1_000 : 800,
    description: row.description ?? '映画、"春"',
    reference: null,
    partnerCode: row.partnerCode ?? null,
    automaticCapture: true,
    subscriberId: row.subscriberId ?? null,
    lineId: row.lineId,
    holderFrom: row.holderFrom ?? '2026-01-01',
    consentId: null,
    subscriptionId: null,
    subscriptionMonth: null,
    createdAt: capturedAt,
    openUntil: null,
    authorizedAt: capturedAt,
    reservedPeriod: row.period,
    capturedAt,
    businessDate: row.businessDate,
    billingPeriod: row.period,
    closingGroup: row.closingGroup,
    late: row.late ?? false,
    endedAt: null,
    endedBy: null,
  };
}
