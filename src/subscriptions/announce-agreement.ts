import type { Actor } from '../access/actor.ts';
import { getGoods } from '../companies/goods.queries.ts';
import { sqlOf } from '../database/sql.ts';
import type { InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { queueMail } from '../mails/queue-mail.ts';
import { findHolderMailbox } from '../safeguards/holder-mailbox.ts';
import { lastDayOfMonth, monthOf } from '../shared/calendar.rules.ts';
import { nameSubscription } from './subscription-mail.rules.ts';
import { findOutlookFacts } from './subscription-outlook.queries.ts';
import { lastChargeOf, nextChargeOf } from './subscription-outlook.rules.ts';

/** Queues the mail that a subscription has started, to the holder of its line. `isCharged`: its first month was, just now. */
export async function announceStarted(
  tx: InTransaction<Deps>,
  subscriptionId: string,
  { isCharged }: { readonly isCharged: boolean },
): Promise<void> {
  const joined = await findJoined(tx, subscriptionId);
  const mailbox = await findHolderMailbox(tx, joined.tenure);
  if (!mailbox) return;
  const outlook = await findOutlookFacts(tx, joined);
  const { joinedOn } = outlook.terms;
  const names = nameSubscription(tx.config, joined);
  await queueMail(tx, {
    kind: 'subscription-started',
    ...mailbox,
    dedupeKey: `subscription-started:${names.subscriptionNumber}`,
    facts: {
      ...names,
      ...(await getGoods(tx, joined.serviceId)),
      buyer: joined.buyer,
      amountMinor: joined.amountMinor,
      startedAt: tx.clock.now(),
      isFirstMonthFree: outlook.terms.firstMonthFree,
      firstChargeOn: isCharged ? joinedOn : (nextChargeOf(outlook)?.dueOn ?? joinedOn),
    },
  });
}

/** Queues the mail that a subscription was cancelled. */
export async function announceCancelled(
  tx: InTransaction<Deps>,
  actor: Actor,
  subscriptionId: string,
): Promise<void> {
  const joined = await findJoined(tx, subscriptionId);
  const mailbox = await findHolderMailbox(tx, joined.tenure);
  if (!mailbox) return;
  const lastCharge = lastChargeOf(await findOutlookFacts(tx, joined));
  const names = nameSubscription(tx.config, joined);
  await queueMail(tx, {
    kind: 'subscription-cancelled',
    ...mailbox,
    dedupeKey: `subscription-cancelled:${names.subscriptionNumber}`,
    facts: {
      ...names,
      ...(await getGoods(tx, joined.serviceId)),
      cancelledAt: tx.clock.now(),
      cancelledBy: byWhom(actor),
      lastChargeMonth: lastCharge?.month ?? null,
      usableUntil: lastDayOfMonth(monthOf(joined.leftOn!)),
    },
  });
}

/** The subscription as it is stored now, with its free months, its buyer and the tenure that pays for it. */
async function findJoined(tx: InTransaction<Deps>, id: string) {
  const row = await sqlOf(tx.em)
    .selectFrom('subscription as s')
    .innerJoin('subscriber as p', 'p.id', 's.subscriberId')
    .leftJoin('free_month as ff', (join) =>
      join.onRef('ff.subscriptionId', '=', 's.id').on('ff.kind', '=', 'first'),
    )
    .leftJoin('free_month as fl', (join) =>
      join.onRef('fl.subscriptionId', '=', 's.id').on('fl.kind', '=', 'last'),
    )
    .selectAll('s')
    .select(['p.displayName as buyer', 'ff.month as freeFirst', 'fl.month as freeLast'])
    .where('s.id', '=', id)
    .executeTakeFirstOrThrow();
  return { ...row, tenure: { lineId: row.lineId!, holderFrom: row.holderFrom! } };
}

function byWhom({ kind }: Actor) {
  if (kind === 'subscriber') return 'subscriber';
  return kind === 'company-key' || kind === 'company-user' ? 'company' : 'support';
}
