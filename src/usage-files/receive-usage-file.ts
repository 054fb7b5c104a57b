import { Buffer } from 'node:buffer';
import { createHash } from 'node:crypto';
import { actorName, type Actor } from '../access/actor.ts';
import { actingCompany } from '../access/owned-by.ts';
import { insertRows } from '../database/rows.ts';
import { sqlOf } from '../database/sql.ts';
import { queryRows, runStatement } from '../database/statement-pipeline.ts';
import { emOf, inTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../shared/problem.ts';
import type { UsageFile } from './usage-file.entity.ts';

/** A million rows with long descriptions in Japanese fit. */
export const MAX_USAGE_FILE_BYTES = 256 * 2 ** 20;
/** Files of a company that are not done: one program in a loop fills no disk, and leaves others their turn. */
export const MAX_UNFINISHED_FILES = 20;
const PIECE_BYTES = 256 * 1_024;
const MAX_FILENAME = 120;

/** Bytes that were stored and belong to no file yet. */
export interface StoredContent {
  readonly id: string;
  /** SHA-256 in hexadecimal. */
  readonly contentHash: string;
  readonly byteCount: number;
}

/**
 * Stores the bytes of a file as they arrive, some hundred KiB in memory at a time. They become a file by `acceptUsageFile`; what does
 * not is removed by `discardContent`, or after a day.
 * @throws Problem `permission-denied`, `api-key-scope-missing`, `body-too-large`, `invalid-request` for no bytes, `rate-limit-exceeded`
 * while `MAX_UNFINISHED_FILES` of the company are not done
 */
export async function storeContent(
  deps: Deps,
  actor: Actor,
  content: AsyncIterable<Buffer>,
): Promise<StoredContent> {
  await assertNotTooMany(deps, actingCompany(actor, 'charges:write'));
  const id = deps.ids.next();
  const hash = createHash('sha256');
  let [number, byteCount]: [number, number] = [0, 0];
  const store = async (bytes: Buffer) => {
    number += 1;
    const piece = { fileId: id, number, bytes, arrivedAt: deps.clock.now() };
    await inTransaction(deps, (tx) => runStatement(tx.em, insertRows('usage_file_piece', [piece])));
  };
  try {
    for await (const bytes of inPieces(content)) {
      byteCount += bytes.length;
      if (byteCount > MAX_USAGE_FILE_BYTES) throw tooLarge();
      hash.update(bytes);
      await store(bytes);
    }
    if (byteCount === 0) throw new Problem('invalid-request', { detail: 'The file is empty.' });
  } catch (error) {
    await discardContent(deps, actor, id);
    throw error;
  }
  return { id, contentHash: hash.digest('hex'), byteCount };
}

/** Before a byte is stored; some that arrive at once may pass it together. */
async function assertNotTooMany(deps: Deps, companyId: number): Promise<void> {
  const { count } = await sqlOf(emOf(deps))
    .selectFrom('usage_file')
    .select(({ fn }) => fn.countAll<number | string>().as('count'))
    .where('companyId', '=', companyId)
    .where('state', 'in', ['received', 'checking', 'charging', 'releasing'])
    .executeTakeFirstOrThrow();
  if (Number(count) < MAX_UNFINISHED_FILES) return;
  const detail = `${MAX_UNFINISHED_FILES} of your files are not done: send this one when some are.`;
  throw new Problem('rate-limit-exceeded', { detail });
}

function tooLarge(): Problem {
  return new Problem('body-too-large', {
    detail: `At most ${MAX_USAGE_FILE_BYTES} bytes.`,
    facts: { limit_bytes: MAX_USAGE_FILE_BYTES },
  });
}

async function* inPieces(content: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let [waiting, size]: [Buffer[], number] = [[], 0];
  for await (const bytes of content) {
    waiting.push(bytes);
    size += bytes.length;
    if (size < PIECE_BYTES) continue;
    yield Buffer.concat(waiting);
    [waiting, size] = [[], 0];
  }
  if (size > 0) yield Buffer.concat(waiting);
}

/** Removes bytes that became no file. @throws Problem `permission-denied`, `api-key-scope-missing` */
export async function discardContent(deps: Deps, actor: Actor, id: string): Promise<void> {
  actingCompany(actor, 'charges:write');
  await inTransaction(deps, (tx) =>
    queryRows(
      tx.em,
      'DELETE FROM usage_file_piece WHERE file_id = ? AND NOT EXISTS (SELECT 1 FROM usage_file f WHERE f.id = ?)',
      [id, id],
    ),
  );
}

interface NewFile {
  readonly content: StoredContent;
  readonly isPartial: boolean;
  readonly filename?: string | undefined;
}

/**
 * Makes stored bytes a file of the actor's company, to be read and charged by `chargeUsageFiles`. The same bytes are one file: if the
 * company has sent them before, that file is returned and nothing is charged again, unless it was refused as a whole.
 * @throws Problem `permission-denied`, `api-key-scope-missing`
 */
export function acceptUsageFile(
  deps: Deps,
  actor: Actor,
  { content, isPartial, filename }: NewFile,
): Promise<{ readonly file: UsageFile; readonly isRepeated: boolean }> {
  const companyId = actingCompany(actor, 'charges:write');
  const { id, contentHash, byteCount } = content;
  return inTransaction(deps, async (tx) => {
    const now = tx.clock.now();
    const row = {
      id,
      companyId,
      sentBy: actorName(actor),
      filename: filename === undefined ? null : cleanName(filename),
      contentHash,
      standingHash: contentHash,
      byteCount,
      isPartial,
      state: 'received' as const,
      throughRow: 0,
      readCount: 0,
      chargedCount: 0,
      repeatedCount: 0,
      refusedCount: 0,
      chargedMinor: 0n,
      createdAt: now,
      workedAt: now,
    };
    // Of two that arrive at once, one waits here until the other has committed, and then finds it.
    await runStatement(tx.em, insertRows('usage_file', [row], 'ON DUPLICATE KEY UPDATE id = id'));
    const file = await sqlOf(tx.em)
      .selectFrom('usage_file')
      .selectAll()
      .where('companyId', '=', companyId)
      .where('standingHash', '=', contentHash)
      .executeTakeFirstOrThrow();
    return { file, isRepeated: file.id !== id };
  });
}

/** The last part of a name from somebody's computer, without what a page cannot show. */
function cleanName(filename: string): string | null {
  const last = filename.split(/[/\\]/).at(-1) ?? '';
  const clean = last.normalize('NFC').replaceAll(/[\p{C}]/gu, '');
  return Array.from(clean).slice(0, MAX_FILENAME).join('') || null;
}
