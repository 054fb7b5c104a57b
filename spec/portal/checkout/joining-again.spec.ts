import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { checkoutUrl } from '../../../src/checkout/checkout-seal.rules.ts';
import { sqlOf } from '../../../src/database/sql.ts';
import { publicId } from '../../../src/shared/public-id.rules.ts';
import { createSubscription } from '../../../src/subscriptions/create-subscription.ts';
import { cancelSubscription } from '../../../src/subscriptions/cancel-subscription.ts';
import {
  openCheckoutSite,
  ScriptedLineCheck,
  signInOn,
  type CheckoutSite,
} from '../../support/checkout-site.ts';
import { staff } from '../../support/actors.ts';

describe('the checkout page of a subscription', () => {
  let site: CheckoutSite;
  before(async () => void (site = await openCheckoutSite(new ScriptedLineCheck())));
  after(() => site.close());

  it('tells who joins again that the month they have had is not charged', async () => {
    const { deps, config } = site.world;
    const input = {
      serviceCode: site.seller.serviceCode,
      description: '見放題',
      returnUrl: `${site.shopOrigin}/thanks?order=7`,
      amountMinor: 990n,
      taxCode: 'standard' as const,
      itemCode: 'again',
      chargeDay: 5,
      firstMonthFree: false,
      lastMonthFree: false,
    };
    const open = async () => {
      const { id } = await createSubscription(deps, site.key, input);
      return { id, url: checkoutUrl(config, publicId('subscription', id)) };
    };
    const first = await open();
    const { client } = await signInOn(site, first.url);
    assert.ok(
      (await client.get(first.url)).text.includes(
        'お申し込みと同時（2026年5月10日(日)）に、2026年5月分990円',
      ),
    );
    await client.submit(first.url, 'confirm');
    await cancelSubscription(deps, staff(), { subscriptionId: first.id });
    const second = await open();
    assert.ok((await client.get(second.url)).text.includes('2026年6月5日(金)に、2026年6月分990円'));
    await client.submit(second.url, 'confirm');
    const charges = sqlOf(deps.orm.em.fork())
      .selectFrom('charge')
      .select('id')
      .where('subscriptionId', 'in', [first.id, second.id]);
    assert.equal((await charges.execute()).length, 1);
  });
});
