import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import type { AccountAudience } from '../../../src/accounts/account.rules.ts';
import type { Portal } from '../../../src/portal/kit/define-portal.ts';
import { openBrowser } from '../../support/browser.ts';
import type { ConsoleIds, StaffConsole } from '../staff-console.ts';
import { signInAccount } from './accounts-visitors.ts';
import { examinePage } from './examine-page.ts';
import type { MatrixRow } from './read-matrix.ts';

/** PICTURES=/tmp/pictures keeps a picture of each page; PAGES=billing.run opens only pages whose name begins so. */
const { PICTURES, PAGES = '' } = process.env;
const TABS = 2;

type WalkedSite = Pick<StaffConsole<ConsoleIds>, 'world' | 'accounts' | 'origins' | 'addressOf' | 'close'>;

/** A console whose pages are walked. */
export interface WalkedConsole {
  readonly portal: Portal;
  /** Of the people who walk; the staff by default. */
  readonly audience?: AccountAudience;
  readonly opened: readonly MatrixRow<string>[];
  /** Roles that open most, in this order; each page is opened by the first that may. */
  readonly walkers: readonly string[];
  open(): Promise<WalkedSite>;
}

/** Declares the specs that open every page of a console in both languages, by a role that may, and look for what is wrong with it. */
export function walkConsole(
  title: string,
  { portal, audience = 'staff', opened, walkers, open }: WalkedConsole,
): void {
  const pages = new Set(portal.pages.map(({ name }) => name));
  const walkerOf = ({ expected }: MatrixRow<string>) => walkers.find((one) => expected[one] === 200);

  describe(title, () => {
    let site: WalkedSite;
    before(async () => void (site = await open()));
    after(() => site.close());

    const walks = (['ja', 'en'] as const).flatMap((language) => walkers.map((role) => ({ language, role })));
    for (const { language, role } of walks) {
      const rows = opened.filter(
        (row) => pages.has(row.name) && row.name.startsWith(PAGES) && walkerOf(row) === role,
      );
      if (rows.length === 0) continue;
      it(`passes axe, title, heading, width, large text and dark for ${role} (${language})`, async () => {
        const browser = await openBrowser({ bypassCSP: true });
        const { client } = await signInAccount(site.world.deps, site.accounts.get(role)!, audience);
        const url = site.origins[audience];
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
            for (const text of await examinePage(page, localised, { byRules: language === 'ja', look }))
              found.push(`${name}: ${text}`);
          }
        };
        await Promise.all(Array.from({ length: TABS }, examineQueued));
        await browser.close();
        assert.deepEqual(found.sort(), []);
      });
    }
  });
}
