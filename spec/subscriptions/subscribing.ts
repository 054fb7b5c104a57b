import { sqlOf } from '../../src/database/sql.ts';
import type { Deps } from '../../src/deps.ts';
import type { Buyer } from '../../src/lines/entitlement.queries.ts';
import { businessDateOf, endOfBusinessDate, addDays } from '../../src/shared/calendar.rules.ts';
import { createSubscription, type NewSubscription } from '../../src/subscriptions/create-subscription.ts';
import { joinSubscription } from '../../src/subscriptions/join-subscription.ts';
import { renewSubscriptions } from '../../src/subscriptions/renew-subscriptions.ts';
import { fakeRun } from '../support/fake-run.ts';
import type { World } from '../support/world.ts';
import { keyOf, signedIn } from '../support/actors.ts';

/** Noon in Tokyo of a date. */
export const noonOf = (date: string): Date => new Date(`${date}T12:00:00+09:00`);

type Offer = { company: { id: number }; service: { code: string } };

/** An offer of 1,100 yen a month on the 10th; pass what the test is about. */
export function offer(deps: Deps, sale: Offer, over: Partial<NewSubscription> = {}) {
  return createSubscription(deps, keyOf(sale.company.id), {
    serviceCode: sale.service.code,
    itemCode: 'unlimited',
    amountMinor: 1_100n,
    taxCode: 'standard',
    description: '見放題プラン',
    chargeDay: 10,
    firstMonthFree: false,
    lastMonthFree: false,
    returnUrl: 'https://shop.example/welcome',
    ...over,
  });
}

/** Offers and joins, now. */
export async function subscribe(
  deps: Deps,
  sale: Offer & { buyer: Buyer },
  over: Partial<NewSubscription> = {},
) {
  const { id } = await offer(deps, sale, over);
  return joinSubscription(deps, signedIn(sale.buyer), { subscriptionId: id });
}

/** One run of the night's renewals for a business date; cut off after some chunks if told. */
export async function renew(
  deps: Deps,
  businessDate: string,
  options: { chunkSize?: number; cutOffAfterChunks?: number } = {},
) {
  const { chunkSize, cutOffAfterChunks = Infinity } = options;
  const beforeChunk = (chunk: number) => {
    if (chunk > cutOffAfterChunks) throw new Error('cut off');
  };
  const job = 'renew-subscriptions';
  const run = await fakeRun(deps, renewSubscriptions, { job, businessDate, chunkSize, beforeChunk });
  const { counts, parked, chunks, facts } = run;
  return { ...counts, parked, parkedCount: counts.parked, chunks, facts };
}

/** Lets each of the nights come, the first date to the last, an hour after its day has ended. */
export async function renewNightly({ deps, clock }: World, from: string, to: string): Promise<void> {
  for (let date = from; date <= to; date = addDays(date, 1)) {
    clock.set(new Date(endOfBusinessDate(date, deps.config.timeZone).getTime() + 3_600_000));
    await renew(deps, date);
  }
}

/** The monthly charges of a line, oldest first, with the local date of their capture worked out again. */
export async function chargesOf(deps: Deps, lineId: string) {
  const rows = await sqlOf(deps.orm.em.fork())
    .selectFrom('charge')
    .selectAll()
    .where('lineId', '=', lineId)
    .orderBy('businessDate')
    .orderBy('subscriptionId')
    .execute();
  return rows.map((row) => ({ ...row, capturedOn: businessDateOf(row.capturedAt!, deps.config.timeZone) }));
}

/** `[month, business date]` of each charge of a line. */
export async function monthsOf(deps: Deps, lineId: string): Promise<(readonly [string, string])[]> {
  return (await chargesOf(deps, lineId)).map((row) => [row.subscriptionMonth!, row.businessDate!] as const);
}

export function subscriptionOf(deps: Deps, id: string) {
  return sqlOf(deps.orm.em.fork())
    .selectFrom('subscription')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
}

/** Everything a renewal may have changed, to see that nothing has. */
export async function picture(deps: Deps) {
  const sql = sqlOf(deps.orm.em.fork());
  return {
    subscriptions: await sql.selectFrom('subscription').selectAll().orderBy('id').execute(),
    months: await sql
      .selectFrom('subscription_month')
      .selectAll()
      .orderBy('subscriptionId')
      .orderBy('month')
      .execute(),
    charges: await sql.selectFrom('charge').selectAll().orderBy('id').execute(),
    entries: await sql.selectFrom('ledger_entry').selectAll().orderBy('journalId').execute(),
    spent: await sql.selectFrom('line_period').selectAll().orderBy('lineId').orderBy('period').execute(),
  };
}
