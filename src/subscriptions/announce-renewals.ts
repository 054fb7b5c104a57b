import { findGoods, type Goods } from '../companies/goods.queries.ts';
import { queryRows } from '../database/statement-pipeline.ts';
import type { InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { queueMails, type NewMail } from '../mails/queue-mail.ts';
import { findHolderMailboxes, tenureText } from '../safeguards/holder-mailbox.ts';
import { monthOf } from '../shared/calendar.rules.ts';
import type { LockedRenewal } from './lock-renewals.ts';
import type { RenewalStep } from './renew-chunk.ts';
import { nameSubscription } from './subscription-mail.rules.ts';

/** What a step of renewals did, with what it knew. */
interface Renewed extends LockedRenewal {
  /** `leftOn`: its last day, if it has ended. */
  readonly after: { readonly leftOn?: string };
  readonly step: RenewalStep;
}

/** A mail without whom it is to, with the words that depend on the service left out. */
type Draft = (goods: Goods) => Pick<NewMail, 'kind' | 'dedupeKey' | 'facts'>;

/**
 * Queues the mails of a chunk of renewals: of the first month that is charged after a free one, and of a subscription that ended
 * because its line or issued ID did. Four statements for those that have one, however many; none for a chunk that has none.
 */
export async function announceRenewals(tx: InTransaction<Deps>, renewed: readonly Renewed[]): Promise<void> {
  const ended = renewed.filter(({ subscription, after }) => after.leftOn && subscription.leftOn === null);
  const first = await findFirstCharges(tx, renewed);
  const drafts = [
    ...ended.map((one) => ({ one, draft: draftEnded(tx, one) })),
    ...first.map((one) => ({ one, draft: draftFirstCharge(tx, one) })),
  ];
  if (drafts.length === 0) return;
  const mailboxes = await findHolderMailboxes(
    tx,
    drafts.map(({ one }) => one.entitlement),
  );
  const goods = await findGoods(
    tx,
    drafts.map(({ one }) => one.subscription.serviceId),
  );
  const mails = drafts.flatMap(({ one: { entitlement, subscription }, draft }) => {
    const mailbox = mailboxes.get(tenureText(entitlement));
    return mailbox ? [{ ...mailbox, ...draft(goods.get(subscription.serviceId)!) } as NewMail] : [];
  });
  await queueMails(tx, mails);
}

/** Those whose month is the first that was ever charged, after a free first one. Who has cancelled was told then. */
async function findFirstCharges(tx: InTransaction<Deps>, renewed: readonly Renewed[]): Promise<Renewed[]> {
  const candidates = renewed.filter(({ subscription, freeMonths, step }) => {
    const isAfterFree = (subscription.firstMonthFree && freeMonths.first) || freeMonths.firstOfLeft;
    const isLater = step.month !== undefined && step.month > monthOf(subscription.joinedOn);
    const isGoingOn = subscription.state === 'active' && !step.ended;
    return isAfterFree && isLater && isGoingOn && step.outcome?.kind === 'charged';
  });
  if (candidates.length === 0) return [];
  const rows = await queryRows<{ id: string; month: string }>(
    tx.em,
    `SELECT subscription_id AS id, MIN(subscription_month) AS month FROM charge
     WHERE subscription_id IN (?) GROUP BY subscription_id`,
    [candidates.map(({ subscription }) => subscription.id)],
  );
  const firstMonths = new Map(rows.map(({ id, month }) => [id, month]));
  return candidates.filter(({ subscription, step }) => firstMonths.get(subscription.id) === step.month);
}

function draftFirstCharge({ config }: Deps, { subscription, step }: Renewed): Draft {
  const names = nameSubscription(config, subscription);
  const charge = step.outcome?.kind === 'charged' ? step.outcome.charge : undefined;
  return ({ company, service }) => ({
    kind: 'subscription-first-charge',
    dedupeKey: `subscription-first-charge:${names.subscriptionNumber}`,
    facts: {
      ...names,
      company,
      service,
      amountMinor: subscription.amountMinor,
      month: step.month!,
      chargedOn: charge!.businessDate,
    },
  });
}

function draftEnded({ clock, config }: Deps, { subscription, ending, after }: Renewed): Draft {
  const names = nameSubscription(config, subscription);
  const { subscriberEndedOn } = ending;
  const endedWithId = subscriberEndedOn !== null && subscriberEndedOn <= after.leftOn!;
  return (goods) => ({
    kind: 'subscription-cancelled',
    dedupeKey: `subscription-cancelled:${names.subscriptionNumber}`,
    facts: {
      ...names,
      ...goods,
      cancelledAt: clock.now(),
      cancelledBy: endedWithId ? 'id-ended' : 'line-ended',
      lastChargeMonth: null,
      usableUntil: after.leftOn!,
    },
  });
}
