import type { InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import type { ChunkOutcome, WorkHandle } from '../runs/run-handle.ts';
import {
  addAllCharges,
  addUnbilledCharges,
  isAlreadyInvoiced,
  listMisplacedLines,
} from './add-charges-to-invoices.ts';
import { findEndLine, type ChargeRange } from './charge-range.queries.ts';

/** Most charges, and most refunds, in one transaction: database clusters limit its size, and other commits wait for it. */
export const CHUNK_SIZE = 10_000;

/** What became of unbilled charges and refunds; a refund counts like a charge. */
export interface InvoicedCounts {
  readonly done: number;
  readonly parked: number;
}

export const NOTHING_INVOICED: InvoicedCounts = { done: 0, parked: 0 };

/** What a run counts for a chunk that was folded through a line: a fold counts charges, a close counts periods. */
export type FoldOutcome = (folded: InvoicedCounts, throughLine: string) => ChunkOutcome;

/** Folds the charges of a range in chunks of whole lines, in the order of the lines; each chunk is one transaction. */
export async function foldInChunks(
  deps: Deps,
  work: WorkHandle,
  { outcome, ...range }: ChargeRange & { readonly outcome: FoldOutcome },
): Promise<InvoicedCounts> {
  let folded = NOTHING_INVOICED;
  let allUnbilled = true;
  for (let { afterLine } = range; afterLine < range.throughLine;) {
    // Whole lines, so that an invoice is written once for a business date.
    const throughLine = await findEndLine(deps, { ...range, afterLine }, work.chunkSize ?? CHUNK_SIZE);
    const chunk = { ...range, afterLine, throughLine, outcome };
    const ofChunk = allUnbilled ? await tryAll(work, chunk) : await foldUnbilledOnly(work, chunk);
    if (ofChunk === undefined) {
      // An earlier attempt was here: from this chunk on, look at each charge.
      allUnbilled = false;
      continue;
    }
    folded = addCounts(folded, ofChunk);
    afterLine = throughLine;
  }
  return folded;
}

type Chunk = ChargeRange & { readonly outcome: FoldOutcome };

/** Undefined when the database refused the chunk: some of its charges are invoiced already, or misplaced. */
async function tryAll(work: WorkHandle, chunk: Chunk): Promise<InvoicedCounts | undefined> {
  try {
    return await inFoldChunk(work, chunk, async (tx) => ({
      done: await addAllCharges(tx, chunk),
      parked: 0,
    }));
  } catch (error) {
    if (isAlreadyInvoiced(error)) return undefined;
    throw error;
  }
}

function foldUnbilledOnly(work: WorkHandle, chunk: Chunk): Promise<InvoicedCounts> {
  return inFoldChunk(work, chunk, async (tx) => {
    const misplaced = await listMisplacedLines(tx, chunk);
    for (const { lineId } of misplaced) {
      await work.park(tx, {
        subject: `${chunk.period}/${chunk.closingGroup}/${lineId}`,
        reason: 'the line has an invoice of another closing group for this period',
      });
    }
    const parked = misplaced.reduce((sum, line) => sum + line.count, 0);
    return { done: await addUnbilledCharges(tx, chunk), parked };
  });
}

async function inFoldChunk(
  work: WorkHandle,
  { outcome, throughLine }: Chunk,
  fold: (tx: InTransaction<Deps>) => Promise<InvoicedCounts>,
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

export const addCounts = (a: InvoicedCounts, b: InvoicedCounts): InvoicedCounts => ({
  done: a.done + b.done,
  parked: a.parked + b.parked,
});
