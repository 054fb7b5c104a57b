import { Buffer } from 'node:buffer';
import { Readable } from 'node:stream';
import { createRandom, type Random } from '../../../batch/demo/random.ts';
import { sqlOf } from '../../../src/database/sql.ts';
import type { Deps } from '../../../src/deps.ts';
import { importLines, type ImportReport } from '../../../src/line-import/import-lines.ts';
import { Problem } from '../../../src/shared/problem.ts';
import { listBrokenInvariants } from '../../support/broken-invariants.ts';
import { createWorld } from '../../support/world.ts';
import { livingBytes } from '../heap.ts';
import { judgeImport } from './judge.ts';
import { bytesOf, drawFile, type GoodFile } from './line-file.ts';
import { mutations } from './mutations.ts';
import { staff } from '../../support/actors.ts';

export interface CsvFuzz {
  readonly seed: number;
  /** Number of files. */
  readonly count: number;
  /** Number of the first: a case that failed is found again by it. */
  readonly from?: number;
  readonly say?: (line: string) => void;
}

export interface CsvFuzzReport {
  readonly files: number;
  readonly refusedFiles: number;
  readonly added: number;
  readonly refusedRows: number;
  readonly perSecond: number;
  readonly growthBytes: number;
  readonly brokenInvariants: readonly string[];
}

/** Files imported into one database; emptying it between two is a change that no import makes. */
const FILES_TOGETHER = 100;

/**
 * Imports malformed line master files, each into the emptied database, and judges the result.
 * @throws Error with seed, case, mutations and bytes of a file with a wrong result.
 */
export async function fuzzCsv({ seed, count, from = 0, say = () => {} }: CsvFuzz): Promise<CsvFuzzReport> {
  const world = await createWorld();
  const sums = { refusedFiles: 0, added: 0, refusedRows: 0 };
  let bytesBefore = 0;
  const startedMs = performance.now();
  try {
    for (let index = from; index < from + count; index += 1) {
      if (index === from + (count >> 2)) bytesBefore = livingBytes();
      const report = await playCase(world.deps, seed, index);
      if (report) {
        sums.added += report.added;
        sums.refusedRows += report.refused;
      } else sums.refusedFiles += 1;
      if ((index - from + 1) % 1_000 === 0) say(`${index - from + 1} files`);
    }
  } finally {
    await world.close();
  }
  const perSecond = Math.round((count * 1_000) / (performance.now() - startedMs));
  const growthBytes = livingBytes() - bytesBefore;
  const brokenInvariants = await importOneAfterAnother(seed, from, Math.min(count, FILES_TOGETHER));
  return { files: count, ...sums, perSecond, growthBytes, brokenInvariants };
}

/** Imports the first files once more, now into a database that keeps what each has left, and checks its invariants. */
async function importOneAfterAnother(seed: number, from: number, count: number): Promise<string[]> {
  const world = await createWorld();
  try {
    for (let index = from; index < from + count; index += 1) {
      const random = createRandom(seed, `file ${index}`);
      const { bytes } = spoil(drawFile(random, { withQuotes: index % 4 === 0 }), random);
      await importBytes(world.deps, [bytes]);
    }
    return await listBrokenInvariants(world.deps);
  } finally {
    await world.close();
  }
}

async function playCase(deps: Deps, seed: number, index: number): Promise<ImportReport | undefined> {
  const random = createRandom(seed, `file ${index}`);
  const good = drawFile(random, { withQuotes: index % 4 === 0 });
  const { names, bytes } = spoil(good, random);
  try {
    await forgetLines(deps);
    const report = await importBytes(deps, piecesOf(bytes, random));
    judgeImport({ good, bytes, report, stored: await listLines(deps) });
    return report;
  } catch (cause) {
    const place = `--seed ${seed} --from ${index} --count 1`;
    throw new Error(
      `${place}: ${names.join(', ')}: ${JSON.stringify(bytes.toString('latin1').slice(0, 4_000))}`,
      { cause },
    );
  }
}

function spoil(good: GoodFile, random: Random): { names: string[]; bytes: Buffer } {
  const chosen = Array.from({ length: random.between(1, 2) }, () => random.pick(mutations));
  const bytes = chosen.reduce((file, mutation) => mutation.spoil(file, random), bytesOf(good));
  return { names: chosen.map(({ name }) => name), bytes };
}

/** Splits a file into pieces that end anywhere, even in the middle of a character. */
function piecesOf(bytes: Buffer, random: Random): Buffer[] {
  const pieces: Buffer[] = [];
  const length = random.pick([1, 7, 64, 4_096, 65_536]);
  for (let at = 0; at < bytes.length && pieces.length < 5_000; at += length)
    pieces.push(bytes.subarray(at, at + length));
  const rest = bytes.subarray(pieces.length * length);
  return rest.length > 0 ? [...pieces, rest] : pieces;
}

async function importBytes(deps: Deps, pieces: readonly Buffer[]): Promise<ImportReport | undefined> {
  try {
    return await importLines(deps, staff(), { source: Readable.from(pieces), fileName: 'lines.csv' });
  } catch (error) {
    if (error instanceof Problem && error.code === 'import-refused') return undefined;
    throw error;
  }
}

async function forgetLines({ orm }: Deps): Promise<void> {
  const sql = sqlOf(orm.em.fork());
  await sql.deleteFrom('line_holder').execute();
  await sql.deleteFrom('line').execute();
}

async function listLines({ orm }: Deps): Promise<string[]> {
  const rows = await sqlOf(orm.em.fork()).selectFrom('line').select('lineId').execute();
  return rows.map(({ lineId }) => lineId);
}
