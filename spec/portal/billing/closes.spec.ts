import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import { sqlOf } from '../../../src/database/sql.ts';
import { listProofEquations, proofNames } from '../../../src/invoices/proof-equations.ts';
import { translator } from '../../../src/portal/messages/translate.ts';
import { hanako } from '../../support/people.ts';
import { runAsOwner } from '../../support/as-owner.ts';
import { openBillingSite, type BillingSite } from './billing-site.ts';

const t = translator('ja');
const count = (text: string, shown: string) => text.split(shown).length - 1;

describe('closes in the console of billing', () => {
  let site: BillingSite;
  before(async () => void (site = await openBillingSite()));
  after(() => site.close());

  it('lists the periods by month and closing group, and those of one state', async () => {
    const { text } = await site.get('auditor', '/billing/closes');
    for (const shown of ['2026年4月分', '月末締め', '5日締め', t('billing.closes.state.open')])
      assert.ok(text.includes(shown), shown);
    const open = await site.get('auditor', '/billing/closes?state=open');
    assert.ok(!open.text.includes('href="/billing/closes/2026-04/end"'));
    assert.ok(open.text.includes('href="/billing/closes/2026-04/25"'));
    assert.equal((await site.get('auditor', '/billing/closes?state=nothing')).status, 400);
  });

  it('shows every equation of a proven close in figures, and that it holds', async () => {
    const { text } = await site.get('auditor', '/billing/closes/2026-03/end');
    for (const name of proofNames) assert.ok(text.includes(t(`billing.closes.proof.${name}`)), name);
    assert.equal(count(text, t('billing.closes.holds')) >= proofNames.length, true);
    assert.ok(!text.includes(t('billing.closes.fails')));
    assert.ok(text.includes(t('billing.closes.all-hold', { count: proofNames.length })));
    assert.ok(text.includes('/billing/settlements?period=2026-03'));
    assert.ok(text.includes(t('billing.closes.no-parked')));
    assert.ok(!text.includes('invoice-details.csv'), 'an auditor takes no purchases away');
  });

  it('leads from its invoices and their total to the very invoices, which come to as many and as much', async () => {
    const { text } = await site.get('auditor', '/billing/closes/2026-03/end');
    const links = [...text.matchAll(/<a href="(\/billing\/records\/invoices[^"]+)">([^<]+)<\/a>/g)];
    assert.equal(links.length, 2);
    const [[, href = '', invoices = ''] = [], [, , total = ''] = []] = links;
    const listed = await site.get('auditor', href.replaceAll('&amp;', '&'));
    assert.equal(listed.status, 200);
    assert.ok(listed.text.includes(t('billing.records.found', { count: invoices, amount: total })));
  });

  it('sends the invoice details to who exports them, or says that the file is lost', async () => {
    const path = '/billing/closes/2026-03/end';
    const without = await site.get('billing', path);
    assert.ok(without.text.includes(t('billing.closes.missing')));
    assert.ok(!without.text.includes('invoice-details.csv'));
    const lost = await site.get('billing', `${path}/invoice-details.csv`);
    assert.equal(lost.status, 409);
    assert.ok(lost.text.includes(t('problem.illegal-state-invoice-details-lost.title')));
    const folder = join(site.world.deps.config.filesDir, 'invoices');
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, '2026-03-31.csv'), 'invoice_number\n');
    const page = await site.get('billing', path);
    assert.ok(page.text.includes(`${path}/invoice-details.csv`));
    assert.ok(page.text.includes(t('billing.closes.bytes', { size: '15' })));
    const file = await site.get('billing', `${path}/invoice-details.csv`);
    assert.equal(file.text, 'invoice_number\n');
    assert.match(file.headers.get('content-disposition')!, /filename="invoice-details-2026-03-31.csv"/);
    const other = await site.get('auditor', `${path}/invoice-details.csv`);
    assert.equal(other.status, 403);
  });

  it('says that charges of an open period wait for the fold', async () => {
    const { text } = await site.get('billing', '/billing/closes/2026-04/25?count=again');
    assert.ok(text.includes(t('billing.closes.one.open', { date: '2026年5月25日(月)' })));
    const shown = [t('billing.closes.not-folded'), t('billing.closes.all-hold', { count: 7 })];
    assert.ok(shown.some((verdict) => text.includes(verdict)));
    const unasked = await site.get('billing', '/billing/closes/2026-04/25');
    assert.ok(unasked.text.includes(t('billing.closes.count')));
  });

  it('names what was parked, with its run', async () => {
    const { deps } = site.world;
    await sqlOf(deps.orm.em.fork())
      .insertInto('parked')
      .values({
        job: 'settle-companies',
        businessDate: '2026-04-25',
        subject: '2026-03/minato',
        reason: 'the company has no bank account',
        createdAt: deps.clock.now(),
      })
      .execute();
    const { text } = await site.get('auditor', '/billing/closes/2026-03/5');
    assert.match(text, /2026-03\/minato[\s\S]*\/billing\/runs\/2026-04-25\/settle-companies/);
  });

  it('finds what differs after a close', async () => {
    const { deps } = site.world;
    const key = { period: '2026-03', closingGroup: 5, state: 'closed' } as const;
    const database = sqlOf(deps.orm.em.fork());
    await runAsOwner(site.world.database, 'DROP TRIGGER line_invoice_tax_is_final');
    await sql`UPDATE line_invoice_tax SET total_minor = total_minor + 1
      WHERE billing_period = '2026-03' AND closing_group = 5`.execute(database);
    const equations = await listProofEquations(deps, hanako, key);
    const failing = equations.filter(({ holds }) => !holds).map(({ name }) => name);
    assert.deepEqual(failing, ['invoices-and-tax']);
    const { text } = await site.get('auditor', '/billing/closes/2026-03/5');
    assert.ok(text.includes(t('billing.closes.fails')));
    assert.ok(text.includes(t('billing.closes.some-fail', { count: '1' })));
  });
});
