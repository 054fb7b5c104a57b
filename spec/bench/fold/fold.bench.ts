import type { RowDataPacket } from 'mysql2/promise';
import type { Deps } from '../../../src/deps.ts';
import { foldCharges } from '../../../src/invoices/fold-charges.ts';
import { executeRun } from '../../../src/runs/execute-run.ts';
import { onDatabase } from '../harness/bench-database.ts';
import type { Bench, BenchSetting, Comparison } from '../harness/bench.types.ts';
import { fillCharges, fillWorld, withDeps } from '../harness/bench-world.ts';
import { PeakMemory } from '../harness/peak-memory.ts';
import { compare, measureInTurn, timeMs } from '../harness/rounds.ts';
import { settleServer } from '../harness/settle-server.ts';

const BUSINESS_DATE = '2026-05-10';

/**
 * Compares the job that folds a night's charges into line invoices with the best hand-written SQL over the same rows: one
 * statement for each of the two tables, without chunks, leases or a count of what is done.
 */
export const fold: Bench = {
  name: 'fold',
  run: async (setting) => {
    const charges = setting.quick ? 100_000 : 1_000_000;
    const size = { companies: 100, lines: charges / 5, charges, businessDate: BUSINESS_DATE };
    const database = await setting.databases.create('fold');
    try {
      setting.say(`filling ${charges} charges`);
      await fillWorld(database.url, size);
      await fillCharges(database.url, size);
      return [await measure(setting, database.url, charges)];
    } finally {
      await database.drop();
    }
  },
};

function measure({ quick, say }: BenchSetting, url: string, charges: number): Promise<Comparison> {
  const rounds = quick ? 5 : 3;
  const memory = new PeakMemory();
  const timed = (name: string, work: () => Promise<void>) => async () => {
    await unfold(url);
    await settleServer(url);
    const ms = await timeMs(work);
    await assertFolded(url, charges);
    say(`${name}: ${Math.round(ms)} ms`);
    return ms;
  };
  return withDeps(url, async (deps) => {
    const subjects = {
      ours: timed('ours', () => memory.during(() => foldByJob(deps, BUSINESS_DATE))),
      byHand: timed('by hand', () => foldByHand(url)),
    };
    for (const warm of Object.values(subjects)) await warm();
    const measured = await measureInTurn(rounds, subjects);
    return {
      name: 'fold',
      unit: 'ms',
      ...compare(measured.ours, measured.byHand),
      reach: { atMost: 1.3 },
      facts: { charges, rounds, peakMemoryMib: memory.mib },
    };
  });
}

/** The job of a night, as `npm run batch` runs it. */
export async function foldByJob(deps: Deps, businessDate: string): Promise<void> {
  const outcome = await executeRun(deps, { job: 'fold-charges', businessDate }, foldCharges);
  if (outcome.kind !== 'finished') throw new Error(`the run was ${outcome.kind}`);
}

/** In the order of the keys written to, so that both tables are appended to. */
const byHand = `
  SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED;
  START TRANSACTION;
  INSERT INTO line_invoice (billing_period, closing_group, line_id, holder_from, item_count, total_minor)
  SELECT billing_period, closing_group, line_id, holder_from, COUNT(*), SUM(captured_minor)
  FROM charge FORCE INDEX (charge_to_fold) WHERE billing_period IS NOT NULL AND business_date = '${BUSINESS_DATE}'
  GROUP BY billing_period, closing_group, line_id, holder_from;
  INSERT INTO invoice_item (billing_period, closing_group, line_id, charge_id, company_id, service_id, holder_from,
    business_date, kind, description, amount_minor, tax_code, tax_rate_bps, late)
  SELECT billing_period, closing_group, line_id, id, company_id, service_id, holder_from, business_date, kind, description,
    captured_minor, tax_code, tax_rate_bps, late
  FROM charge FORCE INDEX (charge_to_fold) WHERE billing_period IS NOT NULL AND business_date = '${BUSINESS_DATE}';
  COMMIT`;

function foldByHand(url: string): Promise<void> {
  return onDatabase(url, async (connection) => void (await connection.query(byHand)));
}

/** Invoices and items are never deleted, so the tables are emptied as a whole. */
async function unfold(url: string): Promise<void> {
  await onDatabase(url, (connection) =>
    connection.query('TRUNCATE TABLE invoice_item; TRUNCATE TABLE line_invoice; TRUNCATE TABLE run'),
  );
}

async function assertFolded(url: string, charges: number): Promise<void> {
  await onDatabase(url, async (connection) => {
    const [[row]] = await connection.query<RowDataPacket[]>(
      'SELECT (SELECT COUNT(*) FROM invoice_item) AS items, (SELECT SUM(item_count) FROM line_invoice) AS counted',
    );
    if (Number(row?.['items']) !== charges || Number(row?.['counted']) !== charges)
      throw new Error(`${charges} charges, but ${JSON.stringify(row)}`);
  });
}
