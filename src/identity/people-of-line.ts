import { recordAudit } from '../access/audit/record-audit.ts';
import { actorName, type Actor, type SubscriberActor } from '../access/actor.ts';
import { sqlOf } from '../database/sql.ts';
import { emOf, inTransaction, type InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { authorizeSubscriber } from '../safeguards/safeguard-scope.ts';
import { reportEvent } from '../security/report-event.ts';
import { compileInputCheck, inputFields } from '../shared/check-input.ts';
import { Problem } from '../shared/problem.ts';
import { announceNewPassword } from './announce-identity.ts';
import { endIssuedId } from './end-issued-id.ts';
import { issueOnLine } from './issue-on-line.ts';
import { deletePasskeysOf } from './passkeys.ts';
import { preparePassword } from './prepare-password.ts';
import { clearOwnFailures } from './sign-in-lock.ts';

const checkName = compileInputCheck<{ readonly displayName: string }>({
  displayName: { ...inputFields.name, maxLength: 60 },
});

/** The active issued IDs of the holder's line, the holder's own first. */
export async function listPeople(deps: Deps, actor: Actor) {
  const { lineId, holderFrom } = authorizeSubscriber(actor, 'people:read');
  return sqlOf(emOf(deps))
    .selectFrom('subscriber')
    .select(['id', 'issuedId', 'displayName', 'isHolder', 'passwordTemporary', 'createdAt'])
    .where('lineId', '=', lineId)
    .where('holderFrom', '=', holderFrom)
    .where('state', '=', 'active')
    .orderBy('slot')
    .execute();
}

export interface IssueIdOnLine {
  readonly displayName: string;
  /** Of the page on which the holder asks: posted twice, by a double click or after going back, it makes one ID. */
  readonly issueKey: string;
}

const checkIssue = compileInputCheck<IssueIdOnLine>({
  displayName: { ...inputFields.name, maxLength: 60 },
  issueKey: { type: 'string', pattern: '^[0-9A-HJKMNP-TV-Z]{26}$', mustBe: 'the key of the page' },
});

/**
 * Issues an ID on the holder's own line, with a password that has to be changed at the first sign-in. The password is in the
 * result and nowhere else. @throws Problem `invalid-request`, `too-many-subscribers`, `line-not-found`; `illegal-state` with the
 * reason `id-issued` if the same page has issued one.
 */
export async function issueIdOnLine(
  deps: Deps,
  actor: Actor,
  input: IssueIdOnLine,
): Promise<{ subscriberId: number; issuedId: string; password: string }> {
  const { lineId, holderFrom } = authorizeSubscriber(actor, 'people:write');
  checkIssue(input);
  const { passwordHash, password } = await preparePassword({ generate: true });
  const { id, issuedId } = await inTransaction(deps, (tx) =>
    issueOnLine(tx, actor, { ...input, lineId, holderFrom, passwordHash }),
  );
  return { subscriberId: id, issuedId, password: password! };
}

/** Renames an issued ID of the holder's line. @throws Problem `invalid-request`, `subscriber-not-found`. */
export async function renameId(
  deps: Deps,
  actor: Actor,
  input: { readonly subscriberId: number; readonly displayName: string },
): Promise<void> {
  const holder = authorizeSubscriber(actor, 'people:write');
  checkName({ displayName: input.displayName });
  await inTransaction(deps, async (tx) => {
    const { id, displayName: before } = await lockOnLine(tx, holder, input.subscriberId);
    const { displayName } = input;
    await sqlOf(tx.em).updateTable('subscriber').set({ displayName }).where('id', '=', id).execute();
    await recordAudit(tx, { ...lineOf(actor, id), action: 'subscriber.rename', facts: { before } });
  });
}

/**
 * Ends an issued ID of the holder's line. The holder's own is left to the support centre: without it nobody could look after the line.
 * @throws Problem `subscriber-not-found`, `illegal-state`.
 */
export async function endIdOnLine(
  deps: Deps,
  actor: Actor,
  { subscriberId }: { readonly subscriberId: number },
): Promise<void> {
  const { lineId, holderFrom, ...holder } = authorizeSubscriber(actor, 'people:end');
  if (subscriberId === holder.subscriberId)
    throw new Problem('illegal-state', { detail: "The holder's own ID is ended by the support centre." });
  await inTransaction(deps, (tx) => endIssuedId(tx, actor, { id: subscriberId, lineId, holderFrom }));
}

/**
 * Gives another issued ID of the line a new password, which has to be changed at the next sign-in; ends its sessions and removes its passkeys. The
 * password is in the result and nowhere else. @throws Problem `subscriber-not-found`, `illegal-state` for the holder's own.
 */
export async function resetIdPassword(
  deps: Deps,
  actor: Actor,
  { subscriberId }: { readonly subscriberId: number },
): Promise<{ issuedId: string; displayName: string; password: string }> {
  const holder = authorizeSubscriber(actor, 'people:write');
  if (subscriberId === holder.subscriberId)
    throw new Problem('illegal-state', { detail: 'The own password is changed with the current one.' });
  const { passwordHash, password } = await preparePassword({ generate: true });
  const row = await inTransaction(deps, async (tx) => {
    const person = await lockOnLine(tx, holder, subscriberId);
    const { id, issuedId } = person;
    const set = { passwordHash, passwordTemporary: true };
    await sqlOf(tx.em).updateTable('subscriber').set(set).where('id', '=', id).execute();
    await clearOwnFailures(tx, { scope: 'id', key: issuedId });
    const passkeysRemoved = await deletePasskeysOf(tx, { kind: 'subscriber', id });
    const facts = { generated: true, ...(passkeysRemoved > 0 && { passkeysRemoved }) };
    await recordAudit(tx, { ...lineOf(actor, id), action: 'subscriber.set-password', facts });
    await announceNewPassword(tx, actor, person);
    return person;
  });
  const subjects = { issued_id: row.issuedId, actor: actorName(actor) };
  reportEvent(deps, 'security.password_reset', { subjects });
  return { issuedId: row.issuedId, displayName: row.displayName, password: password! };
}

const lineOf = (actor: Actor, id: number) => ({
  actor: actorName(actor),
  subject: `subscriber:${id}`,
  changed: { table: 'subscriber', key: [id] } as const,
});

async function lockOnLine(
  tx: InTransaction<Deps>,
  { lineId, holderFrom }: SubscriberActor,
  subscriberId: number,
) {
  const row = await sqlOf(tx.em)
    .selectFrom('subscriber')
    .select(['id', 'issuedId', 'displayName', 'lineId', 'holderFrom'])
    .where('id', '=', subscriberId)
    .where('lineId', '=', lineId)
    .where('holderFrom', '=', holderFrom)
    .where('state', '=', 'active')
    .forUpdate()
    .executeTakeFirst();
  if (!row) throw new Problem('subscriber-not-found');
  return row;
}
