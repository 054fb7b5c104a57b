import { sql } from 'kysely';
import type { Deps } from '../../../src/deps.ts';
import { sqlOf } from '../../../src/database/sql.ts';
import { emOf } from '../../../src/database/transaction.ts';
import type { InvariantResult } from '../../../src/invariants/invariant.types.ts';
import { sumMinor } from '../../../src/shared/money.ts';
import type { DemoOptions } from '../options.ts';
import { listClosedPeriods } from './export-invoices.ts';
import { listSettlements } from './export-settlements.ts';

interface Measured {
  readonly options: DemoOptions;
  readonly invariants: readonly InvariantResult[];
  readonly nights: number;
  readonly eventsMs: Readonly<Record<string, number>>;
  readonly jobsMs: Readonly<Record<string, number>>;
  readonly phasesMs: Readonly<Record<string, number>>;
}

/** What came of the world, in figures: counts, totals, proofs, invariants and times. Amounts are text. */
export async function summarise(deps: Deps, measured: Measured) {
  const { options, invariants, nights, eventsMs, jobsMs, phasesMs } = measured;
  const { seed, lines, companies, charges, month } = options;
  const settled = await listSettlements(deps, month);
  return {
    options: { seed, lines, companies, charges, month },
    nights,
    counts: {
      ...(await countRows(deps)),
      charges: await countCharges(deps),
    },
    totals: {
      billed: sumMinor(settled.map((row) => row.billed_total)),
      refunds: sumMinor(settled.map((row) => row.refunds)),
      fee_ex_tax: sumMinor(settled.map((row) => row.fee_ex_tax)),
      fee_tax: sumMinor(settled.map((row) => row.fee_tax)),
      payout: sumMinor(settled.map((row) => row.payout)),
    },
    proofs_of_close: await proveCloses(deps),
    invariants: invariants.map(({ number, name, holds, checked, offendingCount, offending }) => ({
      number,
      name,
      holds,
      checked,
      ...(!holds && { offendingCount, offending }),
    })),
    elapsed_ms: { phases: phasesMs, events: eventsMs, jobs: jobsMs },
  };
}

async function countRows(deps: Deps) {
  const tables = [
    'line',
    'company',
    'subscriber',
    'consent',
    'subscription',
    'refund',
    'line_invoice',
    'settlement',
  ] as const;
  const counts: Record<string, number> = {};
  for (const table of tables) {
    const query = sqlOf(emOf(deps))
      .selectFrom(table)
      .select(sql`count(*)`.as('rows'));
    counts[table] = Number((await query.executeTakeFirstOrThrow()).rows);
  }
  return counts;
}

/** Charges by kind and state. */
async function countCharges(deps: Deps) {
  const rows = await sqlOf(emOf(deps))
    .selectFrom('charge')
    .select(['kind', 'state', sql`count(*)`.as('rows')])
    .groupBy(['kind', 'state'])
    .orderBy('kind')
    .orderBy('state')
    .execute();
  return rows.map(({ kind, state, rows: count }) => ({ kind, state, count: Number(count) }));
}

/**
 * Each closed period with what its invoices come to, and what the captured charges of the period less the refunds on its invoices
 * come to by themselves.
 */
export async function proveCloses(deps: Deps) {
  const db = sqlOf(emOf(deps));
  const captured = await db
    .selectFrom('charge')
    .select(['billingPeriod', 'closingGroup', sql`sum(captured_minor)`.as('total')])
    .where('state', '=', 'captured')
    .groupBy(['billingPeriod', 'closingGroup'])
    .execute();
  const refunded = await db
    .selectFrom('refund')
    .select(['billingPeriod', 'closingGroup', sql`-sum(amount_minor)`.as('total')])
    .where('kind', '=', 'invoice')
    .groupBy(['billingPeriod', 'closingGroup'])
    .execute();
  const totals = new Map<string, bigint>();
  for (const { billingPeriod, closingGroup, total } of [...captured, ...refunded]) {
    const key = `${billingPeriod}|${closingGroup}`;
    totals.set(key, (totals.get(key) ?? 0n) + BigInt(String(total)));
  }
  return (await listClosedPeriods(deps)).map((row) => {
    const chargesTotal = totals.get(`${row.period}|${row.closingGroup}`) ?? 0n;
    return {
      billing_period: row.period,
      closing_group: row.closingGroup,
      closing_date: row.closesOn,
      invoices: row.invoiceCount ?? 0,
      items: row.itemCount ?? 0,
      total: row.totalMinor ?? 0n,
      charges_total: chargesTotal,
      balanced: row.totalMinor === chargesTotal,
    };
  });
}
