import assert from 'node:assert/strict';
import { Buffer } from 'node:buffer';
import { parse } from 'csv-parse/sync';
import { createRandom, type Random } from '../../../batch/demo/random.ts';
import { jobActor } from '../../../src/access/actor.ts';
import {
  importCollectionFile,
  type CollectionReport,
} from '../../../src/collections/import-collection-file.ts';
import { Problem } from '../../../src/shared/problem.ts';
import { listBrokenInvariants } from '../../support/broken-invariants.ts';
import { mutations } from '../csv/mutations.ts';
import { livingBytes } from '../heap.ts';
import { bytesOf, drawFile, type DrawnFile } from './drawn-files.ts';
import { judgeStandings } from './judge-standings.ts';
import { billTwins, forTwins, MONTHS, readMonth, type TwinInvoices } from './twin-invoices.ts';

export interface CollectionsFuzz {
  readonly seed: number;
  /** Number of cases, of one to three files each. */
  readonly count: number;
  /** Number of the first. What the cases before it booked is missing then. */
  readonly from?: number;
  readonly say?: (line: string) => void;
}

export interface CollectionsFuzzReport {
  readonly files: number;
  readonly refusedFiles: number;
  readonly booked: number;
  readonly known: number;
  readonly refusedRows: number;
  readonly growthBytes: number;
  readonly brokenInvariants: readonly string[];
}

/**
 * Imports drawn and spoilt files of results and answers into one database, which keeps what each leaves, and judges it. Each is
 * imported for the invoices of one month, and for their twins of another month in another order, other chunks and twice: both
 * must come to the same end.
 * @throws Error with seed, case, mutations and bytes of a file with a wrong result.
 */
export async function fuzzCollections({
  seed,
  count,
  from = 0,
  say = () => {},
}: CollectionsFuzz): Promise<CollectionsFuzzReport> {
  const twins = await billTwins();
  const sums = { files: 0, refusedFiles: 0, booked: 0, known: 0, refusedRows: 0 };
  let bytesBefore = 0;
  try {
    for (let index = from; index < from + count; index += 1) {
      if (index === from + (count >> 2)) bytesBefore = livingBytes();
      for (const report of await playCase(
        twins,
        createRandom(seed, `case ${index}`),
        `--seed ${seed} --from ${from} --count ${index - from + 1}`,
      )) {
        sums.files += 1;
        if (report) {
          sums.booked += report.booked;
          sums.known += report.known;
          sums.refusedRows += report.refused;
        } else sums.refusedFiles += 1;
      }
      if ((index - from + 1) % 500 === 0) say(`${index - from + 1} cases`);
    }
    const growthBytes = livingBytes() - bytesBefore;
    return { ...sums, growthBytes, brokenInvariants: await listBrokenInvariants(twins.billed.deps) };
  } finally {
    await twins.billed.close();
  }
}

interface SpoiltFile {
  readonly good: DrawnFile;
  readonly names: readonly string[];
  readonly bytes: Buffer;
}

async function playCase(
  twins: TwinInvoices,
  random: Random,
  place: string,
): Promise<(CollectionReport | undefined)[]> {
  const files = Array.from({ length: random.between(1, 3) }, () =>
    spoil(drawFile(random, twins.invoices), random),
  );
  try {
    const reports = [];
    for (const file of files) reports.push(await importAndJudge(twins, file, random));
    for (const { good, names, bytes } of [...files.toReversed(), random.pick(files)]) {
      // Whole files in another order of their rows as well.
      const again =
        names.length === 0 ? bytesOf({ ...good, rows: random.shuffle(good.rows) }, random) : bytes;
      await importBytes(twins, forTwins(again), random);
    }
    const [first, second] = [await readMonth(twins, MONTHS[0]), await readMonth(twins, MONTHS[1])];
    assert.deepEqual(second, first, 'files in another order came to another end');
    await judgeStandings(twins);
    return reports;
  } catch (cause) {
    const texts = files.map(
      ({ names, bytes }) =>
        `${names.join(', ')}: ${JSON.stringify(bytes.toString('latin1').slice(0, 2_000))}`,
    );
    throw new Error(`${place}: ${texts.join('\n')}`, { cause });
  }
}

/** Half of the files are spoilt, in one or two ways. */
function spoil(good: DrawnFile, random: Random): SpoiltFile {
  const chosen = Array.from({ length: random.pick([0, 0, 1, 2]) }, () => random.pick(mutations));
  const bytes = chosen.reduce((file, mutation) => mutation.spoil(file, random), bytesOf(good, random));
  return { good, names: chosen.map(({ name }) => name), bytes };
}

async function importAndJudge(
  twins: TwinInvoices,
  file: SpoiltFile,
  random: Random,
): Promise<CollectionReport | undefined> {
  const before = file.names.length > 0 ? await readMonth(twins, MONTHS[0]) : undefined;
  const report = await importBytes(twins, file.bytes, random);
  if (!report) {
    assert.ok(before, 'a file as the carrier sends it was refused');
    assert.deepEqual(await readMonth(twins, MONTHS[0]), before, 'a refused file has changed something');
    return undefined;
  }
  const { read, booked, known, refused, refusedInvoices } = report;
  assert.equal(booked + known + refused + refusedInvoices, read, 'each row is counted once');
  await assertGoodRowsStored(twins, file);
  return report;
}

/** A bad row never harms another: each row that arrived as it was sent is stored. */
async function assertGoodRowsStored(twins: TwinInvoices, { good, bytes }: SpoiltFile): Promise<void> {
  const lines = bytes.toString().split('\n');
  if (lines[0] !== good.header) return;
  const arrived = new Set(lines.slice(1));
  const table = good.kind === 'results' ? 'collection_result' : 'invoice_answer';
  const date = good.kind === 'results' ? 'result_date' : 'answer_date';
  const what = good.kind === 'results' ? 'result' : 'answer';
  for (const row of good.rows.filter((text) => arrived.has(text))) {
    const fields = parse(row)[0] as string[];
    const [number, value, , on] = fields;
    const stored = await twins.billed.rows(
      `SELECT 1 FROM ${table} WHERE invoice_number = ? AND ${date} = ? AND sequence = ? AND ${what} = ?`,
      [number, on, Number(fields[4] ?? ''), value],
    );
    assert.ok(stored.length > 0, `${row} arrived, and is not stored`);
  }
}

async function importBytes(
  { billed }: TwinInvoices,
  bytes: Buffer,
  random: Random,
): Promise<CollectionReport | undefined> {
  try {
    return await importCollectionFile(billed.deps, jobActor('import-collections'), {
      read: () => piecesOf(bytes, pieceBytes),
      fileName: 'fuzzed.csv',
      bookedOn: '2026-05-09',
      chunkSize: random.pick([1, 3, 4_000]),
      maxCharges: random.pick([1, 3, undefined]),
    });
  } catch (error) {
    if (error instanceof Problem && error.code === 'import-refused') return undefined;
    throw error;
  }
}

/** Pieces that end anywhere, even in the middle of a character. */
const pieceBytes = 61;

async function* piecesOf(bytes: Buffer, length: number): AsyncGenerator<Buffer> {
  const size = Math.max(length, Math.ceil(bytes.length / 1_000));
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
