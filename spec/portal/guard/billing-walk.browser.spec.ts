import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { openBrowser } from '../../support/browser.ts';
import { openBillingSite, type BillingSite } from '../billing/billing-site.ts';
import { billingPortal } from '../../../src/portal/billing/billing.portal.ts';
import { signInAccount } from './accounts-visitors.ts';
import { billingMatrix } from './billing-matrix.ts';
import { examinePage } from './examine-page.ts';

/** PICTURES=/tmp/pictures keeps a picture of each page; PAGES=billing.run opens only pages whose name begins so. */
const { PICTURES, PAGES = 'billing.' } = process.env;
const TABS = 2;

const pages = new Set(billingPortal.pages.map(({ name }) => name));
/** Roles that open most, in this order; each page is opened by the first that may. */
const walkers = ['billing', 'billing-approver', 'administrator', 'lead', 'auditor'] as const;

describe('every page of the console of billing in a real Chromium', () => {
  let site: BillingSite;
  before(async () => void (site = await openBillingSite()));
  after(() => site.close());

  const walks = (['ja', 'en'] as const).flatMap((language) => walkers.map((role) => ({ language, role })));
  for (const { language, role } of walks) {
    const rows = billingMatrix.opened.filter(
      ({ name, expected }) =>
        pages.has(name) && name.startsWith(PAGES) && walkers.find((one) => expected[one] === 200) === role,
    );
    if (rows.length === 0) continue;
    it(`passes axe, title, heading, width, large text and dark for ${role} (${language})`, async () => {
      const browser = await openBrowser({ bypassCSP: true });
      const { client } = await signInAccount(site.world.deps, site.accounts.get(role)!, 'staff');
      const url = site.origins.staff;
      await browser.context.addCookies([...client.cookies].map(([name, value]) => ({ name, value, url })));
      const queue = [...rows];
      const found: string[] = [];
      const examineQueued = async () => {
        const page = await browser.context.newPage();
        for (let row = queue.shift(); row; row = queue.shift()) {
          const { name } = row;
          const address = site.addressOf(row.path);
          const look = async (width: number) => {
            if (PICTURES === undefined) return;
            mkdirSync(PICTURES, { recursive: true });
            await page.screenshot({ path: `${PICTURES}/${name}-${language}-${width}.png`, fullPage: true });
          };
          const localised = `${address}${address.includes('?') ? '&' : '?'}lang=${language}`;
          for (const text of await examinePage(page, localised, { isDarkToo: language === 'ja', look }))
            found.push(`${name}: ${text}`);
        }
      };
      await Promise.all(Array.from({ length: TABS }, examineQueued));
      await browser.close();
      assert.deepEqual(found.sort(), []);
    });
  }
});
