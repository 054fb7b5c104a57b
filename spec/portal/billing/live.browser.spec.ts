import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { asOwner } from '../../support/as-owner.ts';
import { openBrowser } from '../../support/browser.ts';
import { signInAccount } from '../guard/accounts-visitors.ts';
import { openBillingSite, type BillingSite } from './billing-site.ts';

describe('what runs, in a browser', () => {
  let site: BillingSite;
  before(async () => void (site = await openBillingSite()));
  after(() => site.close());

  it('moves by itself under the strict policy, and the page has it without scripts', async () => {
    const { client } = await signInAccount(site.world.deps, site.accounts.get('billing')!, 'staff');
    const cookies = [...client.cookies].map(([name, value]) => ({ name, value, url: site.origins.staff }));
    const browser = await openBrowser();
    await browser.context.addCookies(cookies);
    const page = await browser.context.newPage();
    const refused: string[] = [];
    page.on('console', (message) => void (message.type() === 'error' && refused.push(message.text())));
    await page.goto(`${site.addressOf('/billing')}?lang=en`);
    await page.getByText('5,000 of 12,500').waitFor();
    await asOwner(site.world.database, (connection) =>
      connection.query(
        "UPDATE run SET done = 9000 WHERE job = 'fold-charges' AND business_date = '2026-05-13'",
      ),
    );
    await page.getByText('9,000 of 12,500').waitFor();
    await page.goto(`${site.addressOf('/billing/runs/2026-05-13/fold-charges')}?lang=en`);
    await page.getByText('9,000 of 12,500').waitFor();
    await asOwner(site.world.database, (connection) =>
      connection.query(
        `UPDATE run SET done = 9500, manifest = '{"elapsedMs":1,"facts":{},"lines":["9500 folded"]}'
         WHERE job = 'fold-charges' AND business_date = '2026-05-13'`,
      ),
    );
    await page.getByText('9,500 of 12,500').waitFor();
    await page.getByText('9500 folded').waitFor();
    assert.deepEqual(refused, []);
    await browser.close();
    const plain = await openBrowser({ javaScriptEnabled: false });
    await plain.context.addCookies(cookies);
    const still = await plain.context.newPage();
    await still.goto(`${site.addressOf('/billing')}?lang=en`);
    assert.equal(await still.getByText('9,500 of 12,500').count(), 1);
    assert.equal(await still.getByRole('link', { name: 'Show the latest state' }).count(), 1);
    await plain.close();
  });
});
