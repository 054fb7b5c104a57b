import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { openBrowser } from '../../support/browser.ts';
import { signInAccount } from '../guard/accounts-visitors.ts';
import { openSupportSite, type SupportSite } from './support-site.ts';

describe('the page of a line in a real Chromium', () => {
  let site: SupportSite;
  before(async () => void (site = await openSupportSite()));
  after(() => site.close());

  async function openLine(options: { readonly javaScriptEnabled?: boolean } = {}) {
    const browser = await openBrowser(options);
    const { client } = await signInAccount(site.world.deps, site.accounts.get('agent')!, 'staff');
    const url = site.origins.staff;
    await browser.context.addCookies([...client.cookies].map(([name, value]) => ({ name, value, url })));
    const page = await browser.context.newPage();
    const requests: string[] = [];
    page.on('request', (request) => requests.push(new URL(request.url()).pathname));
    await page.goto(site.addressOf('/support/lines/{line}?lang=en'));
    return { browser, page, requests };
  }

  it('reads each part once it comes into view, and once', async () => {
    const { browser, page, requests } = await openLine();
    const part = (name: string) => requests.filter((path) => path.endsWith(`/${name}`)).length;
    assert.equal(part('history'), 0);
    const history = page.locator('section[aria-labelledby="history"]');
    await history.scrollIntoViewIfNeeded();
    await history.locator('table').waitFor();
    const charges = page.locator('section[aria-labelledby="charges"]');
    await charges.scrollIntoViewIfNeeded();
    await charges.getByRole('link', { name: '夏の主題歌' }).waitFor();
    await history.scrollIntoViewIfNeeded();
    assert.deepEqual([part('history'), part('charges')], [1, 1]);
    await browser.close();
  });

  it('has a link to each part without scripts', async () => {
    const { browser, page } = await openLine({ javaScriptEnabled: false });
    await page.locator('section[aria-labelledby="charges"]').getByRole('link', { name: 'Show' }).click();
    await page.getByRole('link', { name: '夏の主題歌' }).waitFor();
    await browser.close();
  });
});
