import type { Actor } from '../access/actor.ts';
import { authorize } from '../access/authorize.ts';
import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';

/** An issued statement, or a correction that replaced it. */
export interface StatementRevision {
  /** 1 for the statement as it was issued first. */
  readonly revision: number;
  readonly number: string;
  readonly createdAt: Date;
  /** SHA-256 of its bytes. */
  readonly checksum: string;
  /** Of a correction. */
  readonly reason: string | undefined;
}

/** What was issued for a settlement, the first one first; nothing until the night after its approval. @throws Problem `permission-denied` */
export async function listStatementRevisions(
  deps: Deps,
  actor: Actor,
  settlement: StatedSettlement,
): Promise<StatementRevision[]> {
  authorize(actor, 'settlements:read');
  return await findRevisions(deps, settlement);
}

interface StatedSettlement {
  readonly id: string;
  readonly number: string;
}

/** The same for who was allowed to read the settlement. */
export async function findRevisions(
  deps: Deps,
  { id, number }: StatedSettlement,
): Promise<StatementRevision[]> {
  const issued = await sqlOf(emOf(deps))
    .selectFrom('statement_file')
    .select(['checksum', 'createdAt'])
    .where('settlementId', '=', id)
    .executeTakeFirst();
  if (!issued) return [];
  const corrections = await sqlOf(emOf(deps))
    .selectFrom('statement_correction')
    .select(['revision', 'number', 'createdAt', 'checksum', 'reason'])
    .where('settlementId', '=', id)
    .orderBy('revision')
    .execute();
  return [{ revision: 1, number, ...issued, reason: undefined }, ...corrections];
}
