import type { RowDataPacket } from 'mysql2/promise';
import type { Deps } from '../../../src/deps.ts';
import { closePeriods } from '../../../src/invoices/close-periods.ts';
import { executeRun } from '../../../src/runs/execute-run.ts';
import { settleCompanies } from '../../../src/settlements/settle-companies.ts';
import { lastClosingDateOf } from '../../../src/shared/calendar.rules.ts';
import { closeByJob } from '../close/close.bench.ts';
import { foldByJob } from '../fold/fold.bench.ts';
import { onDatabase } from '../harness/bench-database.ts';
import { CLOSING_DATE, COMPANIES, MONTH, unfoldMonth, type MonthWorld } from '../harness/month-worlds.ts';
import { timeMs } from '../harness/rounds.ts';
import { settleServer } from '../harness/settle-server.ts';

/** One charge of this many is refunded: 3%. */
const CHARGES_PER_REFUND = 33;
const SETTLING_DATE = lastClosingDateOf(MONTH.period);

/** How long the nights of a month took, in milliseconds. */
export interface MonthTimes {
  readonly fold: number;
  readonly close: number;
  readonly settle: number;
}

/**
 * Refunds of the month's own charges, which cost the most: they go on the invoice of their charge, and settling asks of each
 * whether its charge counts as never billed. Every other one gives back the whole charge.
 */
const refundsSql = `
  INSERT INTO refund (id, charge_id, company_id, service_id, line_id, holder_from, charge_period, charge_group, amount_minor,
    refunded_before_minor, tax_code, tax_rate_bps, kind, business_date, billing_period, closing_group, reason, created_by, created_at)
  SELECT CONCAT('01JX', SUBSTR(id, 5)), id, company_id, service_id, line_id, holder_from, billing_period, closing_group,
    IF(SUBSTR(id, 5) % 2 = 0, captured_minor, captured_minor DIV 2), 0, tax_code, tax_rate_bps, 'invoice', business_date,
    billing_period, closing_group, 'not-delivered', 'job:bench', captured_at
  FROM charge WHERE SUBSTR(id, 5) % ${CHARGES_PER_REFUND} = 0;
  INSERT INTO ledger_entry (business_date, journal_id, kind, debit_account, credit_account, amount_minor, billing_period)
  SELECT r.business_date, r.id, 'refund', a.id, (SELECT id FROM ledger_account WHERE code = 'subscriber-receivable'),
    r.amount_minor, r.billing_period
  FROM refund r JOIN ledger_account a ON a.company_id = r.company_id`;

/** Refunds 3% of the charges of a month that is open; returns how many. */
export async function refundSome({ url }: MonthWorld): Promise<number> {
  return await onDatabase(url, async (connection) => {
    await connection.query(refundsSql);
    const [[row]] = await connection.query<RowDataPacket[]>('SELECT COUNT(*) AS refunds FROM refund');
    return Number(row?.['refunds']);
  });
}

/** As before the first fold: no invoice, no settlement, and the month is open. */
export async function reopenMonth(deps: Deps, world: MonthWorld): Promise<void> {
  await onDatabase(world.url, (connection) =>
    connection.query(
      'SET foreign_key_checks = 0; TRUNCATE TABLE settlement; TRUNCATE TABLE settlement_part; TRUNCATE TABLE invoice_collection',
    ),
  );
  await unfoldMonth(deps, world);
}

/** Folds, closes and settles a month as its nights would, and proves that nothing was left out. */
export async function runMonth(
  deps: Deps,
  { world, refunds }: { readonly world: MonthWorld; readonly refunds: number },
): Promise<MonthTimes> {
  await reopenMonth(deps, world);
  const timed = async (work: () => Promise<void>) => {
    await settleServer(world.url);
    return await timeMs(work);
  };
  const fold = await timed(() => foldByJob(deps, CLOSING_DATE));
  const close = await timed(() => closeByJob(deps));
  // The five other groups of the month, without a charge.
  await finish(executeRun(deps, { job: 'close-periods', businessDate: SETTLING_DATE }, closePeriods));
  const settle = await timed(() =>
    finish(executeRun(deps, { job: 'settle-companies', businessDate: SETTLING_DATE }, settleCompanies)),
  );
  await assertSettled(world, refunds);
  return { fold, close, settle };
}

async function finish(run: ReturnType<typeof executeRun>): Promise<void> {
  const outcome = await run;
  if (outcome.kind !== 'finished') throw new Error(`the run was ${outcome.kind}`);
}

async function assertSettled({ url, charges }: MonthWorld, refunds: number): Promise<void> {
  const [[row]] = await onDatabase(url, (connection) =>
    connection.query<RowDataPacket[]>(
      `SELECT COUNT(*) AS companies, SUM(invoiced_item_count) AS items, (SELECT COUNT(*) FROM invoice_item WHERE refund_id <> '') AS refunds,
        SUM(billed_minor - refunded_minor) = (SELECT SUM(total_minor) FROM line_invoice) AS agree FROM settlement`,
    ),
  );
  const found = [row?.['companies'], row?.['items'], row?.['refunds'], row?.['agree']].map(Number);
  if (found.join() !== [COMPANIES, charges + refunds, refunds, 1].join())
    throw new Error(`${charges} charges and ${refunds} refunds, but ${JSON.stringify(row)}`);
}
