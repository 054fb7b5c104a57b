import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { openBrowser } from '../../../support/browser.ts';
import { signInAccount } from '../../guard/accounts-visitors.ts';
import { openSupportSite, type SupportSite } from '../support-site.ts';

/** From the search box to the answer. */
const MAX_CLICKS = 4;

/** An agent at the desk who takes calls one after the other. */
export interface Desk {
  readonly site: SupportSite;
  readonly page: Page;
  /** Types what the caller says into the box, and presses Enter. */
  search(said: string): Promise<void>;
  click(role: 'link' | 'button', name: string | RegExp): Promise<void>;
  /** The button of the page's form. */
  send(): Promise<void>;
  choose(field: string, value: string): Promise<void>;
  /** What the page says now. */
  reads(...parts: (string | RegExp)[]): Promise<void>;
  /** Ends a call: how many clicks it took. */
  hangUp(): number;
  close(): Promise<void>;
}

export async function openDesk(): Promise<Desk> {
  const site = await openSupportSite();
  const browser = await openBrowser({ locale: 'en-US', viewport: { width: 1280, height: 900 } });
  const { client } = await signInAccount(site.world.deps, site.accounts.get('agent')!, 'staff');
  const url = site.origins.staff;
  await browser.context.addCookies([...client.cookies].map(([name, value]) => ({ name, value, url })));
  browser.context.setDefaultTimeout(20_000);
  const page = await browser.context.newPage();
  const main = page.getByRole('main');
  let clicks = 0;
  return {
    site,
    page,
    search: async (said) => {
      clicks = 0;
      await page.goto(`${site.addressOf('/support')}?lang=en`);
      const box = page.getByRole('searchbox');
      await box.fill(said);
      await box.press('Enter');
      await page.waitForURL(/[?&]q=/);
    },
    click: async (role, name) => {
      clicks += 1;
      await main
        .getByRole(role, { name, exact: typeof name === 'string' })
        .first()
        .click();
    },
    send: async () => {
      clicks += 1;
      await main.locator('form[method=post] button[type=submit]').last().click();
    },
    choose: async (field, value) => void (await main.locator(`[name="${field}"]`).selectOption(value)),
    reads: async (...parts) => {
      for (const part of parts) await main.getByText(part).first().waitFor();
    },
    hangUp: () => {
      const taken = clicks;
      clicks = 0;
      assert.ok(taken <= MAX_CLICKS, `${taken} clicks`);
      return taken;
    },
    close: async () => {
      await browser.close();
      await site.close();
    },
  };
}

/** Says in a form who asked and why. */
export async function giveReason({ page, choose }: Desk, why: string): Promise<void> {
  await choose('askedBy', 'holder');
  await page.getByLabel('Reason', { exact: true }).fill(why);
}
