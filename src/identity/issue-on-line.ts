import { randomInt } from 'node:crypto';
import type { ActReason } from '../access/audit/act-reason.ts';
import { recordAudit } from '../access/audit/record-audit.ts';
import { actorName, type Actor } from '../access/actor.ts';
import { constraintOf } from '../database/database-error.rules.ts';
import { validOn } from '../database/date-range.sql.ts';
import { sqlOf } from '../database/sql.ts';
import type { InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { businessDateOf } from '../shared/business-date.rules.ts';
import { Problem } from '../shared/problem.ts';
import { announceIssuedId } from './announce-identity.ts';
import { endIssuedId } from './end-issued-id.ts';
import { composeIssuedId } from './issued-id.rules.ts';
import { SubscriberSchema, type Subscriber } from './subscriber.entity.ts';

const SLOTS = [1, 2, 3, 4, 5] as const;
/** A new ID equals an existing one once in thousands of times; five in a row mean that the generator is broken. */
const ID_ATTEMPTS = 5;

interface IssueOnLine {
  readonly lineId: string;
  readonly displayName: string;
  readonly passwordHash: string | null;
  /** Whom the caller takes for the holder; issued under another, the ID would be of a stranger. */
  readonly holderFrom?: string;
  /** Makes one ID on the line, however often it is used. */
  readonly issueKey?: string | undefined;
  /** Whose ID it is said to be; left out: the first of a tenure is its holder's. */
  readonly issuedFor?: IssuedFor | undefined;
  /** Facts of the audit row. */
  readonly reason?: Partial<ActReason>;
}

/** The holder's own ID sees what everybody on the line buys, sets limits and issues IDs. */
export type IssuedFor = 'holder' | 'person';

/**
 * Issues an ID on a line to its holder of today, up to five per line (domain.md section 2). The first is the holder's own.
 * Locks the line: two at the same time take turns, and the unique key on (line, slot) decides in the end.
 * @throws Problem `line-not-found` for a line that does not exist, is not active or has another holder today, `too-many-subscribers`.
 */
export async function issueOnLine(
  tx: InTransaction<Deps>,
  actor: Actor,
  { lineId, displayName, passwordHash, holderFrom: expected, issueKey, issuedFor, reason }: IssueOnLine,
): Promise<Subscriber> {
  const holderFrom = await lockHolding(tx, lineId);
  if (expected !== undefined && expected !== holderFrom) throw new Problem('line-not-found');
  if (issueKey !== undefined) await assertKeyUnused(tx, { lineId, issueKey });
  await endFormerIds(tx, actor, { lineId, holderFrom });
  const slot = await findFreeSlot(tx, lineId);
  const isHolder = (await hasHolder(tx, lineId)) ? null : (true as const);
  assertAsSaid(isHolder === true ? 'holder' : 'person', issuedFor);
  const row = { lineId, holderFrom, slot, displayName, passwordHash, isHolder, issueKey: issueKey ?? null };
  const issuedId = await insertSubscriber(tx, row);
  const issued = await tx.em.findOneOrFail(SubscriberSchema, { issuedId });
  const facts = { lineId, slot, hasPassword: passwordHash !== null, isHolder: isHolder !== null, ...reason };
  const subject = `subscriber:${issued.id}`;
  const changed = { table: 'subscriber', key: [issued.id] } as const;
  await recordAudit(tx, { actor: actorName(actor), action: 'subscriber.issue', subject, facts, changed });
  await announceIssuedId(tx, actor, issued);
  return issued;
}

/** The line is locked: of two that come with one key at once, the second finds the first. */
async function assertKeyUnused(
  tx: InTransaction<Deps>,
  { lineId, issueKey }: { lineId: string; issueKey: string },
): Promise<void> {
  const issued = await sqlOf(tx.em)
    .selectFrom('subscriber')
    .select('id')
    .where('lineId', '=', lineId)
    .where('issueKey', '=', issueKey)
    .forUpdate()
    .executeTakeFirst();
  if (issued) throw new Problem('illegal-state', { detail: ISSUED_ONCE, facts: { reason: 'id-issued' } });
}

const ISSUED_ONCE = 'This page has issued an ID; its password was shown once.';

/** Nobody gets the rights of the holder by chance: an issue that says whose ID it is, is refused if it would be that of another. */
function assertAsSaid(is: IssuedFor, said: IssuedFor | undefined): void {
  if (said === undefined || said === is) return;
  const detail =
    is === 'holder'
      ? "Nobody on the line has the holder's ID: this one would see what everybody buys, set limits and issue IDs."
      : "Somebody on the line has the holder's ID.";
  throw new Problem('illegal-state', { detail, facts: { reason: `id-of-${is}` } });
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

/** Ends the IDs of former holders, which would occupy slots of the new holder; their people still read what was theirs. */
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
  for (const { issuedId } of former) await endIssuedId(tx, actor, { issuedId, hasLeft: true });
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
  readonly issueKey: string | null;
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
          leftAs: null,
        })
        .execute();
      return issuedId;
    } catch (error) {
      if (constraintOf(error) !== 'subscriber_issued_id' || attempt >= ID_ATTEMPTS) throw error;
    }
  }
}
