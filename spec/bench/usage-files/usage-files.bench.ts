import { Buffer } from 'node:buffer';
import { Readable } from 'node:stream';
import { parse } from 'csv-parse';
import type { Deps } from '../../../src/deps.ts';
import { chargeUsageFiles } from '../../../src/usage-files/charge-usage-files.ts';
import { acceptUsageFile, storeContent } from '../../../src/usage-files/receive-usage-file.ts';
import { getUsageFile } from '../../../src/usage-files/usage-file.queries.ts';
import { onDatabase } from '../harness/bench-database.ts';
import { fillWorld, withDeps } from '../harness/bench-world.ts';
import type { Bench, BenchSetting, Comparison } from '../harness/bench.types.ts';
import { PeakMemory } from '../harness/peak-memory.ts';
import { compare, measureInTurn, timeMs } from '../harness/rounds.ts';
import { job, keyOf } from '../../support/actors.ts';

const COMPANY = 1;
const INSERT_ROWS = 2_000;

/** Compares charging a usage file, as a whole and partial, with csv-parse alone and an insert of its rows into a plain table. */
export const usageFilesBench: Bench = {
  name: 'usage-files',
  run: async (setting) => {
    const rows = setting.items ?? (setting.quick ? 6_000 : 200_000);
    const database = await setting.databases.create('usage-files');
    try {
      await fillWorld(database.url, { companies: 1, lines: rows / 2 });
      await onDatabase(database.url, (connection) => connection.query(plainTable));
      return await withDeps(database.url, (deps) => measure(setting, { deps, url: database.url, rows }));
    } finally {
      await database.drop();
    }
  },
};

const plainTable = `CREATE TABLE plain_use (id BIGINT AUTO_INCREMENT PRIMARY KEY, consent CHAR(29), amount BIGINT, tax_code VARCHAR(10),
  description VARCHAR(120), reference VARCHAR(64))`;

interface Stage {
  readonly deps: Deps;
  readonly url: string;
  readonly rows: number;
}

async function measure({ quick, say }: BenchSetting, stage: Stage): Promise<Comparison[]> {
  const { rows } = stage;
  const rounds = quick ? 3 : 5;
  const memory = new PeakMemory();
  let file = 0;
  const perSecond = (name: string, work: (text: Buffer) => Promise<void>) => async () => {
    file += 1;
    const text = fileText(rows, file);
    const ms = await timeMs(() => work(text));
    say(`${name}: ${Math.round(ms)} ms`);
    return (rows * 1_000) / ms;
  };
  const measured = await measureInTurn(rounds, {
    whole: perSecond('as a whole', (text) => memory.during(() => charge(stage, text, false))),
    partial: perSecond('partial', (text) => memory.during(() => charge(stage, text, true))),
    beside: perSecond('parse and insert', (text) => insertAlone(stage.url, text)),
  });
  const facts = { rows, rounds, peakMemoryMib: memory.mib };
  const unit = 'rows/s';
  return [
    {
      name: 'usage-files',
      unit,
      ...compare(measured.whole, measured.beside),
      reach: { atLeast: 0.03 },
      facts,
    },
    {
      name: 'usage-files partial',
      unit,
      ...compare(measured.partial, measured.beside),
      reach: { atLeast: 0.04 },
      facts,
    },
  ];
}

async function charge({ deps, rows }: Stage, text: Buffer, isPartial: boolean): Promise<void> {
  const key = keyOf(COMPANY);
  const content = await storeContent(deps, key, Readable.from([text]));
  const { file } = await acceptUsageFile(deps, key, { content, isPartial });
  await chargeUsageFiles(deps, job('charge-usage-files'));
  const { chargedCount } = await getUsageFile(deps, key, file.id);
  if (chargedCount !== rows) throw new Error(`${chargedCount} of ${rows} rows were charged`);
}

async function insertAlone(url: string, text: Buffer): Promise<void> {
  await onDatabase(url, async (connection) => {
    let waiting: unknown[] = [];
    const insert = async () => {
      await connection.query(
        'INSERT INTO plain_use (consent, amount, tax_code, description, reference) VALUES ?',
        [waiting],
      );
      waiting = [];
    };
    for await (const row of Readable.from([text]).pipe(parse({ from_line: 2 }))) {
      waiting.push(row);
      if (waiting.length === INSERT_ROWS) await insert();
    }
    if (waiting.length > 0) await insert();
  });
}

/** Two uses under each consent, each line's apart from the other, so that a chunk has lines of all files. */
function fileText(rows: number, file: number): Buffer {
  const lines = Array.from({ length: rows }, (_, n) => {
    const consent = String(1 + (n % (rows / 2))).padStart(22, '0');
    return `cs_01JV${consent},1,standard,楽曲1曲,file-${file}-${n}`;
  });
  return Buffer.from(`consent,amount,tax_code,description,reference\n${lines.join('\n')}\n`);
}
