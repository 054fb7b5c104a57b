import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { openBrowser, type TestBrowser } from '../../support/browser.ts';
import {
  openCheckoutSite,
  PASSWORD,
  ScriptedLineCheck,
  type CheckoutSite,
} from '../../support/checkout-site.ts';

const PHONE = { width: 375, height: 812 };

const signIn = async (page: Page, issuedId: string, password: string) => {
  await page.locator('#issued-id').fill(issuedId);
  await page.locator('#password').fill(password);
  await page.locator('form[action$="/sign-in"] button[type=submit]').click();
};
const bottomOf = async (page: Page, selector: string) => {
  const box = await page.locator(selector).boundingBox();
  return (box?.y ?? Infinity) + (box?.height ?? 0);
};
/** How far the page is wider than the window. */
const overflowOf = (page: Page) =>
  page.evaluate(
    'document.documentElement.scrollWidth - document.documentElement.clientWidth',
  ) as Promise<number>;

describe('the checkout on a phone, in Chromium', () => {
  let site: CheckoutSite;
  let browser: TestBrowser;
  let page: Page;
  before(async () => {
    site = await openCheckoutSite(new ScriptedLineCheck());
    browser = await openBrowser({ viewport: PHONE });
    page = await browser.context.newPage();
  });
  after(async () => {
    await browser.close();
    await site.close();
  });

  it('has price, item, seller and the password field in the first screen', async () => {
    const { url } = await site.newCharge();
    await page.goto(url);
    for (const shown of ['.price-figure', '.facts .item', '#issued-id', '#password'])
      assert.ok((await bottomOf(page, shown)) <= PHONE.height, shown);
    assert.equal(await page.locator('.order-more').getAttribute('open'), null);
  });

  it('puts a notice above the field it means, focuses it, and says so in the title', async () => {
    const { issuedId } = await site.newSubscriber();
    await signIn(page, issuedId, 'wrong');
    assert.match(await page.title(), /^エラー：/);
    assert.equal(await page.locator(':focus').getAttribute('id'), 'notice');
    assert.ok((await bottomOf(page, '#notice')) <= (await bottomOf(page, '#issued-id')));
    assert.ok((await bottomOf(page, '#notice')) <= PHONE.height, 'in the first screen');
    await signIn(page, `${issuedId.slice(0, -1)}${(Number(issuedId.at(-1)) + 1) % 10}`, PASSWORD);
    assert.equal(await page.locator(':focus').getAttribute('id'), 'issued-id');
    assert.ok((await bottomOf(page, '#issued-id-error')) <= (await bottomOf(page, '#issued-id')));
  });

  it('changes the language on the page of a refused form too', async () => {
    await page.getByRole('link', { name: 'English' }).click();
    assert.equal(await page.locator('#action-title').textContent(), 'Sign in');
    assert.equal(await page.locator('html').getAttribute('lang'), 'en');
    await page.getByRole('link', { name: '日本語' }).click();
  });

  it('shows the password when it is asked to, and hides it again', async () => {
    const type = () => page.locator('#password').getAttribute('type');
    await page.getByRole('button', { name: 'パスワードを表示' }).click();
    assert.equal(await type(), 'text');
    await page.getByRole('button', { name: 'パスワードを表示' }).click();
    assert.equal(await type(), 'password');
  });

  it('needs no more width with text of 200 %, from the sign-in to the receipt, and no value is a column of characters', async () => {
    const { issuedId } = await site.newSubscriber();
    const { url } = await site.newCharge();
    const assertFits = async (step: string) => {
      await page.evaluate("document.documentElement.style.fontSize = '200%'");
      assert.ok((await overflowOf(page)) <= 0, step);
      const widths = (await page.evaluate(
        "[...document.querySelectorAll('.facts dd')].filter((dd) => dd.offsetParent).map((dd) => dd.offsetWidth)",
      )) as number[];
      for (const width of widths) assert.ok(width >= 150, `${step}: ${width}`);
    };
    await page.goto(url);
    await assertFits('sign-in');
    await signIn(page, issuedId, PASSWORD);
    await assertFits('confirm');
    await page.locator('form[action$="/confirm"] button').click();
    await assertFits('receipt');
    await page.getByRole('button', { name: 'ログアウト' }).click();
    await assertFits('closed');
    assert.match((await page.locator('h1').textContent()) ?? '', /お手続きは完了しています/);
  });

  it('is dark for who prefers it', async () => {
    const { url } = await site.newCharge();
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.goto(url);
    const ground = await page.evaluate('getComputedStyle(document.body).backgroundColor');
    assert.equal(ground, 'rgb(16, 23, 30)');
    await page.emulateMedia({ colorScheme: 'light' });
  });
});

describe('the checkout without scripts', () => {
  it('offers no button that would do nothing', async () => {
    const site = await openCheckoutSite(new ScriptedLineCheck());
    const browser = await openBrowser({ javaScriptEnabled: false });
    try {
      const page = await browser.context.newPage();
      const { url } = await site.newCharge();
      await page.goto(url);
      assert.equal(await page.getByRole('button', { name: 'パスワードを表示' }).count(), 0);
    } finally {
      await browser.close();
      await site.close();
    }
  });
});
