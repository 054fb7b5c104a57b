import { reasonFacts, type ActReason } from '../access/audit/act-reason.ts';
import { recordAudit } from '../access/audit/record-audit.ts';
import { sqlOf } from '../database/sql.ts';
import { inTransaction } from '../database/transaction.ts';
import { actorName, type Actor } from '../access/actor.ts';
import { authorize } from '../access/authorize.ts';
import type { Deps } from '../deps.ts';
import { reportEvent } from '../security/report-event.ts';
import { Problem } from '../shared/problem.ts';
import { announceNewPassword } from './announce-identity.ts';
import { normaliseIssuedId } from './issued-id.rules.ts';
import { deletePasskeysOf } from './passkeys.ts';
import { preparePassword, type RequestedPassword } from './prepare-password.ts';
import { assertMayAsk } from './asked-by.rules.ts';
import { heldUntil } from './sign-in-lock.rules.ts';
import { clearFailures, findFailures } from './sign-in-lock.ts';

export interface SetPassword {
  readonly issuedId: string;
  readonly password: RequestedPassword;
  readonly reason?: ActReason | undefined;
}

/** Whose password it is, and the password if it was generated. */
export interface Credentials {
  readonly issuedId: string;
  readonly displayName: string;
  readonly lineId: string;
  readonly holderFrom: string;
  readonly password?: string;
}

const SIGN_IN_HELD = {
  detail: 'The support centre has stopped signing in with this ID; let it sign in again first.',
  facts: { reason: 'sign-in-held' },
};

/**
 * Sets a subscriber's password, which ends their sessions, removes the passkeys and removes the sign-in lock of the ID:
 * somebody who had taken it over is out. An ID that the support centre holds keeps its hold: that is lifted first, for a reason of its own. It has to be changed at the next
 * sign-in on the person's own pages: somebody else knows it.
 * A generated password is in the result and is not stored.
 * @throws Problem `subscriber-not-found`, `password-not-permitted`, `illegal-state` while it is held, or on the word of somebody who may not ask
 */
export async function setPassword(deps: Deps, actor: Actor, input: SetPassword): Promise<Credentials> {
  authorize(actor, 'subscribers:write');
  const reason = reasonFacts(input.reason);
  const { passwordHash, password } = await preparePassword(input.password);
  const issuedId = normaliseIssuedId(input.issuedId);
  const person = await inTransaction(deps, async (tx) => {
    const row = await sqlOf(tx.em)
      .selectFrom('subscriber')
      .select(['id', 'state', 'issuedId', 'displayName', 'lineId', 'holderFrom', 'isHolder'])
      .where('issuedId', '=', issuedId)
      .forUpdate()
      .executeTakeFirst();
    if (row?.state !== 'active') throw new Problem('subscriber-not-found');
    assertMayAsk(row.isHolder ? 'holder' : 'person', input.reason);
    const key = { scope: 'id', key: issuedId } as const;
    const failures = await findFailures(tx, key);
    if (failures && heldUntil(failures, tx.clock.now())) throw new Problem('illegal-state', SIGN_IN_HELD);
    await sqlOf(tx.em)
      .updateTable('subscriber')
      .set({ passwordHash, passwordTemporary: true })
      .where('id', '=', row.id)
      .execute();
    await clearFailures(tx, key);
    const passkeysRemoved = await deletePasskeysOf(tx, { kind: 'subscriber', id: row.id });
    const removed = passkeysRemoved > 0 ? { passkeysRemoved } : {};
    const facts = { generated: password !== undefined, ...removed, ...reason };
    await recordAudit(tx, {
      actor: actorName(actor),
      action: 'subscriber.set-password',
      subject: `subscriber:${row.id}`,
      facts,
      changed: { table: 'subscriber', key: [row.id] },
    });
    await announceNewPassword(tx, actor, row);
    return row;
  });
  const subjects = { issued_id: issuedId, actor: actorName(actor) };
  reportEvent(deps, 'security.password_reset', { subjects });
  const { displayName, lineId, holderFrom } = person;
  return { issuedId, displayName, lineId, holderFrom, ...(password !== undefined && { password }) };
}
