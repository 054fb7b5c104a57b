import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { sqlOf } from '../../../src/database/sql.ts';
import { issueSubscriber } from '../../../src/identity/issue-subscriber.ts';
import { createLineCheck, type LineCheck } from '../../../src/radius/line-check.ts';
import { publicId } from '../../../src/shared/public-id.rules.ts';
import { openBrowser, type TestBrowser } from '../../support/browser.ts';
import { openCheckoutSite, PASSWORD, type CheckoutSite } from '../../support/checkout-site.ts';
import { makeLine } from '../../support/factories.ts';
import { freeRadiusSecret, startFreeRadius, type FreeRadius } from '../../support/freeradius.ts';
import { staff } from '../../support/actors.ts';

/** The line that FreeRADIUS knows at the address of the browser. */
const CONNECTED = 'COP12345678';
const PHONE = { width: 360, height: 740 };

const signIn = async (page: Page, issuedId: string, password: string) => {
  await page.getByLabel('発行ID').fill(issuedId);
  await page.getByLabel('パスワード', { exact: true }).fill(password);
  await page.getByRole('button', { name: '内容の確認へ進む' }).click();
};

describe('checkout in a real Chromium, the line proven by a real FreeRADIUS', () => {
  let server: FreeRadius;
  let lineCheck: LineCheck;
  let site: CheckoutSite;
  before(async () => {
    server = await startFreeRadius([{ lineId: CONNECTED, address: '127.0.0.1' }]);
    lineCheck = createLineCheck({
      servers: [{ host: '127.0.0.1', port: server.port, secret: freeRadiusSecret }],
      nasIdentifier: 'tabane-spec',
    });
    site = await openCheckoutSite(lineCheck);
    await makeLine(site.world.deps, { lineId: CONNECTED });
  });
  after(async () => {
    await site.close();
    await lineCheck.close();
    await server.stop();
  });

  const stateOf = async (id: string) => {
    const charges = sqlOf(site.world.deps.orm.em.fork()).selectFrom('charge').select('state');
    return (await charges.where('id', '=', id).executeTakeFirstOrThrow()).state;
  };

  for (const javaScriptEnabled of [true, false]) {
    describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript, on a phone', () => {
      let browser: TestBrowser;
      let page: Page;
      before(async () => {
        browser = await openBrowser({ javaScriptEnabled, ...(javaScriptEnabled ? {} : { viewport: PHONE }) });
        page = await browser.context.newPage();
      });
      after(() => browser.close());

      it('sells: an error first, then sign-in, confirmation, and back to the company', async () => {
        const input = { lineId: CONNECTED, displayName: '東西 花子', password: PASSWORD };
        const { subscriber } = await issueSubscriber(site.world.deps, staff(), input);
        const { id, url } = await site.newCharge({ automaticCapture: false });
        await page.goto(url);
        assert.equal(await page.getByRole('heading', { level: 1 }).textContent(), 'お支払い内容');
        await signIn(page, subscriber.issuedId, 'wrong');
        const alert = page.getByRole('alert');
        assert.match((await alert.textContent()) ?? '', /発行IDまたはパスワードが違います/);
        assert.equal(await page.locator(':focus').getAttribute('id'), 'notice');
        await signIn(page, subscriber.issuedId, PASSWORD);
        assert.ok(await page.getByText('ご契約回線からの接続を確認しました').isVisible());
        await page.getByRole('button', { name: '確認して購入（1,100円）' }).click();
        assert.equal(await page.getByRole('heading', { level: 1 }).textContent(), ' ご購入が完了しました');
        await page.getByRole('link', { name: '株式会社ほしぞら動画のサイトへ戻る' }).click();
        await page.waitForURL(/\/thanks/);
        const back = `${site.shopOrigin}/thanks?order=7&tabane_id=${publicId('charge', id)}&tabane_state=authorized`;
        assert.equal(page.url(), back);
        assert.equal(await stateOf(id), 'authorized');
        assert.ok(site.returns.includes(new URL(back).pathname + new URL(back).search));
      });

      it('goes straight to the confirmation when signed in, and declines back to the company', async () => {
        const { id, url } = await site.newCharge();
        await page.goto(url);
        await page.getByRole('button', { name: '購入せずに戻る' }).click();
        await page.waitForURL(/tabane_state=declined/);
        assert.equal(await stateOf(id), 'cancelled');
      });

      it('stops somebody whose line is not at this address', async () => {
        const stranger = await site.newSubscriber();
        const { id, url } = await site.newCharge();
        await page.goto(url);
        await page.getByRole('button', { name: '別のIDを使う' }).click();
        await signIn(page, stranger.issuedId, PASSWORD);
        assert.match(
          (await page.getByRole('alert').textContent()) ?? '',
          /ご契約回線からの接続ではありません/,
        );
        assert.equal(await page.getByRole('button', { name: /確認して購入/ }).count(), 0);
        assert.equal(await stateOf(id), 'pending');
      });

      it('needs no more width than a phone has, and breaks no rule of its own policy', async () => {
        const violations: string[] = [];
        page.on('console', (message) => {
          if (message.text().includes('Content Security Policy')) violations.push(message.text());
        });
        const { url } = await site.newCharge({ description: 'x'.repeat(120) });
        await page.setViewportSize(PHONE);
        await page.goto(url);
        const sheet = await page.screenshot({ fullPage: true });
        // The width of the picture is in its header (PNG, IHDR): a page that is too wide makes it wider.
        assert.equal(sheet.readUInt32BE(16), PHONE.width);
        assert.deepEqual(violations, []);
      });
    });
  }
});
