import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { openBrowser, type TestBrowser } from '../../support/browser.ts';
import { openBillingSite, type BillingSite } from '../billing/billing-site.ts';
import { signInAccount } from '../guard/accounts-visitors.ts';
import { findViolations, loadRules } from '../guard/examine-page.ts';

const LIST = '/billing/companies';
const said = (page: Page) => page.locator('#shortcuts-status');
const focused = (page: Page) => page.locator(':focus');
const isHelpOpen = (page: Page) => page.getByRole('dialog', { name: 'Keyboard' }).isVisible();

describe('the keyboard of a console', () => {
  let site: BillingSite;
  let browser: TestBrowser;
  let cookies: { name: string; value: string; url: string }[];
  const refused: string[] = [];
  before(async () => {
    site = await openBillingSite();
    const { client } = await signInAccount(site.world.deps, site.accounts.get('billing')!, 'staff');
    cookies = [...client.cookies].map(([name, value]) => ({ name, value, url: site.origins.staff }));
    browser = await openBrowser();
    await browser.context.addCookies(cookies);
  });
  after(async () => {
    await browser.close();
    await site.close();
  });

  async function open(path: string, language = 'en'): Promise<Page> {
    const page = await browser.context.newPage();
    page.on('console', (message) => void (message.type() === 'error' && refused.push(message.text())));
    await page.goto(`${site.addressOf(path)}?lang=${language}`);
    return page;
  }

  it('moves over the rows with j and k, says where it is, and opens a row with Enter, under the strict policy', async () => {
    const page = await open(LIST);
    const links = page.locator('main tbody .row-link');
    const rows = await links.count();
    assert.ok(rows >= 2);
    await page.keyboard.press('j');
    await said(page).getByText(`Row 1 of ${rows}`).waitFor();
    await page.keyboard.press('j');
    assert.equal(await focused(page).innerText(), await links.nth(1).innerText());
    await page.keyboard.press('k');
    assert.equal(await focused(page).innerText(), await links.nth(0).innerText());
    await page.keyboard.press('k');
    await said(page).getByText('This is the first row').waitFor();
    const href = await focused(page).getAttribute('href');
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => url.pathname === href);
    assert.deepEqual(refused, []);
    await page.close();
  });

  it('goes to the search with a slash, and does nothing while somebody types or holds Ctrl, Alt or Meta', async () => {
    const page = await open(LIST);
    for (const key of ['Control+j', 'Alt+j', 'Meta+j', 'Shift+J', 'Control+/'])
      await page.keyboard.press(key);
    assert.equal(await page.locator('main :focus').count(), 0);
    await page.keyboard.press('/');
    const field = focused(page);
    assert.equal(await field.evaluate((element) => (element as { tagName?: string }).tagName), 'INPUT');
    assert.equal(await field.getAttribute('aria-keyshortcuts'), '/');
    await page.keyboard.type('jk/?');
    assert.equal(await field.inputValue(), 'jk/?');
    assert.equal(await isHelpOpen(page), false);
    await page.close();
  });

  it('lists itself with a question mark in both languages, and is switched off there', async () => {
    for (const [language, name] of [
      ['ja', 'キーボード操作'],
      ['en', 'Keyboard'],
    ] as const) {
      const page = await open(LIST, language);
      await page.keyboard.press('?');
      await page.getByRole('dialog', { name }).waitFor();
      if (process.env['PICTURES'])
        await page.screenshot({ path: `${process.env['PICTURES']}/keys-${language}.png` });
      await page.keyboard.press('j');
      assert.equal(await page.locator('main :focus').count(), 0, 'the page below stands still');
      await page.keyboard.press('?');
      await page.getByRole('dialog', { name }).waitFor({ state: 'hidden' });
      await page.close();
    }
    const page = await open(LIST);
    await page.getByRole('button', { name: 'Keyboard shortcuts' }).click();
    await page.getByLabel('Use these shortcuts').uncheck();
    await page.keyboard.press('Escape');
    assert.equal(await isHelpOpen(page), false);
    await page.reload();
    await page.keyboard.press('?');
    await page.keyboard.press('j');
    assert.equal(await isHelpOpen(page), false);
    assert.equal(await page.locator('main :focus').count(), 0);
    await page.getByRole('button', { name: 'Keyboard shortcuts' }).click();
    await page.getByLabel('Use these shortcuts').check();
    await page.close();
  });

  it('passes axe with its list open in Japanese, and a page without scripts has no sign of it', async () => {
    const checked = await openBrowser({ bypassCSP: true });
    await checked.context.addCookies(cookies);
    const page = await checked.context.newPage();
    await page.goto(`${site.addressOf(LIST)}?lang=ja`);
    await page.keyboard.press('?');
    await loadRules(page);
    assert.deepEqual(await findViolations(page), []);
    await checked.close();
    const plain = await openBrowser({ javaScriptEnabled: false });
    await plain.context.addCookies(cookies);
    const still = await plain.context.newPage();
    await still.goto(`${site.addressOf(LIST)}?lang=en`);
    assert.equal(await still.getByText('Keyboard', { exact: false }).filter({ visible: true }).count(), 0);
    await plain.close();
  });
});
