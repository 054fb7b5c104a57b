import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { cancelCharge } from '../../../src/charges/cancel-charge.ts';
import { checkoutUrl } from '../../../src/checkout/checkout-seal.rules.ts';
import { createConsent } from '../../../src/consents/create-consent.ts';
import { sqlOf } from '../../../src/database/sql.ts';
import { publicId } from '../../../src/shared/public-id.rules.ts';
import { createSubscription } from '../../../src/subscriptions/create-subscription.ts';
import {
  confirmOn,
  openCheckoutSite,
  readCharge,
  returnLinkOf,
  ScriptedLineCheck,
  signInOn,
  type CheckoutSite,
} from '../../support/checkout-site.ts';
import { formToken, PageClient } from '../../support/page-client.ts';
import { NOON_IN_TOKYO } from '../../support/world.ts';
import { keyOf } from '../../support/actors.ts';

const MINUTE = 60_000;
const accepted = { kind: 'accepted', server: '127.0.0.1:1812' } as const;
const rejected = { kind: 'refused', reason: 'rejected' } as const;
const silent = { kind: 'unknown', reason: 'timeout' } as const;

describe('checkout page', () => {
  const lineCheck = new ScriptedLineCheck();
  let site: CheckoutSite;
  before(async () => void (site = await openCheckoutSite(lineCheck)));
  after(() => site.close());
  beforeEach(() => {
    site.world.clock.set(NOON_IN_TOKYO);
    lineCheck.outcome = accepted;
    lineCheck.asked.length = 0;
  });

  const sql = () => sqlOf(site.world.deps.orm.em.fork());
  const chargeOf = (id: string) => readCharge(site, id);
  const signedIn = (url: string) => signInOn(site, url);
  const backWith = (id: string, state: string, kind: 'charge' | 'subscription' | 'consent' = 'charge') =>
    `${site.shopOrigin}/thanks?order=7&tabane_id=${publicId(kind, id)}&tabane_state=${state}`;

  it('shows what, from whom and how much before anybody signs in, and asks no AAA server', async () => {
    const { url } = await site.newCharge();
    const { status, text } = await new PageClient().get(url);
    assert.equal(status, 200);
    for (const part of [
      '1,100円',
      '税率10%、うち消費税100円',
      '映画「夏の庭」48時間レンタル',
      '株式会社ほしぞら動画',
      'ほしぞらシアター',
    ]) {
      assert.ok(text.includes(part), part);
    }
    assert.equal(lineCheck.asked.length, 0);
  });

  it('escapes what companies write', async () => {
    const { url } = await site.newCharge({ description: '<script>alert("1")</script>' });
    const { text } = await new PageClient().get(url);
    assert.ok(text.includes('&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;'));
    assert.equal(text.includes('<script>'), false);
  });

  it('takes a buyer from sign-in over the line check and the confirmation back to the company', async () => {
    const { id, url } = await site.newCharge();
    const { client, subscriber, reply } = await signedIn(url);
    assert.deepEqual([reply.status, reply.location], [303, new URL(url).pathname]);
    const page = await client.get(url);
    assert.ok(page.text.includes('確認して購入（1,100円）'));
    assert.ok(page.text.includes('東西 花子 様'));
    const confirmed = await client.post(`${url}/confirm`, { form_token: formToken(page.text) });
    assert.deepEqual([confirmed.status, confirmed.location], [303, new URL(url).pathname]);
    const receipt = await client.get(url);
    assert.equal(receipt.status, 200);
    for (const part of [
      'ご購入が完了しました',
      publicId('charge', id),
      '2026年5月10日(日) 12:00',
      '1,100円',
      'ログアウト',
      `<a href="/my/purchases/${publicId('charge', id)}">`,
    ])
      assert.ok(receipt.text.includes(part), part);
    assert.equal(returnLinkOf(receipt.text), backWith(id, 'captured'));
    const charge = await chargeOf(id);
    assert.deepEqual(
      [charge.state, charge.subscriberId, charge.lineId, charge.capturedMinor],
      ['captured', subscriber.id, subscriber.lineId, 1_100n],
    );
    assert.deepEqual(lineCheck.asked, [{ lineId: subscriber.lineId, address: '127.0.0.1' }]);
  });

  it('leads back to itself a tab that asks again for the address of a form, as after a wrong password', async () => {
    const { url } = await site.newCharge();
    const client = new PageClient();
    for (const form of ['sign-in', 'confirm']) {
      const { status, location } = await client.get(`${url}/${form}`);
      assert.deepEqual([status, location], [302, new URL(url).pathname]);
    }
    assert.equal((await client.get(`${url.slice(0, -1)}/confirm`)).status, 404);
  });

  it('leaves the capture to a company that wants to do it', async () => {
    const { id, url } = await site.newCharge({ automaticCapture: false });
    const { client } = await signedIn(url);
    assert.equal(await confirmOn(client, url), backWith(id, 'authorized'));
  });

  it('joins a subscription and agrees to a consent just the same', async () => {
    const { deps, config } = site.world;
    const terms = {
      serviceCode: site.seller.serviceCode,
      description: '見放題',
      returnUrl: `${site.shopOrigin}/thanks?order=7`,
    };
    const price = { amountMinor: 990n, taxCode: 'standard' } as const;
    const months = { itemCode: 'all', chargeDay: 25, firstMonthFree: false, lastMonthFree: false };
    const { id: subscriptionId } = await createSubscription(deps, site.key, {
      ...terms,
      ...price,
      ...months,
    });
    const { id: consentId } = await createConsent(deps, site.key, { ...terms, perChargeMaxMinor: 3_000n });
    const subscriptionUrl = checkoutUrl(config, publicId('subscription', subscriptionId));
    const consentUrl = checkoutUrl(config, publicId('consent', consentId));
    const { client } = await signedIn(subscriptionUrl);
    assert.equal(
      await confirmOn(client, subscriptionUrl),
      backWith(subscriptionId, 'active', 'subscription'),
    );
    assert.equal(await confirmOn(client, consentUrl), backWith(consentId, 'active', 'consent'));
    assert.ok((await client.get(consentUrl)).text.includes('同意を受け付けました'));
    await client.submit(consentUrl, 'sign-out');
    const page = await client.get(consentUrl);
    assert.ok(page.text.includes('お手続きは完了しています'), 'a receipt is for its buyer alone');
  });

  for (const kind of ['subscription', 'consent'] as const) {
    it(`declines a ${kind}`, async () => {
      const { deps, config } = site.world;
      const terms = {
        serviceCode: site.seller.serviceCode,
        description: '見放題',
        returnUrl: `${site.shopOrigin}/thanks?order=7`,
      };
      const price = { amountMinor: 990n, taxCode: 'standard' } as const;
      const months = { itemCode: 'no', chargeDay: 25, firstMonthFree: false, lastMonthFree: false };
      const { id } =
        kind === 'consent'
          ? await createConsent(deps, site.key, terms)
          : await createSubscription(deps, site.key, { ...terms, ...price, ...months });
      const declined = await new PageClient().submit(checkoutUrl(config, publicId(kind, id)), 'decline');
      assert.equal(declined.location, backWith(id, 'declined', kind));
    });
  }

  it('declines without a sign-in, once and for all', async () => {
    const { id, url } = await site.newCharge();
    const client = new PageClient();
    const { text } = await client.get(url);
    const decline = () => client.post(`${url}/decline`, { form_token: formToken(text) });
    assert.equal((await decline()).location, backWith(id, 'declined'));
    assert.equal((await decline()).location, backWith(id, 'declined'));
    assert.equal((await chargeOf(id)).state, 'cancelled');
    const closed = await client.get(url);
    assert.ok(closed.text.includes('購入を取りやめました'));
    assert.ok(closed.text.includes('tabane_state=declined'));
  });

  describe('refuses to go on', () => {
    it('without the line, says what to do, and charges nothing', async () => {
      lineCheck.outcome = rejected;
      const { id, url } = await site.newCharge();
      const { client } = await signedIn(url);
      const page = await client.get(url);
      assert.equal(page.status, 403);
      assert.ok(page.text.includes('ご契約回線からの接続ではありません'));
      assert.ok(page.text.includes('Wi-Fi'));
      assert.equal(
        page.text.includes('東西 花子'),
        false,
        'a stolen password must not tell whose line it is',
      );
      const confirmed = await client.post(`${url}/confirm`, { form_token: formToken(page.text) });
      assert.deepEqual([confirmed.status, confirmed.location], [303, new URL(url).pathname]);
      assert.equal((await client.get(url)).status, 403);
      assert.equal((await chargeOf(id)).state, 'pending');
    });

    it('while the AAA servers are silent, and lets go on when they answer again', async () => {
      lineCheck.outcome = silent;
      const { id, url } = await site.newCharge();
      const { client } = await signedIn(url);
      const page = await client.get(url);
      assert.equal(page.status, 503);
      assert.ok(page.text.includes('ただいま回線を確認できません'));
      assert.equal((await client.post(`${url}/confirm`, { form_token: formToken(page.text) })).status, 303);
      assert.equal((await client.get(url)).status, 503);
      assert.equal((await chargeOf(id)).state, 'pending');
      lineCheck.outcome = accepted;
      assert.equal(await confirmOn(client, url), backWith(id, 'captured'));
    });

    it('on the strength of an old proof: after five minutes the line is asked again', async () => {
      const { id, url } = await site.newCharge();
      const { client } = await signedIn(url);
      const { text } = await client.get(url);
      site.world.clock.advance(5 * MINUTE);
      lineCheck.outcome = rejected;
      const confirmed = await client.post(`${url}/confirm`, { form_token: formToken(text) });
      assert.equal(confirmed.status, 303);
      assert.equal((await client.get(url)).status, 403);
      assert.equal((await chargeOf(id)).state, 'pending');
      assert.equal(lineCheck.asked.length, 2, 'the page shows the answer that the confirmation had');
    });

    it('on the strength of a proof for another checkout', async () => {
      const [first, second] = [await site.newCharge(), await site.newCharge()];
      const { client } = await signedIn(first.url);
      const { text } = await client.get(first.url);
      lineCheck.outcome = rejected;
      const confirmed = await client.post(`${second.url}/confirm`, { form_token: formToken(text) });
      assert.equal(confirmed.status, 303);
      assert.equal((await client.get(second.url)).status, 403);
      assert.equal((await chargeOf(second.id)).state, 'pending');
    });

    it('without a sign-in', async () => {
      const { id, url } = await site.newCharge();
      const confirmed = await new PageClient().submit(url, 'confirm');
      assert.deepEqual([confirmed.status, confirmed.location], [303, new URL(url).pathname]);
      assert.equal((await chargeOf(id)).state, 'pending');
    });

    it('above the limit of the month, and says so', async () => {
      const [first, second] = [
        await site.newCharge({ amountMinor: 9_000n }),
        await site.newCharge({ amountMinor: 1_001n }),
      ];
      const { client } = await signedIn(first.url);
      await confirmOn(client, first.url);
      const refused = await client.get(second.url);
      assert.equal(refused.status, 200);
      assert.ok(refused.text.includes('ご利用限度額の残りを超えています'));
      assert.ok(
        refused.text.includes('2026年5月31日(日)までのご利用限度額は10,000円、残りは1,000円です'),
        'and how much is left',
      );
      assert.equal(refused.text.includes('確認して購入'), false, 'before any button');
      const pressed = await client.post(`${second.url}/confirm`, { form_token: formToken(refused.text) });
      assert.equal(pressed.status, 422);
      assert.ok(pressed.text.includes('ご利用限度額の残りを超えています'));
      assert.equal((await chargeOf(second.id)).state, 'pending');
      const declined = await client.post(`${second.url}/decline`, { form_token: formToken(refused.text) });
      assert.equal(declined.location, backWith(second.id, 'declined'));
    });

    it('once the line has moved to another holder, though signed in before', async () => {
      const { id, url } = await site.newCharge();
      const { client, subscriber } = await signedIn(url);
      const { text } = await client.get(url);
      await sql()
        .updateTable('line_holder')
        .set({ validTo: '2026-05-10' })
        .where('lineId', '=', subscriber.lineId)
        .execute();
      const confirmed = await client.post(`${url}/confirm`, { form_token: formToken(text) });
      assert.deepEqual([confirmed.status, confirmed.location], [303, new URL(url).pathname]);
      assert.ok((await client.get(url)).text.includes('name="password"'));
      assert.equal((await chargeOf(id)).state, 'pending');
    });

    it('after its time has run out', async () => {
      const { id, url } = await site.newCharge();
      const { client } = await signedIn(url);
      const { text } = await client.get(url);
      site.world.clock.advance(30 * MINUTE - 1);
      await client.get(url);
      site.world.clock.advance(1);
      const confirmed = await client.post(`${url}/confirm`, { form_token: formToken(text) });
      assert.deepEqual([confirmed.status, confirmed.location], [303, new URL(url).pathname]);
      const page = await client.get(url);
      assert.equal(page.status, 410);
      assert.ok(page.text.includes('お手続きの期限が過ぎました'));
      assert.ok(page.text.includes('tabane_state=expired'));
      assert.notEqual((await chargeOf(id)).state, 'captured');
    });

    it('when the company has cancelled', async () => {
      const { id, url } = await site.newCharge();
      const { client } = await signedIn(url);
      const { text } = await client.get(url);
      await cancelCharge(site.world.deps, keyOf(site.seller.companyId), { chargeId: id });
      assert.equal((await client.post(`${url}/confirm`, { form_token: formToken(text) })).status, 303);
      const page = await client.get(url);
      assert.equal(page.status, 410);
      assert.ok(page.text.includes('販売元が購入の受け付けを取り消しました'));
    });
  });

  describe('charges once', () => {
    it('however often and at once the button is pressed', async () => {
      const { id, url } = await site.newCharge();
      const { client, subscriber } = await signedIn(url);
      const { text } = await client.get(url);
      const clicks = await Promise.all(
        Array.from({ length: 10 }, () => client.post(`${url}/confirm`, { form_token: formToken(text) })),
      );
      for (const click of clicks)
        assert.deepEqual([click.status, click.location], [303, new URL(url).pathname]);
      assert.equal(await confirmOn(client, url, formToken(text)), backWith(id, 'captured'));
      const spent = await sql()
        .selectFrom('line_period')
        .select('spentMinor')
        .where('lineId', '=', subscriber.lineId)
        .execute();
      assert.deepEqual(spent, [{ spentMinor: 1_100n }]);
    });

    it('when two people confirm at once, one of them', async () => {
      const { id, url } = await site.newCharge();
      const [one, other] = [await signedIn(url), await signedIn(url)];
      const links = await Promise.all([one, other].map(({ client }) => confirmOn(client, url)));
      // The other one sees how it ended, with the same link back.
      assert.deepEqual(links, [backWith(id, 'captured'), backWith(id, 'captured')]);
      const pages = await Promise.all([one, other].map(({ client }) => client.get(url)));
      const receipts = pages.filter(({ text }) => text.includes('ご購入が完了しました'));
      assert.equal(receipts.length, 1);
    });

    it('and does not charge what was declined in another tab', async () => {
      const { id, url } = await site.newCharge();
      const { client } = await signedIn(url);
      const { text } = await client.get(url);
      await client.post(`${url}/decline`, { form_token: formToken(text) });
      const confirmed = await client.post(`${url}/confirm`, { form_token: formToken(text) });
      assert.equal(confirmed.location, new URL(url).pathname);
      assert.equal((await chargeOf(id)).state, 'cancelled');
    });
  });
});
