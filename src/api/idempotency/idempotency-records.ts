import { isDuplicate } from '../../database/database-error.rules.ts';
import { queryRows, runStatement } from '../../database/statement-pipeline.ts';
import type { Statement } from '../../database/statement.ts';
import { insertRows } from '../../database/rows.ts';
import { sqlOf } from '../../database/sql.ts';
import { emOf, type InTransaction } from '../../database/transaction.ts';
import type { Deps } from '../../deps.ts';
import type { Answer } from './response.ts';

/** Names one request of one company; both hashes are hex SHA-256. */
export interface KeyedRequest {
  readonly companyId: number;
  readonly keyHash: string;
  readonly requestHash: string;
}

/** An answer that was given under a key, and to which request. */
export interface IdempotencyRecord extends Answer {
  readonly requestHash: string;
}

/** Thrown inside a transaction to undo it: another process has answered under this key meanwhile. */
export class IdempotencyConflict extends Error {
  override readonly name = 'IdempotencyConflict';
}

const KEPT_DAYS = 7;
const DAY_MS = 24 * 60 * 60 * 1000;
/** Bounds one transaction (design.md section 5). */
const DELETED_AT_ONCE = 5000;

/** The answer already given under this key, if any. */
export async function findIdempotencyRecord(
  deps: Deps,
  request: KeyedRequest,
): Promise<IdempotencyRecord | undefined> {
  const [answer] = await findIdempotencyRecords(deps, [request]);
  return answer;
}

/** The answers already given under these keys, in their order. */
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
  const answers = new Map(rows.map((row) => [nameOf(row), row]));
  return requests.map((request) => answers.get(nameOf(request)));
}

/** Names a key among those of all companies. */
export function nameOf({ companyId, keyHash }: Pick<KeyedRequest, 'companyId' | 'keyHash'>): string {
  return `${companyId} ${keyHash}`;
}

/** An answer to a request. */
export type NewIdempotencyRecord = readonly [KeyedRequest, Answer];

/**
 * Remembers answers in the transaction of their effects, so that there is never one without the other.
 * @throws IdempotencyConflict when a key is taken; let it undo the transaction.
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

/** The same as a statement, which a key that is taken makes fail as a duplicate. */
export function insertIdempotencyRecords(
  given: readonly NewIdempotencyRecord[],
  createdAt: Date,
): Statement<void> {
  const rows = given.map(([{ companyId, keyHash, requestHash }, { status, text }]) => ({
    companyId,
    keyHash,
    requestHash,
    status,
    answer: text,
    createdAt,
  }));
  return insertRows('idempotency_key', rows);
}

/** Forgets answers older than seven days, oldest first; says how many. */
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
