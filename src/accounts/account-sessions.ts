import { sql } from 'kysely';
import { recordAudit } from '../access/audit/record-audit.ts';
import { sqlOf } from '../database/sql.ts';
import { emOf, inTransaction, type InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import type { PageSession } from '../identity/page-session.ts';
import { hashSessionKey } from '../identity/session-store.ts';
import { Problem } from '../shared/problem.ts';
import { accountSubject } from './change-account.ts';
import { findSignedIn, type AccountProof } from './account-proof.ts';
import { ownName } from './enrolment.ts';

/** What a session of an account stores; `startSession` gives it a new identifier. */
export function sessionOfProof({ accountId, ...accountProof }: AccountProof) {
  return { accountId, accountProof } satisfies PageSession;
}

/** The proof that a session stores; undefined for one of a subscriber, or of nobody. */
export function proofOfSession({ accountId, accountProof }: PageSession): AccountProof | undefined {
  return accountId === undefined || accountProof === undefined ? undefined : { accountId, ...accountProof };
}

/** The session of this browser, by its cookie. */
interface ThisBrowser {
  readonly key: string;
}

/** Where a person is signed in, the one that was used last first. `id` names a session and opens nothing. */
export async function listOwnSessions(deps: Deps, proof: AccountProof, { key }: ThisBrowser) {
  const current = hashSessionKey(key);
  const rows = await sqlOf(emOf(deps))
    .selectFrom('session')
    .select(['idHash', 'createdAt', 'lastSeenAt', 'address', 'userAgent'])
    .where('accountId', '=', proof.accountId)
    .where('expiresAt', '>', deps.clock.now())
    // A session of the password alone is none yet.
    .where(sql<boolean>`JSON_EXISTS(content, '$.accountProof')`)
    .orderBy('lastSeenAt', 'desc')
    .orderBy('idHash')
    .execute();
  return rows.map(({ idHash, ...session }) => ({ id: idHash, ...session, isCurrent: idHash === current }));
}

/** Ends one session of one's own; that of another person is not there. @throws Problem `token-invalid` */
export async function endOwnSession(
  deps: Deps,
  proof: AccountProof,
  { id }: { readonly id: string },
): Promise<void> {
  await endSessions(deps, proof, (tx) =>
    sqlOf(tx.em)
      .deleteFrom('session')
      .where('accountId', '=', proof.accountId)
      .where('idHash', '=', id)
      .executeTakeFirst(),
  );
}

/** Ends all sessions of one's own but that of this browser. @throws Problem `token-invalid` for a session that has ended */
export async function endOtherSessions(deps: Deps, proof: AccountProof, { key }: ThisBrowser): Promise<void> {
  await endSessions(deps, proof, (tx) =>
    sqlOf(tx.em)
      .deleteFrom('session')
      .where('accountId', '=', proof.accountId)
      .where('idHash', '<>', hashSessionKey(key))
      .executeTakeFirst(),
  );
}

async function endSessions(
  deps: Deps,
  proof: AccountProof,
  end: (tx: InTransaction<Deps>) => Promise<{ readonly numDeletedRows: bigint }>,
): Promise<void> {
  await inTransaction(deps, async (tx) => {
    const account = await findSignedIn(tx, proof);
    if (!account) throw new Problem('token-invalid');
    const { numDeletedRows } = await end(tx);
    if (numDeletedRows === 0n) return;
    await recordAudit(tx, {
      actor: ownName(account),
      action: 'account.end-sessions',
      subject: accountSubject(account.id),
      facts: { sessions: Number(numDeletedRows) },
    });
  });
}
