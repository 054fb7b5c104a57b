import { isDuplicate } from '../../database/database-error.rules.ts';
import { queryRows, runStatement } from '../../database/statement-pipeline.ts';
import type { Statement } from '../../database/statement.ts';
import { insertRows } from '../../database/rows.ts';
import { sqlOf } from '../../database/sql.ts';
import { emOf, type InTransaction } from '../../database/transaction.ts';
import type { Deps } from '../../deps.ts';
import type { ApiResponse } from './response.ts';

/** Identifies one request of one company; both hashes are SHA-256 in hex. */
export interface KeyedRequest {
  readonly companyId: number;
  readonly keyHash: string;
  readonly requestHash: string;
}

/** A stored response and the hash of the request that it belongs to. */
export interface IdempotencyRecord extends ApiResponse {
  readonly requestHash: string;
}

/** Thrown inside a transaction to roll it back: another process has stored a response under this key. */
export class IdempotencyConflict extends Error {
  override readonly name = 'IdempotencyConflict';
}

const KEPT_DAYS = 7;
const DAY_MS = 24 * 60 * 60 * 1000;
/** Rows deleted per transaction. */
const DELETED_AT_ONCE = 5000;

/** The responses stored under these keys, in their order. */
export async function findIdempotencyRecords(
  deps: Deps,
  requests: readonly KeyedRequest[],
): Promise<(IdempotencyRecord | undefined)[]> {
  const rows = await queryRows<IdempotencyRecord & { companyId: number; keyHash: string }>(
    emOf(deps),
    `SELECT company_id AS companyId, key_hash AS keyHash, request_hash AS requestHash, status, answer AS text
     FROM idempotency_key WHERE (company_id, key_hash) IN (?)`,
    [requests.map(({ companyId, keyHash }) => [companyId, keyHash])],
  );
  const responses = new Map(rows.map((row) => [requestNameOf(row), row]));
  return requests.map((request) => responses.get(requestNameOf(request)));
}

/** A name of the request that is unique among all companies. */
export function requestNameOf({ companyId, keyHash }: Pick<KeyedRequest, 'companyId' | 'keyHash'>): string {
  return `${companyId} ${keyHash}`;
}

/** A request and its response. */
export type NewIdempotencyRecord = readonly [KeyedRequest, ApiResponse];

/**
 * Stores responses in the transaction of their work, so that neither exists without the other.
 * @throws IdempotencyConflict if a key exists already; let it roll the transaction back.
 */
export async function storeIdempotencyRecords(
  tx: InTransaction<Deps>,
  given: readonly NewIdempotencyRecord[],
): Promise<void> {
  try {
    await runStatement(tx.em, insertIdempotencyRecords(given, tx.clock.now()));
  } catch (error) {
    if (isDuplicate(error)) throw new IdempotencyConflict('', { cause: error });
    throw error;
  }
}

/** The statement of `storeIdempotencyRecords`. An existing key makes it fail as a duplicate. */
export function insertIdempotencyRecords(
  given: readonly NewIdempotencyRecord[],
  createdAt: Date,
): Statement<void> {
  const rows = given.map(([{ companyId, keyHash, requestHash }, { status, text, storedText }]) => ({
    companyId,
    keyHash,
    requestHash,
    status,
    answer: storedText ?? text,
    createdAt,
  }));
  return insertRows('idempotency_key', rows);
}

/** Deletes responses older than seven days, oldest first. Returns how many. */
export async function deleteOldIdempotencyKeys(deps: Deps): Promise<number> {
  const before = new Date(deps.clock.now().getTime() - KEPT_DAYS * DAY_MS);
  for (let total = 0; ;) {
    const { numDeletedRows } = await sqlOf(emOf(deps))
      .deleteFrom('idempotency_key')
      .where('createdAt', '<', before)
      .orderBy('createdAt')
      .limit(DELETED_AT_ONCE)
      .executeTakeFirstOrThrow();
    total += Number(numDeletedRows);
    if (numDeletedRows < DELETED_AT_ONCE) return total;
  }
}
