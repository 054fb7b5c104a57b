import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { parseConfig } from '../../../config/config.ts';
import { sqlOf } from '../../../src/database/sql.ts';
import { createPortals } from '../../../src/portal/portals.ts';
import { openBrowser, type TestBrowser } from '../../support/browser.ts';
import { companyMatrix } from './accounts-matrix.ts';
import { makeAccountOf, signInAccount } from './accounts-visitors.ts';
import { examinePage, findViolations, loadRules } from './examine-page.ts';
import { openGuardSite, type GuardSite } from './guard-site.ts';
import { opened } from './role-matrix.ts';

const TABS = 3;
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
          for (const text of await examinePage(page, address, { byRules: language === 'ja' }))
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
      await loadRules(page);
      assert.deepEqual(await findViolations(page), []);
      await page.close();
    });
  }
});
