import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { makeAccount, makeInvited, PASSWORD } from '../../support/accounts.ts';
import { openBrowser } from '../../support/browser.ts';
import { makeCompany } from '../../support/factories.ts';
import { openAccountsSite, type AccountsSite } from './accounts-site.ts';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Violations {
  readonly violations: readonly {
    readonly id: string;
    readonly nodes: readonly { readonly html: string }[];
  }[];
}

/** What is wrong with a page: violations that axe finds, and a page wider than its window, also with text of twice the size. */
async function faultsOf(page: Page): Promise<string[]> {
  await page.evaluate(axeSource);
  const { violations } = await page.evaluate<Violations>('axe.run()');
  const faults = violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
  for (const size of ['100%', '200%']) {
    await page.evaluate(`document.documentElement.style.fontSize = '${size}'`);
    const isWide = await page.evaluate<boolean>(
      'document.documentElement.scrollWidth > document.documentElement.clientWidth',
    );
    if (isWide) faults.push(`scrolls sideways at ${size}`);
  }
  return faults;
}

describe('the pages of accounts in a browser', () => {
  let site: AccountsSite;
  before(async () => void (site = await openAccountsSite()));
  after(() => site.close());

  for (const [audience, locale, width] of [
    ['staff', 'ja-JP', 375],
    ['company', 'en-US', 375],
    ['staff', 'en-US', 1_280],
    ['company', 'ja-JP', 1_280],
  ] as const) {
    it(`are accessible and fit for ${audience} in ${locale} at ${width} px`, async () => {
      const { deps } = site.world;
      const companyCode = audience === 'company' ? (await makeCompany(deps)).code : null;
      const { account } = await makeAccount(deps, { companyCode });
      const { token } = await makeInvited(deps, { companyCode });
      const browser = await openBrowser({ locale, viewport: { width, height: 800 } });
      const page = await browser.context.newPage();
      const faults: Record<string, string[]> = {};
      const look = async (path?: string) => {
        if (path !== undefined) await page.goto(site.at(audience, path));
        const found = await faultsOf(page);
        if (found.length > 0) faults[new URL(page.url()).pathname] = found;
      };
      const send = async (form: string) => {
        const button = page.locator(`form[action$="${form}"] button[type="submit"]`);
        await Promise.all([page.waitForEvent('load'), button.first().click()]);
      };
      for (const path of [
        '/forgotten',
        '/forgotten?sent=1',
        '/invitation/none',
        '/password-reset/none',
        '/sign-in/factor',
      ])
        await look(path);
      await look(`/invitation/${token}`);
      await page.fill('#newPassword', PASSWORD);
      await send(token);
      for (const path of ['/enrolment', '/enrolment/passkey', '/enrolment/app']) await look(path);
      await look('/sign-in');
      await page.fill('#email', account.email);
      await page.fill('#password', 'wrong-horse-and-cart');
      await send('/sign-in');
      await look();
      assert.equal(await page.evaluate("document.activeElement.getAttribute('role')"), 'alert');
      await page.fill('#password', PASSWORD);
      await send('/sign-in');
      await look();
      await page.fill('#code', site.nextCode());
      await send('/sign-in/code');
      for (const path of ['', '/account', '/step-up', '/enrolment']) await look(path);
      await page.goto(site.at(audience, '/account'));
      await send('/account/recovery-codes');
      await look();
      await browser.close();
      assert.deepEqual(faults, {});
    });
  }
});
