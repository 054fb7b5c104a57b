import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { parseConfig } from '../../../config/config.ts';
import { sqlOf } from '../../../src/database/sql.ts';
import { createPortals } from '../../../src/portal/portals.ts';
import { openBrowser, type TestBrowser } from '../../support/browser.ts';
import { companyMatrix } from './accounts-matrix.ts';
import { makeAccountOf, signInAccount } from './accounts-visitors.ts';
import { openGuardSite, type GuardSite } from './guard-site.ts';
import { opened } from './role-matrix.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const WIDE = { width: 1_280, height: 800 };
const PHONE = { width: 375, height: 812 };
const TABS = 3;
/** Rules whose answer depends on how wide the page is: the others have read the same elements at the first width. */
const LAYOUT_RULES = ['target-size', 'scrollable-region-focusable', 'link-in-text-block', 'color-contrast'];

const pageNames = new Set(
  createPortals(parseConfig({}))
    .flatMap(({ pages }) => pages)
    .map(({ name }) => name),
);
/** Every page that shows something to the holder of a line, or to an owner of a company. */
const walked = [
  ...opened.filter(({ name, expected }) => pageNames.has(name) && expected['line-holder'] !== 303),
  ...companyMatrix.opened.filter(({ expected }) => expected.owner !== 303),
];

/** The document of a browser, for the compiler. */
interface Root {
  readonly documentElement: { scrollWidth: number; clientWidth: number; style: { fontSize: string } };
}

interface AxeWindow {
  readonly document: Root;
  readonly axe: {
    run(
      root: unknown,
      options: object,
    ): Promise<{ violations: { id: string; nodes: { target: unknown[]; failureSummary: string }[] }[] }>;
  };
}

/** What the rules find, as text; of the rules named only, if any are. */
async function findViolations(page: Page, rules?: readonly string[]): Promise<string[]> {
  const runOnly = rules ? { type: 'rule', values: rules } : { type: 'tag', values: RULES };
  return page.evaluate(async (only) => {
    const { axe: run, document } = globalThis as unknown as AxeWindow;
    const { violations } = await run.run(document, {
      runOnly: only,
      resultTypes: ['violations'],
      preload: false,
    });
    return violations.flatMap(({ id, nodes }) =>
      nodes
        .slice(0, 3)
        .map(
          ({ target, failureSummary }) => `${id} ${String(target)} ${failureSummary.split('\n')[1] ?? ''}`,
        ),
    );
  }, runOnly);
}

/** Whether the page is wider than its window. */
const isTooWide = (page: Page) =>
  page.evaluate(() => {
    const { documentElement } = (globalThis as unknown as AxeWindow).document;
    return documentElement.scrollWidth > documentElement.clientWidth;
  });

/** Everything that is wrong with a page at both widths, with large text, and in the dark, whose colours no language changes. */
async function examine(
  page: Page,
  address: string,
  { isDarkToo }: { isDarkToo: boolean },
): Promise<string[]> {
  await page.setViewportSize(WIDE);
  await page.emulateMedia({ colorScheme: 'light' });
  await page.goto(address);
  await page.evaluate(axe);
  const found: string[] = [];
  if ((await page.title()).length < 3) found.push('no title');
  if ((await page.locator('h1').count()) !== 1) found.push('not one h1');
  found.push(...(await findViolations(page)));
  if (isDarkToo) {
    await page.emulateMedia({ colorScheme: 'dark' });
    found.push(...(await findViolations(page, ['color-contrast'])).map((text) => `dark: ${text}`));
    await page.emulateMedia({ colorScheme: 'light' });
  }
  await page.setViewportSize(PHONE);
  if (await isTooWide(page)) found.push('scrolls sideways on a phone');
  found.push(...(await findViolations(page, LAYOUT_RULES)).map((text) => `phone: ${text}`));
  await page.evaluate(() => {
    (globalThis as unknown as AxeWindow).document.documentElement.style.fontSize = '200%';
  });
  if (await isTooWide(page)) found.push('scrolls sideways with large text');
  return found;
}

describe('every page in a real Chromium', () => {
  let site: GuardSite;
  let browser: TestBrowser;
  before(async () => {
    site = await openGuardSite();
    browser = await openBrowser({ bypassCSP: true });
    const { deps } = site.world;
    const { code } = await sqlOf(deps.orm.em.fork())
      .selectFrom('company')
      .select('code')
      .executeTakeFirstOrThrow();
    const owner = await signInAccount(deps, await makeAccountOf(deps, code, 'owner'), 'company');
    const { client } = await site.newVisitor('line-holder');
    const cookies = [...client.cookies, ...owner.client.cookies];
    await browser.context.addCookies(cookies.map(([name, value]) => ({ name, value, url: site.origin })));
  });
  after(async () => {
    await browser.close();
    await site.close();
  });

  for (const language of ['ja', 'en'] as const) {
    it(`is open to everybody: axe, title, heading, width, large text, dark (${language})`, async () => {
      const queue = [...walked];
      const found: string[] = [];
      const examineQueued = async () => {
        const page = await browser.context.newPage();
        for (let row = queue.shift(); row; row = queue.shift()) {
          const address = `${site.addressOf(row.path)}?lang=${language}`;
          for (const text of await examine(page, address, { isDarkToo: language === 'ja' }))
            found.push(`${row.name}: ${text}`);
        }
        await page.close();
      };
      await Promise.all(Array.from({ length: TABS }, examineQueued));
      assert.deepEqual(found.sort(), []);
    });
  }

  for (const path of ['/kit', '/my/sign-in', '/my/forgotten', '/my/purchases/{purchase}/message']) {
    it(`says first what was refused, and its title too: ${path}`, async () => {
      const page = await browser.context.newPage();
      await page.goto(`${site.addressOf(path)}?lang=ja`);
      await page.locator('main form[method="post"] button[type="submit"]').first().click();
      await page.waitForLoadState();
      assert.match(await page.title(), /^エラー：/);
      assert.match((await page.locator(':focus').getAttribute('class')) ?? '', /error-summary/);
      const link = page.locator('.error-summary a').first();
      const field = (await link.getAttribute('href'))!.slice(1);
      await link.click();
      assert.equal(await page.locator(':focus').getAttribute('id'), field);
      await page.evaluate(axe);
      assert.deepEqual(await findViolations(page), []);
      await page.close();
    });
  }
});
