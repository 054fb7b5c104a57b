import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { Webhook } from 'standardwebhooks';
import { createCompanies } from '../../../batch/demo/acts/create-companies.ts';
import type { DemoWorld } from '../../../batch/demo/acts/demo-world.ts';
import { planCompanies } from '../../../batch/demo/plan/plan-companies.ts';
import { createRandom } from '../../../batch/demo/random.ts';
import { openShop, type OpenShop } from '../../../batch/demo/site/shop/open-shop.ts';
import { listServices } from '../../../src/companies/company.queries.ts';
import { sqlOf } from '../../../src/database/sql.ts';
import { publishEvents } from '../../../src/published-events/publish-events.ts';
import { systemClock } from '../../../src/shared/clock.ts';
import { deliverWebhooks } from '../../../src/webhooks/deliver-webhooks.ts';
import { job, staff } from '../../support/actors.ts';
import { openBrowser, type TestBrowser } from '../../support/browser.ts';
import {
  openCheckoutSite,
  PASSWORD,
  ScriptedLineCheck,
  type CheckoutSite,
} from '../../support/checkout-site.ts';
import { assertSoundPage } from '../../support/html-check.ts';
import { examinePage } from '../../portal/guard/examine-page.ts';

const PICTURES = process.env['PICTURES'];

describe('the example shop', () => {
  let site: CheckoutSite;
  let shop: OpenShop;
  let browser: TestBrowser;
  let page: Page;
  let open: () => Promise<OpenShop>;
  before(async () => {
    site = await openCheckoutSite(new ScriptedLineCheck(), { WEBHOOK_LOOPBACK: 'allow' });
    const { deps } = site.world;
    const demo = { site: { deps, origin: site.origin }, companies: new Map() };
    await createCompanies(demo as unknown as DemoWorld, planCompanies(1, createRandom(1, 'companies')));
    const { token: apiKey } = (demo as unknown as DemoWorld).companies.get('kotonoha')!;
    open = async () => {
      const place = { publicOrigin: site.origin, apiOrigin: site.origin, apiKey, port: 0 };
      return (await openShop(deps, place))!;
    };
    shop = await open();
    browser = await openBrowser();
    page = await browser.context.newPage();
  });
  after(async () => {
    await browser.close();
    await shop.close();
    await site.close();
  });

  /** As the loops of the service do; the time that the shop has is not that of the world. */
  const deliver = async () => {
    const deps = { ...site.world.deps, outsideClock: systemClock };
    await publishEvents(deps, job('publish-events'));
    return await deliverWebhooks(deps, job('deliver-webhooks'));
  };
  const picture = async (name: string) => {
    if (PICTURES) await page.screenshot({ path: `${PICTURES}/shop-${name}.png`, fullPage: true });
  };
  const heading = async () => await page.getByRole('heading', { level: 1 }).textContent();

  it('sells: buy, confirm, a page that says thank you, and the webhook seen', async () => {
    const { issuedId } = await site.newSubscriber();
    await page.goto(shop.origin);
    await picture('goods');
    await page.getByRole('button', { name: '煎茶 100g' }).click();
    await page.getByLabel('発行ID').fill(issuedId);
    await page.getByLabel('パスワード', { exact: true }).fill(PASSWORD);
    await page.getByRole('button', { name: '内容の確認へ進む' }).click();
    await page.getByRole('button', { name: '確認して購入（1,080円）' }).click();
    await page.getByRole('link', { name: 'サイトへ戻る' }).click();
    await page.waitForURL(`${shop.origin}/orders/**`);
    assert.equal(await heading(), 'ありがとうございました');
    assert.match(await page.locator('dl').innerText(), /通知を待っています/);
    const { delivered, failed } = await deliver();
    assert.deepEqual({ delivered, failed }, { delivered: 1, failed: 0 });
    // The page asks again by itself, without scripts.
    await page.getByText('署名を検証し').waitFor();
    await picture('thanks');
    for (const language of ['ja', 'en']) {
      const response = await fetch(page.url(), { headers: { 'accept-language': language } });
      assertSoundPage(await response.text(), language);
    }
  });

  it('delivers nothing to an address that somebody types, nor before the charge is captured', async () => {
    await page.goto(shop.origin);
    await page.getByRole('button', { name: '短編' }).click();
    await page.waitForURL(`${site.origin}/checkout/**`);
    const charges = sqlOf(site.world.deps.orm.em.fork()).selectFrom('charge');
    const { reference } = await charges
      .select('reference')
      .where('state', '=', 'pending')
      .executeTakeFirstOrThrow();
    await page.goto(`${shop.origin}/orders/${reference}?tabane_state=captured`);
    assert.equal(await heading(), 'お支払いは完了していません');
    await page.goto(`${shop.origin}/orders/unknown?tabane_state=captured`);
    assert.equal(await heading(), 'ご注文が見つかりません');
  });

  it('says that nothing was paid when the buyer declines', async () => {
    await page.goto(shop.origin);
    await page.getByRole('button', { name: 'アルバム' }).click();
    await page.getByRole('button', { name: '購入せずに戻る' }).click();
    await page.waitForURL(`${shop.origin}/orders/**`);
    assert.equal(await heading(), '購入は取り消されました');
  });

  it('believes no message that is not signed with its secret', async () => {
    const body = JSON.stringify({
      type: 'charge.captured',
      data: { object: { id: 'ch_1', reference: 'x' } },
    });
    const forger = new Webhook(`whsec_${Buffer.alloc(32, 7).toString('base64')}`);
    const at = new Date();
    const headers = {
      'webhook-id': 'msg_1',
      'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
      'webhook-signature': forger.sign('msg_1', at, body),
    };
    const forged = await fetch(`${shop.origin}/webhooks`, { method: 'POST', body, headers });
    assert.equal(forged.status, 400);
    const huge = await fetch(`${shop.origin}/webhooks`, { method: 'POST', body: 'x'.repeat(100_000) });
    assert.equal(huge.status, 413);
  });

  it('opens again with one endpoint, at whatever port it finds', async () => {
    await shop.close();
    shop = await open();
    const { deps } = site.world;
    const endpoints = sqlOf(deps.orm.em.fork()).selectFrom('webhook_endpoint').where('slot', 'is not', null);
    const urls = await endpoints.select('url').execute();
    assert.deepEqual(urls, [{ url: `${shop.origin.replace('localhost', '127.0.0.1')}/webhooks` }]);
    const services = await listServices(deps, staff(), 'kotonoha');
    const { siteOrigin } = services.find(({ code }) => code === 'kotonoha-shop')!;
    assert.equal(siteOrigin, shop.origin);
  });

  it('has pages that everybody can use', async () => {
    const bare = await openBrowser({ bypassCSP: true });
    try {
      const tab = await bare.context.newPage();
      assert.deepEqual(await examinePage(tab, shop.origin, { byRules: true }), []);
      assert.deepEqual(await examinePage(tab, `${shop.origin}/orders/unknown`, { byRules: true }), []);
    } finally {
      await bare.close();
    }
  });
});
