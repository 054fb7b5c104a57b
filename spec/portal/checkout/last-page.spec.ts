import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { checkoutUrl } from '../../../src/checkout/checkout-seal.rules.ts';
import { createConsent } from '../../../src/consents/create-consent.ts';
import { sqlOf } from '../../../src/database/sql.ts';
import { setPurchaseRule } from '../../../src/safeguards/set-purchase-rule.ts';
import { publicId } from '../../../src/shared/public-id.rules.ts';
import { createSubscription } from '../../../src/subscriptions/create-subscription.ts';
import { signedIn } from '../../support/actors.ts';
import {
  confirmOn,
  openCheckoutSite,
  ScriptedLineCheck,
  signInOn,
  type CheckoutSite,
} from '../../support/checkout-site.ts';
import { assertSoundPage } from '../../support/html-check.ts';
import { NOON_IN_TOKYO } from '../../support/world.ts';

const sellerTerms = {
  paidFor: '映画と番組',
  paidForEn: 'Films and series',
  delivery: 'お手続きの完了後、すぐにご覧いただけます。',
  deliveryEn: 'At once.',
  cancellation: 'ご購入後のキャンセルはお受けできません。',
  cancellationEn: 'No cancellation after the purchase.',
  sellerAddress: '東京都港区三田1-2-3',
  sellerAddressEn: '1-2-3 Mita, Minato-ku, Tokyo',
  sellerTelephone: '03-1234-5678',
  contactEmail: 'help@hoshizora.example',
  platform: 'internet',
  listedFrom: '2026-01-01',
} as const;

/** What the law wants on the last page, whatever is sold. */
const always = {
  ja: [sellerTerms.delivery, sellerTerms.cancellation, sellerTerms.sellerAddress],
  en: [sellerTerms.deliveryEn, sellerTerms.cancellationEn, sellerTerms.sellerAddressEn],
};
const contact = [sellerTerms.sellerTelephone, sellerTerms.contactEmail];

describe('the last page before a purchase', () => {
  let site: CheckoutSite;
  before(async () => {
    site = await openCheckoutSite(new ScriptedLineCheck());
    await sqlOf(site.world.deps.orm.em.fork()).updateTable('service').set(sellerTerms).execute();
  });
  after(() => site.close());
  beforeEach(() => site.world.clock.set(NOON_IN_TOKYO));

  const terms = () => ({ ...site.seller, description: '見放題', returnUrl: `${site.shopOrigin}/thanks` });
  const offer = async (over: object = {}) => {
    const { deps, config } = site.world;
    const months = { itemCode: 'all', chargeDay: 25, firstMonthFree: true, lastMonthFree: false };
    const price = { amountMinor: 990n, taxCode: 'standard' } as const;
    const { id } = await createSubscription(deps, site.key, { ...terms(), ...months, ...price, ...over });
    return checkoutUrl(config, publicId('subscription', id));
  };
  const ask = async () => {
    const { id } = await createConsent(site.world.deps, site.key, { ...terms(), perChargeMaxMinor: 3_000n });
    return checkoutUrl(site.world.config, publicId('consent', id));
  };

  const pages: Record<string, readonly [() => Promise<string>, Record<'ja' | 'en', readonly string[]>]> = {
    'a charge': [
      async () => (await site.newCharge()).url,
      {
        ja: ['数量', '1点', '1,100円', '2026年5月分の請求書で請求。お支払い期限は2026年6月30日(火)'],
        en: ['Quantity', '¥1,100', 'invoice of May 2026, due Tue, Jun 30, 2026'],
      },
    ],
    'a charge that is captured later': [
      async () => (await site.newCharge({ automaticCapture: false })).url,
      { ja: ['早い場合は2026年5月分'], en: ['May 2026 at the earliest'] },
    ],
    'a subscription with a free month': [
      offer,
      {
        ja: [
          '毎月自動で更新（ご解約まで）',
          '2026年6月25日(木)に、2026年6月分990円',
          '2026年6月分の請求書に記載、お支払い期限は2026年7月31日(金)',
          '2回目のご請求',
          '2026年7月25日(土)に、2026年7月分990円',
        ],
        en: ['Renewed every month until you cancel', 'on Thu, Jun 25, 2026', 'on Sat, Jul 25, 2026'],
      },
    ],
    'a consent': [
      ask,
      { ja: ['3,000円まで', 'ご利用の月の請求書で請求'], en: ['Up to ¥3,000', 'the month of each use'] },
    ],
  };
  for (const [name, [open, parts]] of Object.entries(pages)) {
    it(`says of ${name} how and when it is paid, delivered and cancelled, and who sells, in both languages`, async () => {
      const url = await open();
      const { client } = await signInOn(site, url);
      for (const language of ['ja', 'en'] as const) {
        const { text } = await client.get(`${url}?lang=${language}`);
        assertSoundPage(text, language);
        for (const part of [...parts[language], ...always[language], ...contact])
          assert.ok(text.includes(part), `${language}: ${part}`);
        assert.match(text, /<details class="order-more" open>/, 'open where it is confirmed');
      }
    });
  }

  it('says what is left of the month, now and after the purchase', async () => {
    const { url } = await site.newCharge();
    const { client } = await signInOn(site, url);
    const { text } = await client.get(url);
    assert.ok(
      text.includes('残り10,000円、このお支払いの後は8,900円（限度額10,000円、2026年5月31日(日)まで）'),
    );
  });

  it('has good news instead of a button for somebody who is subscribed', async () => {
    const first = await offer({ itemCode: 'twice' });
    const { client } = await signInOn(site, first);
    await confirmOn(client, first);
    const { text, status } = await client.get(await offer({ itemCode: 'twice' }));
    assert.equal(status, 200);
    assert.match(text, /class="notice notice-good" id="notice" role="status"/);
    assert.ok(text.includes('すでにお申し込み済みです'));
    assert.match(text, /href="\/my\/subscriptions"/);
    assert.doesNotMatch(text, /<title>エラー|確認して申し込む/);
  });

  it('has no button for what the holder of the line blocks, and says where it is set', async () => {
    const { url } = await site.newCharge();
    const { client, subscriber } = await signInOn(site, url);
    const { lineId, holderFrom, id: subscriberId } = subscriber;
    const holder = signedIn({ subscriberId, lineId, holderFrom }, { isHolder: true });
    const { companyId } = site.seller;
    await setPurchaseRule(site.world.deps, holder, {
      kind: 'block',
      subscriberId: null,
      companyId,
      serviceId: null,
      inForce: true,
    });
    const { text } = await client.get(url);
    assert.ok(text.includes('この販売元では購入できない設定です'));
    assert.match(text, /<title>エラー：/);
    assert.match(text, /href="\/my\/limits"/);
    assert.doesNotMatch(text, /確認して購入/);
    assertSoundPage(text, 'ja');
  });
});
