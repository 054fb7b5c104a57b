import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { guideCodes } from '../../../src/portal/docs/guide-pages/guide-list.ts';
import { openBrowser, type TestBrowser } from '../../support/browser.ts';
import { serveApp, type TestServer } from '../../support/http-client.ts';
import { createWorld, type World } from '../../support/world.ts';
import { examinePage } from '../guard/examine-page.ts';

/** A folder for pictures of every page. */
const PICTURES = process.env['PICTURES'];
const paths = [
  '/docs',
  '/docs/guides',
  '/docs/search?q=webhook',
  '/docs/search',
  ...guideCodes.map((code) => `/docs/guides/${code}`),
];

describe('the documentation in a real Chromium', () => {
  let world: World;
  let server: TestServer;
  let bare: TestBrowser;
  let browser: TestBrowser;
  before(async () => {
    world = await createWorld();
    server = await serveApp(world.deps);
    bare = await openBrowser({ bypassCSP: true });
    browser = await openBrowser({ permissions: ['clipboard-read', 'clipboard-write'] });
  });
  after(async () => {
    await bare.close();
    await browser.close();
    await server.close();
    await world.close();
  });

  for (const language of ['ja', 'en'] as const) {
    it(`can be read by everybody: axe, width, large text, dark (${language})`, async () => {
      const page = await bare.context.newPage();
      const found: string[] = [];
      for (const path of paths) {
        const address = `${server.origin}${path}${path.includes('?') ? '&' : '?'}lang=${language}`;
        const file = `${path.replaceAll(/[/?=]/g, '-').slice(1)}-${language}`;
        const look = async (width: number) => {
          if (PICTURES)
            await page.screenshot({ path: `${PICTURES}/${file}-${width}.png`, fullPage: path !== '/docs' });
        };
        // The reference alone takes a minute by the rules; the walk over all pages has it.
        const byRules = language === 'ja' && path !== '/docs';
        for (const text of await examinePage(page, address, { byRules, look }))
          found.push(`${path}: ${text}`);
      }
      await page.close();
      assert.deepEqual(found, []);
    });
  }

  it('copies an example, and says that it did', async () => {
    const page = await browser.context.newPage();
    await page.goto(`${server.origin}/docs/guides/first-sale?lang=en`);
    const button = page.getByRole('button', { name: 'Copy' }).first();
    await button.click();
    await page.getByRole('button', { name: 'Copied' }).waitFor();
    const copied = await page.evaluate<string>('navigator.clipboard.readText()');
    assert.equal(copied, 'export TABANE_KEY=tbn_…');
    await page.close();
  });

  it('shows one language of an example at a time, with the keyboard and without scripts too', async () => {
    for (const javaScriptEnabled of [true, false]) {
      const plain = await openBrowser({ javaScriptEnabled });
      const page = await plain.context.newPage();
      await page.goto(`${server.origin}/docs/guides/first-sale?lang=en`);
      const [first, second] = [page.locator('.snippet').first(), page.locator('.snippet').nth(1)];
      assert.ok(await first.getByText('curl http').isVisible());
      await first.getByLabel('curl').focus();
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('ArrowRight');
      assert.ok(await first.getByText('import json, os').isVisible());
      assert.ok(!(await first.getByText('curl http').isVisible()));
      assert.equal((await page.getByRole('button', { name: 'Copy' }).count()) > 0, javaScriptEnabled);
      // With scripts the choice holds for every example of the page.
      assert.equal(await second.getByText('import json, os').isVisible(), javaScriptEnabled);
      await plain.close();
    }
  });

  it('marks the section that is being read', async () => {
    const page = await browser.context.newPage();
    await page.setViewportSize({ width: 1_280, height: 800 });
    await page.goto(`${server.origin}/docs?lang=en`);
    const marked = page.locator('.docs-nav [aria-current]');
    for (const anchor of ['money', 'captureCharge', 'object-Charge']) {
      await page.locator(`.docs-nav a[href="#${anchor}"]`).click();
      await page.locator(`.docs-nav a[href="#${anchor}"][aria-current="true"]`).waitFor();
      assert.equal(await marked.count(), 1);
      assert.ok(await marked.isVisible());
    }
    await page.goto(`${server.origin}/docs/guides/refunds?lang=en#money`);
    await page.locator('.docs-nav a[href="#money"][aria-current="true"]').waitFor();
    await page.close();
  });

  it('searches from any of its pages, without scripts', async () => {
    const plain = await openBrowser({ javaScriptEnabled: false });
    const page = await plain.context.newPage();
    await page.goto(`${server.origin}/problems?lang=en`);
    await page.getByRole('searchbox').fill('webhook signature');
    await page.getByRole('searchbox').press('Enter');
    await page.getByRole('link', { name: 'Verify each message' }).click();
    await page.waitForURL(/\/docs\/guides\/webhooks#verify$/);
    await plain.close();
  });
});
