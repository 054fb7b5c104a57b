import { createReadStream } from 'node:fs';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse';
import { createConnection, type RowDataPacket } from 'mysql2/promise';
import { jobActor } from '../../../src/access/actor.ts';
import { importCollectionFile } from '../../../src/collections/import-collection-file.ts';
import type { Deps } from '../../../src/deps.ts';
import { onDatabase } from '../harness/bench-database.ts';
import { fillWorld, withDeps } from '../harness/bench-world.ts';
import type { Bench, BenchSetting, Comparison } from '../harness/bench.types.ts';
import { PeakMemory } from '../harness/peak-memory.ts';
import { compare, measureInTurn, timeMs } from '../harness/rounds.ts';
import { settleServer } from '../harness/settle-server.ts';

const COMPANIES = 20;
/** Of the invoices one in so many is uncollected, with two charges of two companies, and one in so many pending. */
const UNCOLLECTED = 50;
const PENDING = 100;
const BOOKED_ON = '2026-05-02';

/**
 * Compares the import of a file of collection results, and all that is booked of it, with csv-parse alone and LOAD DATA into the rows
 * and the standings.
 */
export const collections: Bench = {
  name: 'collections',
  run: async (setting) => {
    const rows = setting.quick ? 50_000 : 1_000_000;
    const folder = await mkdtemp(join(tmpdir(), 'tabane-bench-'));
    const database = await setting.databases.create('collections');
    try {
      const path = join(folder, 'results.csv');
      await writeResults(path, rows);
      await fillWorld(database.url, { companies: COMPANIES, lines: 1 });
      await onDatabase(database.url, (connection) => connection.query(invoicesSql(rows)));
      return await withDeps(database.url, (deps) =>
        measure(setting, { deps, url: database.url, path, rows }),
      );
    } finally {
      await database.drop();
      await rm(folder, { recursive: true });
    }
  },
};

interface Stage {
  readonly deps: Deps;
  readonly url: string;
  readonly path: string;
  readonly rows: number;
}

async function measure(
  { quick, say }: BenchSetting,
  { deps, url, path, rows }: Stage,
): Promise<Comparison[]> {
  const rounds = quick ? 5 : 3;
  const memory = new PeakMemory();
  const timed = (name: string, work: () => Promise<void>) => async () => {
    await empty(url);
    await settleServer(url);
    const ms = await timeMs(work);
    await assertStored(url, rows);
    say(`${name}: ${Math.round(ms)} ms`);
    return ms;
  };
  const file = { read: () => createReadStream(path), fileName: 'results.csv', bookedOn: BOOKED_ON };
  const subjects = {
    ours: timed('ours', () =>
      memory.during(
        async () => void (await importCollectionFile(deps, jobActor('import-collections'), file)),
      ),
    ),
    beside: timed('parse and load', async () => {
      await parseAlone(path);
      await load(url, path);
    }),
  };
  for (const warm of Object.values(subjects)) await warm();
  const measured = await measureInTurn(rounds, subjects);
  return [
    {
      name: 'collections',
      unit: 'ms',
      ...compare(measured.ours, measured.beside),
      reach: { atMost: 2.5 },
      facts: { rows, rounds, uncollected: Math.floor(rows / UNCOLLECTED), peakMemoryMib: memory.mib },
    },
  ];
}

const lineId = (number: string) => `CONCAT('CAF', LPAD(${number}, 10, '0'))`;
const total = 500;

/** Numbered invoices of a closed period. Those that are collected need no items here. */
const invoicesSql = (rows: number) => `
  INSERT INTO billing_period (period, closing_group, starts_on, closes_on, issue_on, due_on, state)
  VALUES ('2026-03', 31, '2026-03-01', '2026-03-31', '2026-04-13', '2026-04-30', 'open');
  INSERT INTO line_invoice (billing_period, closing_group, line_id, holder_from, holder, number, item_count, total_minor)
  SELECT '2026-03', 31, ${lineId('seq')}, '2020-01-01', '東西 花子', CONCAT('202603-31-', LPAD(seq, 7, '0')), 2, ${total}
  FROM seq_1_to_${rows};
  INSERT INTO charge (id, company_id, service_id, kind, state, amount_minor, captured_minor, tax_code, tax_rate_bps, description,
    automatic_capture, line_id, holder_from, created_at, captured_at, business_date, reserved_period, billing_period, closing_group)
  SELECT CONCAT('01JW', LPAD(2 * seq + half, 22, '0')), 1 + (seq + half) % ${COMPANIES}, 1 + (seq + half) % ${COMPANIES}, 'one_time', 'captured',
    200 + 100 * half, 200 + 100 * half, 'standard', 1000, '楽曲', TRUE, ${lineId(`seq * ${UNCOLLECTED}`)}, '2020-01-01', NOW(3), NOW(3),
    '2026-03-10', '2026-03', '2026-03', 31
  FROM seq_1_to_${Math.floor(rows / UNCOLLECTED)}, (SELECT 0 AS half UNION SELECT 1) h;
  INSERT INTO invoice_item (billing_period, closing_group, line_id, charge_id, company_id, service_id, holder_from, business_date, kind,
    description, amount_minor, tax_code, tax_rate_bps, late)
  SELECT billing_period, closing_group, line_id, id, company_id, service_id, holder_from, business_date, kind, description,
    captured_minor, tax_code, tax_rate_bps, late FROM charge;
  UPDATE billing_period SET state = 'closed', invoice_count = ${rows}, item_count = 2, total_minor = 0, checksum = REPEAT('a', 64),
    closed_at = NOW(3)`;

/** In an order that has nothing to do with the numbers. */
async function writeResults(path: string, rows: number): Promise<void> {
  await using file = await open(path, 'w');
  await file.write('invoice_number,result,collected_amount,result_date,sequence,result_code\n');
  for (let row = 0; row < rows; row += 10_000) {
    const count = Math.min(10_000, rows - row);
    const texts = Array.from({ length: count }, (_, i) => resultText(1 + (((row + i) * 7919) % rows)));
    await file.write(texts.join(''));
  }
}

function resultText(number: number): string {
  const invoice = `202603-31-${String(number).padStart(7, '0')}`;
  if (number % UNCOLLECTED === 0) return `${invoice},uncollected,0,2026-04-30,1,1\n`;
  if (number % PENDING === 1) return `${invoice},pending,0,2026-04-30,1,1\n`;
  return `${invoice},collected,${total},2026-04-30,1,0\n`;
}

async function parseAlone(path: string): Promise<void> {
  let rows = 0;
  for await (const _ of createReadStream(path).pipe(parse())) rows += 1;
  if (rows === 0) throw new Error('nothing was parsed');
}

const columns = '(@number, @result, @collected, @date, @sequence, @code)';
const read = "CHARACTER SET utf8mb4 FIELDS TERMINATED BY ',' OPTIONALLY ENCLOSED BY '\"' IGNORE 1 LINES";
const statements = [
  `LOAD DATA LOCAL INFILE 'results' INTO TABLE collection_result ${read} ${columns} SET invoice_number = @number, result_date = @date,
   sequence = @sequence, result = @result, collected_minor = @collected, result_code = @code, booked_on = '${BOOKED_ON}', import_id = 1`,
  `LOAD DATA LOCAL INFILE 'results' INTO TABLE invoice_collection ${read} ${columns} SET invoice_number = @number,
   billing_period = '2026-03', closing_group = 31, total_minor = ${total}, state = @result, collected_minor = @collected,
   uncollected_minor = IF(@result = 'uncollected', ${total}, 0), result_count = 1, changed_on = '${BOOKED_ON}'`,
];

async function load(url: string, path: string): Promise<void> {
  const connection = await createConnection({ uri: url, flags: ['LOCAL_FILES'] });
  try {
    for (const sql of statements)
      await connection.query({ sql, infileStreamFactory: () => createReadStream(path) });
  } finally {
    await connection.end();
  }
}

async function empty(url: string): Promise<void> {
  const tables = [
    'collection_result',
    'clawback',
    'company_collection',
    'invoice_collection',
    'ledger_entry',
  ];
  await onDatabase(url, (connection) =>
    connection.query(
      ['SET foreign_key_checks = 0', ...tables.map((table) => `TRUNCATE TABLE ${table}`)].join('; '),
    ),
  );
}

async function assertStored(url: string, rows: number): Promise<void> {
  await onDatabase(url, async (connection) => {
    const [[row]] = await connection.query<RowDataPacket[]>(
      'SELECT (SELECT COUNT(*) FROM collection_result) AS results, (SELECT COUNT(*) FROM invoice_collection) AS standings',
    );
    if (Number(row?.['results']) !== rows || Number(row?.['standings']) !== rows)
      throw new Error(`${rows} rows, but ${JSON.stringify(row)}`);
  });
}
