import { createReadStream } from 'node:fs';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse';
import { createConnection, type RowDataPacket } from 'mysql2/promise';
import type { Deps } from '../../../src/deps.ts';
import { importLines } from '../../../src/line-import/import-lines.ts';
import { onDatabase } from '../harness/bench-database.ts';
import type { Bench, BenchSetting, Comparison } from '../harness/bench.types.ts';
import { withDeps } from '../harness/bench-world.ts';
import { PeakMemory } from '../harness/peak-memory.ts';
import { compare, measureInTurn, timeMs } from '../harness/rounds.ts';
import { settleServer } from '../harness/settle-server.ts';
import { staff } from '../../support/actors.ts';

/** Compares the import of a line master file into empty tables with csv-parse alone and LOAD DATA into both tables. */
export const importBench: Bench = {
  name: 'import',
  run: async (setting) => {
    const rows = setting.quick ? 50_000 : 1_000_000;
    const folder = await mkdtemp(join(tmpdir(), 'tabane-bench-'));
    const database = await setting.databases.create('import');
    try {
      const path = join(folder, 'lines.csv');
      await writeLines(path, rows);
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
  const subjects = {
    ours: timed('ours', () =>
      memory.during(
        async () => void (await importLines(deps, staff(), { source: path, fileName: 'lines.csv' })),
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
      name: 'import',
      unit: 'ms',
      ...compare(measured.ours, measured.beside),
      reach: { atMost: 2.5 },
      facts: { rows, rounds, peakMemoryMib: memory.mib },
    },
  ];
}

/** In an order that has nothing to do with the lines' identifiers, as an export of another system comes. */
async function writeLines(path: string, rows: number): Promise<void> {
  await using file = await open(path, 'w');
  await file.write('line_id,holder,closing_group,status,valid_from,valid_to,birth_date,email\n');
  for (let row = 0; row < rows; row += 10_000) {
    const count = Math.min(10_000, rows - row);
    await file.write(
      Array.from({ length: count }, (_, i) => lineText(1 + (((row + i) * 7919) % rows))).join(''),
    );
  }
}

function lineText(number: number): string {
  const group = ['5', '10', '15', '20', '25', 'end'][number % 6];
  return `CAF${String(number).padStart(10, '0')},東西 花子${number},${group},active,2020-01-01,,1980-02-03,line-${number}@example.jp\n`;
}

async function parseAlone(path: string): Promise<void> {
  let rows = 0;
  for await (const _ of createReadStream(path).pipe(parse())) rows += 1;
  if (rows === 0) throw new Error('nothing was parsed');
}

const columns = '(@line_id, @holder, @closing_group, @status, @valid_from, @valid_to, @birth_date, @email)';
const statements = [
  `LOAD DATA LOCAL INFILE 'lines' INTO TABLE line CHARACTER SET utf8mb4 FIELDS TERMINATED BY ',' OPTIONALLY ENCLOSED BY '"'
   IGNORE 1 LINES ${columns} SET line_id = @line_id, closing_group = IF(@closing_group = 'end', 31, @closing_group),
   status = @status, updated_at = UTC_TIMESTAMP(3)`,
  `LOAD DATA LOCAL INFILE 'lines' INTO TABLE line_holder CHARACTER SET utf8mb4 FIELDS TERMINATED BY ',' OPTIONALLY ENCLOSED BY '"'
   IGNORE 1 LINES ${columns} SET line_id = @line_id, valid_from = @valid_from, valid_to = NULLIF(@valid_to, ''),
   holder = @holder, birth_date = NULLIF(@birth_date, ''), email = NULLIF(@email, ''), updated_at = UTC_TIMESTAMP(3)`,
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
  await onDatabase(url, (connection) =>
    connection.query('SET foreign_key_checks = 0; TRUNCATE TABLE line_holder; TRUNCATE TABLE line'),
  );
}

async function assertStored(url: string, rows: number): Promise<void> {
  await onDatabase(url, async (connection) => {
    const [[row]] = await connection.query<RowDataPacket[]>(
      'SELECT (SELECT COUNT(*) FROM line) AS line_count, (SELECT COUNT(email) FROM line_holder) AS holders',
    );
    if (Number(row?.['line_count']) !== rows || Number(row?.['holders']) !== rows)
      throw new Error(`${rows} rows, but ${JSON.stringify(row)}`);
  });
}
