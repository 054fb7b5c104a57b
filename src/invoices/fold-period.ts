import type { Deps } from '../deps.ts';
import type { RunHandle } from '../runs/run-handle.ts';
import type { PeriodKey } from './ensure-billing-period.ts';
import {
  AFTER_ALL_LINES,
  findChunkEnd,
  foldFreshRange,
  foldRestOfRange,
  isFoldRefused,
  listMisplacedLines,
  type ChargeRange,
} from './fold-chunk.ts';
import { findChargedDate } from './unfolded.queries.ts';

/** Most charges in one transaction: a limit of database clusters, and a pause for everybody else's commits. */
const CHUNK_SIZE = 10_000;

/** What came of the charges that were waiting. Counted in charges. */
export interface Folded {
  readonly done: number;
  readonly parked: number;
}

export interface PeriodToFold {
  readonly key: PeriodKey;
  /** The last business date to fold. */
  readonly through: string;
  /** How many charges are waiting, as `countUnfolded` tells. */
  readonly waiting: number;
  /** How a chunk's charges count in the run: a fold counts charges, a close counts periods. */
  readonly count: (folded: Folded) => Partial<Folded>;
}

/**
 * Folds the charges of a billing period that are on no invoice yet, of business dates through one. The
 * newest date first, which on most nights is all there is; older dates are only looked at while a charge
 * is missing, because it was committed late or a night was skipped.
 */
export async function foldPeriod(deps: Deps, run: RunHandle, period: PeriodToFold): Promise<Folded> {
  const { key, through, waiting, count } = period;
  let folded: Folded = { done: 0, parked: 0 };
  let date = waiting > 0 ? await findChargedDate(deps, key, { through }) : undefined;
  while (date !== undefined && folded.done + folded.parked < waiting) {
    folded = add(folded, await foldDate(deps, run, { ...key, businessDate: date, count }));
    date = await findChargedDate(deps, key, { before: date });
  }
  const found = folded.done + folded.parked;
  if (found < waiting)
    throw new Error(`${key.period}/${key.closingGroup}: ${waiting} charges wait, found ${found}`);
  return folded;
}

interface DateToFold extends PeriodKey {
  readonly businessDate: string;
  readonly count: (folded: Folded) => Partial<Folded>;
}

async function foldDate(deps: Deps, run: RunHandle, { count, ...date }: DateToFold): Promise<Folded> {
  let folded: Folded = { done: 0, parked: 0 };
  let fresh = true;
  for (let afterLine = ''; afterLine !== AFTER_ALL_LINES;) {
    const throughLine = await findChunkEnd(deps, { ...date, afterLine }, run.chunkSize ?? CHUNK_SIZE);
    const range = { ...date, afterLine, throughLine };
    const chunk: Folded | undefined = fresh
      ? await tryFresh(run, range, count)
      : await foldRest(run, range, count);
    if (chunk === undefined) {
      // The first chunk that meets a folded charge: an earlier attempt was here, so look closely from now on.
      fresh = false;
      continue;
    }
    folded = add(folded, chunk);
    afterLine = throughLine;
  }
  return folded;
}

/** Undefined when the database refused the chunk: something of it is folded already, or out of place. */
async function tryFresh(
  run: RunHandle,
  range: ChargeRange,
  count: DateToFold['count'],
): Promise<Folded | undefined> {
  try {
    return await inFoldChunk(run, count, async (tx) => ({
      done: await foldFreshRange(tx, range),
      parked: 0,
    }));
  } catch (error) {
    if (isFoldRefused(error)) return undefined;
    throw error;
  }
}

function foldRest(run: RunHandle, range: ChargeRange, count: DateToFold['count']): Promise<Folded> {
  return inFoldChunk(run, count, async (tx) => {
    const misplaced = await listMisplacedLines(tx, range);
    for (const { lineId } of misplaced) {
      await run.park(tx, {
        subject: `${range.period}/${range.closingGroup}/${lineId}`,
        reason: 'the line has an invoice of another closing group for this period',
      });
    }
    const parked = misplaced.reduce((sum, line) => sum + line.count, 0);
    return { done: await foldRestOfRange(tx, range), parked };
  });
}

async function inFoldChunk(
  run: RunHandle,
  count: DateToFold['count'],
  fold: (tx: Parameters<Parameters<RunHandle['inChunk']>[0]>[0]) => Promise<Folded>,
): Promise<Folded> {
  const { folded } = await run.inChunk(
    async (tx) => {
      const folded = await fold(tx);
      return { ...count(folded), folded };
    },
    { isolation: 'repeatable read' },
  );
  return folded;
}

const add = (a: Folded, b: Folded): Folded => ({ done: a.done + b.done, parked: a.parked + b.parked });
