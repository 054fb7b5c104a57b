import type { Deps } from '../deps.ts';
import type { ChunkOutcome, WorkHandle } from '../runs/run-handle.ts';
import {
  findChunkEnd,
  foldFreshRange,
  foldRestOfRange,
  isFoldRefused,
  listMisplacedLines,
  type ChargeRange,
} from './fold-chunk.ts';

/** Most charges in one transaction: a limit of database clusters, and a pause for everybody else's commits. */
export const CHUNK_SIZE = 10_000;

/** What came of the charges that were waiting. Counted in charges. */
export interface InvoicedCounts {
  readonly done: number;
  readonly parked: number;
}

export const NOTHING_INVOICED: InvoicedCounts = { done: 0, parked: 0 };

/** How a chunk that was folded through a line counts: a fold counts charges, a close counts periods. */
export type FoldOutcome = (folded: InvoicedCounts, throughLine: string) => ChunkOutcome;

/** Folds the charges of a range, in chunks of whole lines that follow each other. */
export async function foldRange(
  deps: Deps,
  work: WorkHandle,
  { outcome, ...range }: ChargeRange & { readonly outcome: FoldOutcome },
): Promise<InvoicedCounts> {
  let folded = NOTHING_INVOICED;
  let fresh = true;
  for (let { afterLine } = range; afterLine < range.throughLine;) {
    const throughLine = await findChunkEnd(deps, { ...range, afterLine }, work.chunkSize ?? CHUNK_SIZE);
    const chunk = { ...range, afterLine, throughLine, outcome };
    const ofChunk = fresh ? await tryFresh(work, chunk) : await foldRest(work, chunk);
    if (ofChunk === undefined) {
      // The first chunk that meets a folded charge: an earlier attempt was here, so look closely from now on.
      fresh = false;
      continue;
    }
    folded = addFolded(folded, ofChunk);
    afterLine = throughLine;
  }
  return folded;
}

type Chunk = ChargeRange & { readonly outcome: FoldOutcome };

/** Undefined when the database refused the chunk: something of it is folded already, or out of place. */
async function tryFresh(work: WorkHandle, chunk: Chunk): Promise<InvoicedCounts | undefined> {
  try {
    return await inFoldChunk(work, chunk, async (tx) => ({
      done: await foldFreshRange(tx, chunk),
      parked: 0,
    }));
  } catch (error) {
    if (isFoldRefused(error)) return undefined;
    throw error;
  }
}

function foldRest(work: WorkHandle, chunk: Chunk): Promise<InvoicedCounts> {
  return inFoldChunk(work, chunk, async (tx) => {
    const misplaced = await listMisplacedLines(tx, chunk);
    for (const { lineId } of misplaced) {
      await work.park(tx, {
        subject: `${chunk.period}/${chunk.closingGroup}/${lineId}`,
        reason: 'the line has an invoice of another closing group for this period',
      });
    }
    const parked = misplaced.reduce((sum, line) => sum + line.count, 0);
    return { done: await foldRestOfRange(tx, chunk), parked };
  });
}

async function inFoldChunk(
  work: WorkHandle,
  { outcome, throughLine }: Chunk,
  fold: (tx: Parameters<Parameters<WorkHandle['inChunk']>[0]>[0]) => Promise<InvoicedCounts>,
): Promise<InvoicedCounts> {
  const { folded } = await work.inChunk(
    async (tx) => {
      const folded = await fold(tx);
      return { ...outcome(folded, throughLine), folded };
    },
    { isolation: 'repeatable read' },
  );
  return folded;
}

export const addFolded = (a: InvoicedCounts, b: InvoicedCounts): InvoicedCounts => ({
  done: a.done + b.done,
  parked: a.parked + b.parked,
});
