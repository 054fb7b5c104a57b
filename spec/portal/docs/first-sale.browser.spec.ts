import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sqlOf } from '../../../src/database/sql.ts';
import { openBrowser, type TestBrowser } from '../../support/browser.ts';
import {
  openCheckoutSite,
  PASSWORD,
  ScriptedLineCheck,
  type CheckoutSite,
} from '../../support/checkout-site.ts';
import { makeApiKey } from '../../support/factories.ts';
import { blocksOf, openShell, type ShellSession } from './shell-session.ts';

/** Ten minutes for a person, who reads too; the machine has much less to do. */
const MAX_MINUTES = 10;

describe('the guide to a first sale, walked through as it is written', () => {
  let site: CheckoutSite;
  let browser: TestBrowser;
  let shell: ShellSession;
  before(async () => {
    site = await openCheckoutSite(new ScriptedLineCheck());
    const sql = sqlOf(site.world.deps.orm.em.fork());
    await sql
      .updateTable('service')
      .set({ moreOrigins: JSON.stringify(['https://shop.example']) as never })
      .where('code', '=', site.seller.serviceCode)
      .execute();
    browser = await openBrowser();
    shell = await openShell();
  });
  after(async () => {
    await shell.close();
    await browser.close();
    await site.close();
  });

  for (const language of ['ja', 'en']) {
    it(`ends with a confirmed sale (${language})`, async () => {
      const { token } = await makeApiKey(site.world.deps, { companyId: site.seller.companyId });
      const { issuedId } = await site.newSubscriber();
      const startedMs = performance.now();
      const response = await fetch(`${site.origin}/docs/guides/first-sale`, {
        headers: { 'accept-language': language },
      });
      const [setKey = '', create = '', setCharge = '', read = '', ...rest] = blocksOf(await response.text());
      assert.deepEqual(rest, []);
      await shell.paste(setKey.replace('tbn_…', token));
      // Each reader has orders of their own.
      const created = await shell.paste(create.replaceAll('order-1001', `order-1001-${language}`));
      const { id, confirm_url: confirmUrl } = JSON.parse(created) as { id: string; confirm_url: string };
      await shell.paste(setCharge.replace('ch_…', id));
      assert.match(await shell.paste(read), /"state":"pending"/);

      const page = await browser.context.newPage();
      // The shop of the guide is nobody's: its page is made up here.
      await page.route('https://shop.example/**', (route) => route.fulfill({ body: 'back at the shop' }));
      await page.goto(confirmUrl);
      const otherId = page.getByRole('button', { name: '別のIDを使う' });
      if ((await otherId.count()) > 0) await otherId.click();
      await page.getByLabel('発行ID').fill(issuedId);
      await page.getByLabel('パスワード', { exact: true }).fill(PASSWORD);
      await page.getByRole('button', { name: '内容の確認へ進む' }).click();
      await page.getByRole('button', { name: /^確認して購入/ }).click();
      await page.getByRole('link', { name: 'サイトへ戻る' }).click();
      await page.waitForURL('https://shop.example/orders/1001?**');
      const { searchParams } = new URL(page.url());
      assert.deepEqual([searchParams.get('tabane_id'), searchParams.get('tabane_state')], [id, 'captured']);
      await page.close();

      assert.match(await shell.paste(read), /"state":"captured"/);
      const seconds = (performance.now() - startedMs) / 1_000;
      console.log(`from the guide to a confirmed sale: ${seconds.toFixed(1)} s (${language})`);
      assert.ok(seconds < MAX_MINUTES * 60);
    });
  }
});
