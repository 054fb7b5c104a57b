import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { checkoutUrl } from '../../../src/checkout/checkout-seal.rules.ts';
import { publicId } from '../../../src/shared/public-id.rules.ts';
import { createSubscription, type NewSubscription } from '../../../src/subscriptions/create-subscription.ts';
import { cancelSubscription } from '../../../src/subscriptions/cancel-subscription.ts';
import { PageClient } from '../../support/page-client.ts';
import {
  openCheckoutSite,
  PASSWORD,
  ScriptedLineCheck,
  signInOn,
  type CheckoutSite,
} from '../../support/checkout-site.ts';
import { renewNightly } from '../../subscriptions/subscribing.ts';
import { staff } from '../../support/actors.ts';

const english = { 'accept-language': 'en' };

const has = (text: string, ...parts: string[]) => {
  for (const part of parts) assert.ok(text.includes(part), part);
};
/** Opens a page as the same person, whose session of weeks ago is over. */
const show = async ({ issuedId }: { issuedId: string }, url: string, headers = {}) => {
  const client = new PageClient();
  await client.submit(url, 'sign-in', { issued_id: issuedId, password: PASSWORD });
  return (await client.get(url, { 'accept-language': 'ja', ...headers })).text;
};

describe('the checkout page of a subscription with free months', () => {
  let site: CheckoutSite;
  before(async () => void (site = await openCheckoutSite(new ScriptedLineCheck())));
  after(() => site.close());

  const open = async (itemCode: string, over: Partial<NewSubscription> = {}) => {
    const { deps, config } = site.world;
    const { id } = await createSubscription(deps, site.key, {
      serviceCode: site.seller.serviceCode,
      description: '見放題',
      returnUrl: `${site.shopOrigin}/thanks?order=7`,
      amountMinor: 990n,
      taxCode: 'standard',
      itemCode,
      chargeDay: 5,
      firstMonthFree: true,
      lastMonthFree: true,
      ...over,
    });
    return { id, url: checkoutUrl(config, publicId('subscription', id)) };
  };
  const leave = (subscriptionId: string) => cancelSubscription(site.world.deps, staff(), { subscriptionId });

  it('says before the sign-in that a free month is given once per line, and when the first charge is then', async () => {
    const { url } = await open('new');
    const { client } = await signInOn(site, (await open('other')).url);
    client.cookies.clear();
    has((await client.get(url)).text, '無料の月は1回線につき1回のみ', '2026年6月5日(金)に、2026年6月分990円');
    has((await client.get(url, english)).text, 'A free month is given once per line');
  });

  it('tells a line that has had the item that the month of joining is charged, now', async () => {
    const first = await open('first');
    const { client, subscriber } = await signInOn(site, first.url);
    const page = await client.get(first.url);
    has(
      page.text,
      'ご加入の月は無料',
      'ご請求日までのご解約で、その月は無料',
      '2026年6月5日(金)に、2026年6月分990円',
      '2回目のご請求',
      '2026年7月5日(日)',
    );
    assert.ok(!page.text.includes('1回線につき1回のみ'));
    await client.submit(first.url, 'confirm');
    await leave(first.id);
    site.world.clock.set(new Date('2026-06-20T03:00:00Z'));
    await renewNightly(site.world, '2026-06-19', '2026-06-19');
    const again = await open('first');
    const text = await show(subscriber, again.url);
    has(
      text,
      '以前にお申し込みのある回線のため、ご加入の月は有料',
      'お申し込みと同時（2026年6月20日(土)）に、2026年6月分990円',
      'その月は無料',
    );
    const inEnglish = await show(subscriber, again.url, english);
    has(inEnglish, 'the month you join is charged', '¥990 for June 2026, as soon as you subscribe');
  });

  it('tells who comes back in a free last month that it is charged after all, and that there is no second one', async () => {
    site.world.clock.set(new Date('2026-07-20T03:00:00Z'));
    const first = await open('last', { firstMonthFree: false });
    const { client, subscriber } = await signInOn(site, first.url);
    await client.submit(first.url, 'confirm');
    site.world.clock.set(new Date('2026-08-02T03:00:00Z'));
    await leave(first.id);
    for (const night of ['before', 'after']) {
      if (night === 'after') await renewNightly(site.world, '2026-08-02', '2026-08-02');
      const { url } = await open('last', { firstMonthFree: false });
      const text = await show(subscriber, url);
      has(text, '2026年8月5日(水)に、2026年8月分990円', '以前に適用のある回線のため、ご解約の月は有料');
    }
  });

  it('tells who comes back before the night has charged the month they left in that this month is not theirs to pay again', async () => {
    site.world.clock.set(new Date('2026-09-20T03:00:00Z'));
    const plain = { firstMonthFree: false, lastMonthFree: false };
    const first = await open('left', plain);
    const { client, subscriber } = await signInOn(site, first.url);
    await client.submit(first.url, 'confirm');
    site.world.clock.set(new Date('2026-10-02T03:00:00Z'));
    await leave(first.id);
    has(await show(subscriber, (await open('left', plain)).url), '2026年11月5日(木)に、2026年11月分990円');
    const onTheFirst = await open('left', { ...plain, chargeDay: 1 });
    has(await show(subscriber, onTheFirst.url), 'お申し込みと同時（2026年10月2日(金)）に、2026年10月分990円');
  });
});
