import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { sql } from 'kysely';
import type { Actor } from '../access/actor.ts';
import { authorize } from '../access/authorize.ts';
import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import type { DownloadedFile } from '../shared/downloaded-file.ts';
import { Problem } from '../shared/problem.ts';
import { sha256 } from './seal-content.ts';
import { sealPath } from './seal-files.ts';
import type { Seal } from './seal.entity.ts';

/** What is wrong with a seal, seen from itself, the one before it and its file. */
export type SealFault = 'content' | 'previous' | 'file-missing' | 'file-differs';

/** A seal as a page lists it. */
export interface ListedSeal {
  readonly number: number;
  readonly businessDate: string;
  readonly takenAt: Date;
  readonly hash: string;
  readonly previousHash: string | null;
  /** Rows that are in this seal and in no earlier one. */
  readonly rowCount: number;
  readonly faults: readonly SealFault[];
}

/** Seals of a page: a month. */
export const SEALS_PER_PAGE = 31;

/**
 * A page of the chain, the newest first, each compared with its content, the seal before it and its file. The rows that were sealed
 * are not read: `verifySeals` does that.
 * @throws Problem `permission-denied`
 */
export async function listSealPage(
  deps: Deps,
  actor: Actor,
  { before }: { readonly before?: number | undefined },
): Promise<{
  readonly seals: readonly ListedSeal[];
  readonly next: number | undefined;
  readonly count: number;
}> {
  authorize(actor, 'books:verify');
  const rows = await sqlOf(emOf(deps))
    .selectFrom('seal')
    .selectAll()
    .$if(before !== undefined, (query) => query.where('number', '<', before!))
    .orderBy('number', 'desc')
    .limit(SEALS_PER_PAGE + 1)
    .execute();
  const counted = await countRows(deps, rows);
  const seals = await Promise.all(
    rows.slice(0, SEALS_PER_PAGE).map(async (seal, index): Promise<ListedSeal> => ({
      number: seal.number,
      businessDate: seal.businessDate,
      takenAt: seal.takenAt,
      hash: seal.hash,
      previousHash: seal.previousHash,
      rowCount: counted.get(seal.number) ?? 0,
      faults: [...findFaults(seal, rows[index + 1]), ...(await findFileFaults(deps, seal))],
    })),
  );
  const newest = await sqlOf(emOf(deps))
    .selectFrom('seal')
    .select(({ fn }) => fn.countAll().as('total'))
    .executeTakeFirstOrThrow();
  return {
    seals,
    next: rows.length > SEALS_PER_PAGE ? seals.at(-1)?.number : undefined,
    count: Number(newest.total),
  };
}

/** The file of a seal for outsiders, as the chain has it. @throws Problem `permission-denied`, `not-found` */
export async function openSeal(
  deps: Deps,
  actor: Actor,
  { businessDate }: { readonly businessDate: string },
): Promise<DownloadedFile> {
  authorize(actor, 'books:verify');
  const seal = await sqlOf(emOf(deps))
    .selectFrom('seal')
    .select(['content', 'businessDate'])
    .where('businessDate', '=', businessDate)
    .executeTakeFirst();
  if (!seal) throw new Problem('not-found');
  return {
    filename: `${seal.businessDate}.json`,
    type: 'application/json; charset=utf-8',
    body: Buffer.from(seal.content, 'utf8'),
  };
}

function findFaults(seal: Seal, previous: Seal | undefined): SealFault[] {
  const isFollowing = seal.number === 1 ? seal.previousHash === null : previous?.hash === seal.previousHash;
  return [
    ...(sha256(seal.content) === seal.hash ? [] : (['content'] as const)),
    ...(isFollowing && (previous?.number ?? 0) === seal.number - 1 ? [] : (['previous'] as const)),
  ];
}

async function findFileFaults({ config }: Deps, seal: Seal): Promise<SealFault[]> {
  const bytes = await readFile(sealPath(config.filesDir, seal)).catch(() => undefined);
  if (!bytes) return ['file-missing'];
  return createHash('sha256').update(bytes).digest('hex') === seal.hash ? [] : ['file-differs'];
}

async function countRows(deps: Deps, seals: readonly Seal[]): Promise<Map<number, number>> {
  if (seals.length === 0) return new Map();
  const { rows } = await sql<{ seal: number; sealed: string | number }>`
    SELECT m.number AS seal, SUM(m.row_count) AS sealed FROM seal_member m
    WHERE m.number IN (${sql.join(seals.map(({ number }) => number))}) GROUP BY m.number`.execute(
    sqlOf(emOf(deps)),
  );
  return new Map(rows.map(({ seal, sealed }) => [seal, Number(sealed)]));
}
