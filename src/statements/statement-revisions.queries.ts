import { sql } from 'kysely';
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
  /** Whether it names an invoice of its own for the set-up fee; those of older releases have one invoice with both fees. */
  readonly namesSetUpInvoice: boolean;
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
    .selectFrom('statement_file as f')
    .innerJoin('settlement_document as d', 'd.settlementId', 'f.settlementId')
    .select(['f.checksum', 'f.createdAt'])
    .select(sql<number | string>`JSON_EXISTS(d.content, '$.isSetUpInvoicedApart')`.as('isNamed'))
    .where('f.settlementId', '=', id)
    .executeTakeFirst();
  if (!issued) return [];
  // A correction keeps what its statement says but for the names of the parties.
  const namesSetUpInvoice = Number(issued.isNamed) === 1;
  const { checksum, createdAt } = issued;
  const corrections = await sqlOf(emOf(deps))
    .selectFrom('statement_correction')
    .select(['revision', 'number', 'createdAt', 'checksum', 'reason'])
    .where('settlementId', '=', id)
    .orderBy('revision')
    .execute();
  const first = { revision: 1, number, checksum, createdAt, reason: undefined };
  return [first, ...corrections].map((revision) => ({ ...revision, namesSetUpInvoice }));
}
