import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { openBrowser, type TestBrowser } from '../../support/browser.ts';
import { openSandboxSite, type SandboxCompany, type SandboxSite } from '../../support/sandbox-site.ts';
import { blocksOf, openShell, type ShellSession } from './shell-session.ts';

/** Ten minutes for a person, who reads too; the machine has much less to do. */
const MAX_MINUTES = 10;

describe('the guide to the sandbox, walked through as it is written', () => {
  let site: SandboxSite;
  let browser: TestBrowser;
  before(async () => {
    site = await openSandboxSite();
    browser = await openBrowser();
  });
  after(async () => {
    await browser.close();
    await site.close();
  });

  const words = {
    ja: { accepted: '承認される', limit: '上限を超える', otherId: '別のIDを使う', confirm: /^確認して購入/ },
    en: { accepted: 'Accepted', limit: 'Limit reached', otherId: 'Use another ID', confirm: /^Confirm/ },
  };
  for (const language of ['ja', 'en'] as const) {
    describe(language, () => {
      let company: SandboxCompany;
      let shell: ShellSession;
      let page: Page;
      let blocks: string[];
      let startedMs: number;
      before(async () => {
        startedMs = performance.now();
        company = await site.newCompany(`shop-${language}`);
        shell = await openShell();
        page = await browser.context.newPage();
        await page.setExtraHTTPHeaders({ 'accept-language': language });
        // The shop is nobody's: its page is made up here.
        await page.route('https://shop.example/**', (route) => route.fulfill({ body: 'back at the shop' }));
        const headers = { 'accept-language': language };
        const guide = await fetch(`${site.origin}/docs/guides/sandbox`, { headers });
        blocks = blocksOf(await guide.text());
      });
      after(async () => {
        await page.close();
        await shell.close();
      });
      /** Opens the address that the command printed last, and presses the button of a person. */
      const openAs = async (printed: string, person: string, otherId?: string) => {
        const address = printed.trimEnd().split('\n').at(-1) ?? '';
        assert.ok(address.startsWith(`${site.origin}/sandbox/`), printed);
        await page.goto(`${address}?lang=${language}`);
        assert.ok(await page.getByText('SANDBOX').first().isVisible());
        if (otherId) await page.getByRole('button', { name: otherId }).click();
        await page.getByRole('button', { name: person }).click();
      };

      it('sells, and gives a part back', async () => {
        const [setKey = '', service = '', create = '', read = '', refund = ''] = blocks;
        await shell.paste(setKey.replace('tbs_…', company.token));
        assert.match(await shell.paste(service), /"code":"shop-\w+-video"/);
        await openAs(await shell.paste(create), words[language].accepted);
        await page.getByRole('button', { name: words[language].confirm }).click();
        await page.locator('a[href^="https://shop.example/"]').click();
        await page.waitForURL('https://shop.example/orders/1?**');
        assert.match(await shell.paste(read), /"state":"captured"$/m);
        const seconds = (performance.now() - startedMs) / 1_000;
        console.log(`from the guide to a sale in the sandbox: ${seconds.toFixed(1)} s (${language})`);
        assert.ok(seconds < MAX_MINUTES * 60);
        assert.match(await shell.paste(refund), /"refunded_amount":300$/m);
      });

      it('shows a refusal, and where its reason is', async () => {
        const [, , create = '', , , refused = '', ...rest] = blocks;
        assert.deepEqual(rest, []);
        await openAs(await shell.paste(create), words[language].limit, words[language].otherId);
        assert.equal(await page.getByRole('button', { name: words[language].confirm }).count(), 0);
        assert.match(await shell.paste(refused), /"refusal":"limit-reached/);
      });
    });
  }
});
