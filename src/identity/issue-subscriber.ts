import { randomInt } from 'node:crypto';
import { constraintOf } from '../database/database-error.rules.ts';
import { recordAudit } from '../access/audit/record-audit.ts';
import { validOn } from '../database/date-range.sql.ts';
import { sqlOf } from '../database/sql.ts';
import { inTransaction, type InTransaction } from '../database/transaction.ts';
import { actorName, type Actor } from '../access/actor.ts';
import { authorize } from '../access/authorize.ts';
import type { Deps } from '../deps.ts';
import { businessDateOf } from '../shared/business-date.rules.ts';
import { compileInputCheck, inputFields } from '../shared/check-input.ts';
import { Problem } from '../shared/problem.ts';
import { endSubscriber } from './end-subscriber.ts';
import { composeIssuedId } from './issued-id.rules.ts';
import { preparePassword, type RequestedPassword } from './prepare-password.ts';
import { SubscriberSchema, type Subscriber } from './subscriber.entity.ts';

const SLOTS = [1, 2, 3, 4, 5] as const;
/** A new ID equals an existing one once in thousands of times; five in a row mean that the generator is broken. */
const ID_ATTEMPTS = 5;

interface IssueSubscriber {
  readonly lineId: string;
  readonly displayName: string;
  /** A chosen password, or `{ generate: true }`; without either nobody can sign in with the ID yet. */
  readonly password?: RequestedPassword | undefined;
}

const checkShape = compileInputCheck<IssueSubscriber>({
  displayName: { ...inputFields.name, maxLength: 60 },
});

/**
 * Issues an ID on a line to its holder of today, up to five per line (domain.md section 2). The first is the holder's own. A
 * generated password is in the result and is not stored; the person who issued it knows it, so it has to be changed.
 * @throws Problem `invalid-request` for a name that is blank or longer than 60 characters, `line-not-found` for a line that does not exist, is not active or has no holder today,
 *   `too-many-subscribers` for a sixth, `password-not-permitted` for a chosen password that is too short or long.
 */
export async function issueSubscriber(
  deps: Deps,
  actor: Actor,
  input: IssueSubscriber,
): Promise<{ subscriber: Subscriber; password?: string }> {
  authorize(actor, 'subscribers:write');
  checkShape(input);
  const { passwordHash, password } = await preparePassword(input.password);
  const subscriber = await inTransaction(deps, async (tx) => {
    const { lineId } = input;
    const holderFrom = await lockHolding(tx, lineId);
    await endFormerIds(tx, actor, { lineId, holderFrom });
    const slot = await findFreeSlot(tx, lineId);
    const isHolder = (await hasHolder(tx, lineId)) ? null : (true as const);
    const row = { lineId, holderFrom, slot, displayName: input.displayName, passwordHash, isHolder };
    const issuedId = await insertSubscriber(tx, row);
    const issued = await tx.em.findOneOrFail(SubscriberSchema, { issuedId });
    const facts = { lineId, slot, hasPassword: passwordHash !== null, isHolder: isHolder !== null };
    const subject = `subscriber:${issued.id}`;
    const changed = { table: 'subscriber', key: [issued.id] } as const;
    await recordAudit(tx, { actor: actorName(actor), action: 'subscriber.issue', subject, facts, changed });
    return issued;
  });
  return password === undefined ? { subscriber } : { subscriber, password };
}

/** Locks the line, so that simultaneous issues wait for each other. Returns the first day of today's tenure. */
async function lockHolding(tx: InTransaction<Deps>, lineId: string): Promise<string> {
  const businessDate = businessDateOf(tx.clock.now(), tx.config.timeZone);
  const line = await sqlOf(tx.em)
    .selectFrom('line')
    .select('status')
    .where('lineId', '=', lineId)
    .forUpdate()
    .executeTakeFirst();
  const holding = await sqlOf(tx.em)
    .selectFrom('line_holder')
    .select('validFrom')
    .where('lineId', '=', lineId)
    .where(validOn('line_holder', businessDate))
    .executeTakeFirst();
  if (line?.status !== 'active' || !holding) throw new Problem('line-not-found');
  return holding.validFrom;
}

/** Ends the IDs of former holders: they cannot sign in any more, and would occupy slots of the new holder. */
async function endFormerIds(
  tx: InTransaction<Deps>,
  actor: Actor,
  { lineId, holderFrom }: { lineId: string; holderFrom: string },
): Promise<void> {
  const former = await sqlOf(tx.em)
    .selectFrom('subscriber')
    .select('issuedId')
    .where('lineId', '=', lineId)
    .where('state', '=', 'active')
    .where('holderFrom', '<>', holderFrom)
    .execute();
  for (const { issuedId } of former) await endSubscriber(tx, actor, { issuedId });
}

/** The lowest free slot; the unique key on (line, slot) decides in the end. */
async function findFreeSlot(tx: InTransaction<Deps>, lineId: string): Promise<number> {
  const rows = await sqlOf(tx.em)
    .selectFrom('subscriber')
    .select('slot')
    .where('lineId', '=', lineId)
    .where('slot', 'is not', null)
    .forUpdate()
    .execute();
  const taken = new Set(rows.map((row) => row.slot));
  const slot = SLOTS.find((candidate) => !taken.has(candidate));
  if (slot === undefined) throw new Problem('too-many-subscribers');
  return slot;
}

/** Whether somebody on the line has the holder's ID already; the unique key on (line, holder) decides in the end. */
async function hasHolder(tx: InTransaction<Deps>, lineId: string): Promise<boolean> {
  const holder = await sqlOf(tx.em)
    .selectFrom('subscriber')
    .select('id')
    .where('lineId', '=', lineId)
    .where('isHolder', 'is not', null)
    .forUpdate()
    .executeTakeFirst();
  return holder !== undefined;
}

interface NewSubscriber {
  readonly lineId: string;
  readonly holderFrom: string;
  readonly slot: number;
  readonly displayName: string;
  readonly passwordHash: string | null;
  readonly isHolder: true | null;
}

async function insertSubscriber(tx: InTransaction<Deps>, row: NewSubscriber): Promise<string> {
  for (let attempt = 1; ; attempt += 1) {
    const issuedId = composeIssuedId(randomInt);
    try {
      const createdAt = tx.clock.now();
      await sqlOf(tx.em)
        .insertInto('subscriber')
        .values({
          ...row,
          issuedId,
          state: 'active',
          language: null,
          passwordTemporary: row.passwordHash !== null,
          createdAt,
          monthlyLimitMinor: null,
          endedAt: null,
        })
        .execute();
      return issuedId;
    } catch (error) {
      if (constraintOf(error) !== 'subscriber_issued_id' || attempt >= ID_ATTEMPTS) throw error;
    }
  }
}
