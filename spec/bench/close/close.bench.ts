import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { RowDataPacket } from 'mysql2/promise';
import type { Deps } from '../../../src/deps.ts';
import { closePeriods } from '../../../src/invoices/close-periods.ts';
import { ensureBillingPeriods } from '../../../src/billing-periods/ensure-billing-period.ts';
import { invoiceDetailsPath } from '../../../src/invoices/export-invoice-details.ts';
import { executeRun } from '../../../src/runs/execute-run.ts';
import { onDatabase } from '../harness/bench-database.ts';
import type { Bench, BenchSetting, Comparison } from '../harness/bench.types.ts';
import { withDeps } from '../harness/bench-world.ts';
import { CLOSING_DATE, ensureFolded, MONTH, type MonthWorld } from '../harness/month-worlds.ts';
import { settleServer } from '../harness/settle-server.ts';
import { foldByJob } from '../fold/fold.bench.ts';
import { PeakMemory } from '../harness/peak-memory.ts';
import { compare, measureInTurn, timeMs } from '../harness/rounds.ts';

/**
 * Compares the job that proves, numbers and exports a period with hand-written SQL that writes the same numbers and taxes,
 * sums the totals once, and writes the bytes of the same file.
 */
export const close: Bench = {
  name: 'close',
  run: async (setting) => {
    const world = await setting.months.get(setting.quick ? 100_000 : 10_000_000);
    const filesDir = await mkdtemp(join(tmpdir(), 'tabane-bench-'));
    const settings = { FILES_DIR: filesDir };
    try {
      return await withDeps(world.url, (deps) => measure(setting, { deps, world }), settings);
    } finally {
      await rm(filesDir, { recursive: true });
    }
  },
};

interface Stage {
  readonly deps: Deps;
  readonly world: MonthWorld;
}

async function measure({ quick, say }: BenchSetting, { deps, world }: Stage): Promise<Comparison[]> {
  const { url, lines, charges } = world;
  await ensureFolded(deps, world, () => foldByJob(deps, CLOSING_DATE));
  await keepFolded(url);
  const rounds = quick ? 5 : 3;
  const memory = new PeakMemory();
  const timed = (name: string, work: () => Promise<void>) => async () => {
    await reopen(deps, url);
    await settleServer(url);
    const ms = await timeMs(work);
    await assertNumbered(url, lines);
    say(`${name}: ${Math.round(ms)} ms`);
    return ms;
  };
  const subjects = {
    ours: timed('ours', () => memory.during(() => closeByJob(deps))),
    byHand: timed('by hand', () => closeByHand(deps, url)),
  };
  for (const warm of Object.values(subjects)) await warm();
  const measured = await measureInTurn(rounds, subjects);
  return [
    {
      name: 'close',
      unit: 'ms',
      ...compare(measured.ours, measured.byHand),
      reach: { atMost: 2 },
      facts: { lines, charges, rounds, peakMemoryMib: memory.mib },
    },
  ];
}

/** The job of a night, as `npm run batch` runs it. */
export async function closeByJob(deps: Deps): Promise<void> {
  const outcome = await executeRun(deps, { job: 'close-periods', businessDate: CLOSING_DATE }, closePeriods);
  if (outcome.kind !== 'finished') throw new Error(`the run was ${outcome.kind}`);
}

const within = `billing_period = '${MONTH.period}' AND closing_group = ${MONTH.closingGroup}`;
const byHand = `
  SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED;
  START TRANSACTION;
  SELECT COUNT(*), SUM(captured_minor) FROM charge WHERE ${within};
  SELECT COUNT(*), SUM(amount_minor) FROM invoice_item WHERE ${within};
  UPDATE line_invoice l JOIN (SELECT line_id, holder_from, ROW_NUMBER() OVER (ORDER BY line_id, holder_from) AS position FROM line_invoice WHERE ${within}) p
    ON p.line_id = l.line_id AND p.holder_from = l.holder_from SET l.number = CONCAT('B', LPAD(p.position, 9, '0')) WHERE ${within.replaceAll(/(\w+) =/g, 'l.$1 =')};
  INSERT INTO line_invoice_tax (billing_period, closing_group, line_id, holder_from, part, tax_code, tax_rate_bps, total_minor, tax_minor)
  SELECT billing_period, closing_group, line_id, holder_from, 'registered', tax_code, tax_rate_bps, SUM(amount_minor),
    (CAST(SUM(amount_minor) AS SIGNED) * tax_rate_bps) DIV (10000 + tax_rate_bps)
  FROM invoice_item WHERE ${within} GROUP BY line_id, holder_from, tax_code, tax_rate_bps;
  COMMIT`;

async function closeByHand({ config }: Deps, url: string): Promise<void> {
  await onDatabase(url, (connection) => connection.query(byHand));
  const path = invoiceDetailsPath(config.filesDir, MONTH);
  const copy = `${path}.by-hand`;
  await pipeline(createReadStream(path), createWriteStream(copy));
  await using file = await open(copy, 'r+');
  await file.sync();
}

/** Remembers the invoices as they are, for `reopen`. */
export async function keepFolded(url: string): Promise<void> {
  await onDatabase(url, (connection) =>
    connection.query('CREATE OR REPLACE TABLE folded AS SELECT * FROM line_invoice'),
  );
}

/** As after the last fold. Numbered invoices and closed periods do not change, so whole tables are put back. */
export async function reopen(deps: Deps, url: string): Promise<void> {
  await onDatabase(url, (connection) =>
    connection.query(`SET foreign_key_checks = 0; TRUNCATE TABLE line_invoice; TRUNCATE TABLE line_invoice_tax;
      TRUNCATE TABLE billing_period; TRUNCATE TABLE closed_period_party; TRUNCATE TABLE run`),
  );
  await ensureBillingPeriods(deps, [MONTH]);
  await onDatabase(url, (connection) => connection.query('INSERT INTO line_invoice SELECT * FROM folded'));
}

async function assertNumbered(url: string, lines: number): Promise<void> {
  await onDatabase(url, async (connection) => {
    const [[row]] = await connection.query<RowDataPacket[]>(
      'SELECT (SELECT COUNT(number) FROM line_invoice) AS numbers, (SELECT COUNT(*) FROM line_invoice_tax) AS taxes',
    );
    if (Number(row?.['numbers']) !== lines || Number(row?.['taxes']) !== lines)
      throw new Error(`${lines} lines, but ${JSON.stringify(row)}`);
  });
}
