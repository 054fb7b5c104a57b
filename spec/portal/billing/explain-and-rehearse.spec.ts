import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { executeRehearsals } from '../../../src/rehearsals/execute-rehearsal.ts';
import { openBillingSite, type BillingSite } from './billing-site.ts';

/** The first link on a page whose address has this part. */
const linkOf = (text: string, part: string) =>
  [...text.matchAll(/href="(\/billing\/explain\/[^"?]+)"/g)]
    .map(([, href]) => href!)
    .find((href) => href.includes(part));

describe('the pages that explain figures', () => {
  let site: BillingSite;
  before(async () => void (site = await openBillingSite()));
  after(() => site.close());

  const explain = (path: string, language: 'ja' | 'en' = 'en') =>
    site.get('auditor', `/billing/explain/${path}`, language);
  it('lead from a payout by its links to a charge and the invoice that it is on', async () => {
    const number = site.ids.settlement;
    let text = (await explain(`settlement/${number}/payout`)).text;
    assert.match(text, /Adds up/);
    for (const part of ['/billed', '/service.', '/line.', '/charge/', '/invoice/', '/supplier.']) {
      const href = linkOf(text, part);
      assert.ok(href, `a link with ${part}`);
      ({ text } = await site.get('auditor', href, 'en'));
      assert.match(text, /Adds up/, part);
    }
    assert.match(text, /<nav class="crumbs"/);
  });

  it('word the fee by its tariff, in both languages', async () => {
    const path = `settlement/${site.ids.settlement}/fee`;
    const [ja, en] = [await explain(path, 'ja'), await explain(path)];
    assert.match(ja.text, /1回線あたりの平均額/);
    assert.match(en.text, /average per line/i);
    assert.match(en.text, / · rounded down/);
  });

  it('say what does not add up, with what it comes to', async () => {
    const change = (by: number) =>
      site.world.deps.orm.em
        .fork()
        .getConnection()
        .execute(
          'UPDATE settlement SET fee_ex_tax_minor = fee_ex_tax_minor + ?, payout_minor = payout_minor - ? WHERE number = ?',
          [by, by, site.ids.draft],
        );
    await change(1);
    const { text } = await explain(`settlement/${site.ids.draft}/fee`);
    await change(-1);
    assert.match(text, /This does not add up/);
    assert.match(text, /but its parts come to ¥/);
  });

  it('have no page for an address that names nothing', async () => {
    for (const path of [
      'settlement/x/payout',
      `settlement/${site.ids.settlement}/all`,
      'charge/ch_1/captured',
    ])
      assert.equal((await explain(path)).status, 404, path);
  });
});

describe('the pages of rehearsals', () => {
  let site: BillingSite;
  before(async () => void (site = await openBillingSite()));
  after(() => site.close());

  it('start one, show how far it is, then its outcome, and refuse a second one meanwhile', async () => {
    const { deps } = site.world;
    const started = await site.send('billing', '/billing/rehearsals', { subject: '2026-04' });
    assert.equal(started.status, 303);
    const path = new URL(started.location!, 'https://staff.example').pathname;
    const waiting = await site.get('billing', path, 'en');
    assert.match(waiting.text, /Waits for its turn/);
    assert.ok(waiting.headers.get('refresh'));
    const second = await site.send('billing-approver', '/billing/rehearsals', { subject: '2026-04' });
    assert.equal(second.status, 409);
    assert.match((await site.get('billing', '/billing/rehearsals', 'en')).text, /under way/);
    await executeRehearsals(deps);
    const { text, headers } = await site.get('billing', path, 'en');
    assert.match(text, /Settlements by company/);
    assert.equal(headers.get('refresh'), null);
  });

  it('refuse what is no month, and a night in which nothing closes', async () => {
    assert.equal((await site.send('billing', '/billing/rehearsals', { subject: 'all' })).status, 422);
    assert.equal((await site.send('billing', '/billing/rehearsals', { subject: 'night' })).status, 422);
  });

  it('stand beside the real closes, as far as there are any', async () => {
    const { text } = await site.get('auditor', `/billing/rehearsals/${site.ids.rehearsal}/comparison`, 'en');
    assert.match(text, /The closes are compared/);
    assert.match(text, /not closed/);
  });

  it('offer no start to those who only look', async () => {
    assert.doesNotMatch((await site.get('auditor', '/billing/rehearsals', 'en')).text, /Start the rehearsal/);
    assert.match((await site.get('billing', '/billing/rehearsals', 'en')).text, /Start the rehearsal/);
  });
});
