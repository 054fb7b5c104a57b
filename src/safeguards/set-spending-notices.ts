import { recordAudit } from '../access/audit/record-audit.ts';
import { actorName, type Actor } from '../access/actor.ts';
import { sqlOf } from '../database/sql.ts';
import { emOf, inTransaction, type InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { queueMail } from '../mails/queue-mail.ts';
import { businessDateOf } from '../shared/business-date.rules.ts';
import { invalidInput } from '../shared/check-input.ts';
import { MAX_AMOUNT_MINOR } from '../shared/money.ts';
import { changedBy } from './announce-change.ts';
import { findHolderMailbox, tenureText, type TenureKey } from './holder-mailbox.ts';
import { authorizeSubscriber } from './safeguard-scope.ts';

/** More amounts than anybody reads mails about. */
export const MAX_NOTICES = 5;

/** Of which purchases the holder of a line hears by mail. */
export interface SpendingNotices {
  /** Amounts of a billing period at which a mail comes, once each. */
  readonly amounts: readonly bigint[];
  /** A mail at every purchase. */
  readonly everyPurchase: boolean;
}

/**
 * Sets of which purchases on the line its holder hears by mail; replaces what was set. Security notices come in any case.
 * @throws Problem `invalid-request` for more than five amounts or one that is no amount, `permission-denied`.
 */
export async function setSpendingNotices(
  deps: Deps,
  actor: Actor,
  { amounts, everyPurchase }: SpendingNotices,
): Promise<void> {
  const { lineId, holderFrom } = authorizeSubscriber(actor, 'notices:write');
  const tenure = { lineId, holderFrom };
  const wanted = [...new Set(amounts)].sort((a, b) => (a < b ? -1 : 1));
  assertAmounts(wanted);
  await inTransaction(deps, async (tx) => {
    const db = sqlOf(tx.em);
    await db.selectFrom('line').select('lineId').where('lineId', '=', lineId).forUpdate().execute();
    const before = await findSpendingNotices(tx, tenure);
    if (isSame(before, { amounts: wanted, everyPurchase })) return;
    await replaceAmounts(tx, tenure, wanted);
    await switchPurchaseMail(tx, tenure, everyPurchase);
    const facts = { before: write(before), after: write({ amounts: wanted, everyPurchase }) };
    const subject = `line:${lineId}`;
    await recordAudit(tx, { actor: actorName(actor), action: 'notices.set', subject, facts });
    await announce(tx, actor, tenure);
  });
}

/** What is set for a tenure; amounts from the lowest. */
export async function findSpendingNotices(
  deps: Deps,
  { lineId, holderFrom }: TenureKey,
): Promise<SpendingNotices> {
  const db = sqlOf(emOf(deps));
  const rows = await db
    .selectFrom('spending_notice')
    .select('amountMinor')
    .where('lineId', '=', lineId)
    .where('holderFrom', '=', holderFrom)
    .orderBy('amountMinor')
    .execute();
  const mail = await db
    .selectFrom('purchase_mail')
    .select('since')
    .where('lineId', '=', lineId)
    .where('holderFrom', '=', holderFrom)
    .executeTakeFirst();
  return { amounts: rows.map(({ amountMinor }) => amountMinor), everyPurchase: mail !== undefined };
}

async function replaceAmounts(tx: InTransaction<Deps>, tenure: TenureKey, amounts: readonly bigint[]) {
  const db = sqlOf(tx.em);
  await db
    .deleteFrom('spending_notice')
    .where('lineId', '=', tenure.lineId)
    .where('holderFrom', '=', tenure.holderFrom)
    .execute();
  if (amounts.length === 0) return;
  const rows = amounts.map((amountMinor) => ({ ...tenure, amountMinor }));
  await db.insertInto('spending_notice').values(rows).execute();
}

async function switchPurchaseMail(tx: InTransaction<Deps>, tenure: TenureKey, isOn: boolean) {
  const db = sqlOf(tx.em);
  await db
    .deleteFrom('purchase_mail')
    .where('lineId', '=', tenure.lineId)
    .where('holderFrom', '=', tenure.holderFrom)
    .execute();
  if (isOn)
    await db
      .insertInto('purchase_mail')
      .values({ ...tenure, since: tx.clock.now() })
      .execute();
}

/** Without notices a thief would be noticed later: that they were changed is a security notice. */
async function announce(tx: InTransaction<Deps>, actor: Actor, tenure: TenureKey): Promise<void> {
  const mailbox = await findHolderMailbox(tx, tenure);
  if (!mailbox) return;
  const changedAt = tx.clock.now();
  await queueMail(tx, {
    kind: 'limit-changed',
    ...mailbox,
    dedupeKey: `limit-changed:${tenureText(tenure)}:notices-${tx.ids.next()}`,
    facts: {
      what: 'notices',
      who: null,
      beforeMinor: null,
      afterMinor: null,
      target: null,
      effectiveOn: businessDateOf(changedAt, tx.config.timeZone),
      changedAt,
      changedBy: changedBy(actor),
      url: `${tx.config.publicOrigin}/my/limits`,
    },
  });
}

function assertAmounts(amounts: readonly bigint[]): void {
  const isInRange = amounts.every((amount) => amount > 0n && amount <= MAX_AMOUNT_MINOR);
  if (amounts.length <= MAX_NOTICES && isInRange) return;
  const message = `must be at most ${MAX_NOTICES} amounts of 1 to ${MAX_AMOUNT_MINOR}`;
  throw invalidInput([{ pointer: '/amounts', message }]);
}

const write = ({ amounts, everyPurchase }: SpendingNotices) => ({
  amounts: amounts.map(String),
  everyPurchase,
});

const isSame = (one: SpendingNotices, other: SpendingNotices): boolean =>
  one.everyPurchase === other.everyPurchase && one.amounts.join() === other.amounts.join();
