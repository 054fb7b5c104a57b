import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { openBrowser } from '../../support/browser.ts';
import { openSupportSite, type SupportSite } from '../support/support-site.ts';
import { supportPortal } from '../../../src/portal/support/support.portal.ts';
import { signInAccount } from './accounts-visitors.ts';
import { supportMatrix } from './support-matrix.ts';
import { examinePage } from './examine-page.ts';

/** PICTURES=/tmp/pictures keeps a picture of each page; PAGES=support.line opens only pages whose name begins so. */
const { PICTURES, PAGES = 'support.' } = process.env;
const TABS = 2;

const pages = new Set(supportPortal.pages.map(({ name }) => name));
/** Roles that open most, in this order; each page is opened by the first that may. */
const walkers = ['agent', 'lead', 'administrator', 'auditor'] as const;

describe('every page of the support desk in a real Chromium', () => {
  let site: SupportSite;
  before(async () => void (site = await openSupportSite()));
  after(() => site.close());

  const walks = (['ja', 'en'] as const).flatMap((language) => walkers.map((role) => ({ language, role })));
  for (const { language, role } of walks) {
    const rows = supportMatrix.opened.filter(
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
