import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { listPending } from '../../../src/access/approvals/approval.queries.ts';
import { approveChange } from '../../../src/access/approvals/decide-approval.ts';
import { approvalKinds } from '../../../src/approval-kinds.ts';
import { getAging } from '../../../src/collections/aging.queries.ts';
import { bandOf, dueOnOf } from '../../../src/collections/aging.rules.ts';
import { importCollectionFiles } from '../../../src/collections/import-collection-files.ts';
import { listInvoiceStates } from '../../../src/collections/invoice-states.queries.ts';
import { sqlOf } from '../../../src/database/sql.ts';
import { decideBankRefunds } from '../../../src/refunds/decide-bank-refunds.ts';
import { publicId } from '../../../src/shared/public-id.rules.ts';
import { fakeRun } from '../../support/fake-run.ts';
import { hanako, jiro } from '../../support/people.ts';
import { recordRefunds } from '../../support/refunds.ts';
import { openBillingSite, type BillingSite } from './billing-site.ts';

const HERE = '/billing/collections';
const HEADER = 'invoice_number,result,collected_amount,result_date,sequence,result_code';

describe('collections in the console of billing', () => {
  let site: BillingSite;
  let numbers: string[];
  before(async () => {
    site = await openBillingSite();
    const rows = await sql()
      .selectFrom('line_invoice')
      .select(['number'])
      .where('billingPeriod', '=', '2026-03')
      .orderBy('number')
      .execute();
    numbers = rows.map(({ number }) => number!);
  });
  after(() => site.close());

  const sql = () => sqlOf(site.world.deps.orm.em.fork());
  const folder = (name: string) => join(site.world.deps.config.filesDir, 'collections', name);
  const importInbox = (businessDate: string) =>
    fakeRun(site.world.deps, importCollectionFiles, { job: 'import-collections', businessDate });
  const upload = (content: string, filename = 'mine.csv', role: 'billing' | 'lead' = 'billing') =>
    site.sendFile(role, `${HERE}/files`, { filename, content });

  it('list invoices with their states, by period, group and state, page by page', async () => {
    const all = await site.get('lead', `${HERE}?period=2026-03`);
    for (const number of numbers) assert.ok(all.text.includes(`${HERE}/invoices/${number}`), number);
    const uncollected = await site.get('auditor', `${HERE}?state=uncollected`);
    assert.ok(uncollected.text.includes(numbers[0]!));
    assert.ok(!uncollected.text.includes(numbers[1]!));
    const group = await site.get('billing', `${HERE}?period=2026-03&group=5`);
    assert.equal(group.text.match(/class="row-link"/g)?.length, 1);
    const open = await site.get('billing', `${HERE}?period=2026-01&state=billed`, 'en');
    assert.equal(open.text.match(/class="row-link"/g)?.length, 6);
    const list = (after?: string) =>
      listInvoiceStates(site.world.deps, hanako, { period: '2026-03', after, limit: 4 });
    const first = await list();
    const second = await list(first.at(-1)!.number);
    assert.deepEqual(
      [...first, ...second].map(({ number }) => number),
      numbers,
    );
  });

  it('take a file into the inbox, in whole, for the loop to read', async () => {
    const bad = ['202603-31-9999999,collected,100,2026-05-12,,', `${numbers[2]},collected,,2026-06-30,,`];
    const content = [HEADER, `${numbers[1]},partial,7000,2026-05-12,2,E9`, ...bad, ''].join('\n');
    assert.equal((await upload(content, 'mine.csv', 'lead')).status, 403);
    const cutOff = await upload(content.slice(0, -1));
    assert.equal(cutOff.status, 422);
    assert.match(cutOff.text, /it is cut off/);
    assert.deepEqual(await readdir(folder('inbox')), []);
    const replies = await Promise.all([1, 2].map(() => upload(content)));
    assert.deepEqual(
      replies.map(({ status, location }) => `${status} ${location}`),
      Array(2).fill(`303 ${HERE}/files`),
    );
    assert.deepEqual((await readdir(folder('inbox'))).toSorted(), ['mine-2.csv', 'mine.csv']);
    assert.match((await site.get('auditor', `${HERE}/files`)).text, /mine-2\.csv/);
    await importInbox('2026-05-13');
    const name = '2026-05-13-mine.csv';
    const { text } = await site.get('lead', `${HERE}/files/${name}`);
    assert.match(text, /この番号の請求はありません/);
    assert.match(text, /日付が未来になっています/);
    const mend = await site.get('auditor', `${HERE}/files/${name}/mend`);
    assert.equal(mend.text, [HEADER, ...bad, ''].join('\n'));
    assert.match((await site.get('auditor', `${HERE}/files/${name}/errors`)).text, /invoice-unknown/);
    assert.equal(
      (await site.get('lead', `${HERE}/files/${encodeURIComponent('../inbox/x.csv')}`)).status,
      404,
    );
    const booked = await sql()
      .selectFrom('collection_result')
      .select('invoiceNumber')
      .where('invoiceNumber', '=', numbers[1]!)
      .where('result', '=', 'partial')
      .execute();
    assert.equal(booked.length, 1, 'the same file twice is booked once');
  });

  it('tell what happened to an invoice, and what it costs each company', async () => {
    const { text } = await site.get('lead', `${HERE}/invoices/${numbers[1]}`);
    assert.match(text, /一部回収/);
    assert.match(text, /結果コード E9/);
    assert.match(text, /mine(-2)?\.csv/);
    for (const company of ['aoba', 'hoshizora', 'minato']) assert.match(text, new RegExp(company));
    assert.equal((await site.get('lead', `${HERE}/invoices/202603-31-9999999`)).status, 404);
  });

  it('say how old what is open is: by state and by company the same sum, that of the invoices themselves', async () => {
    const { today, bands, companies } = await getAging(site.world.deps, hanako);
    const invoices = await listInvoiceStates(site.world.deps, hanako, { limit: 1_000 });
    const open = new Map<string, bigint>();
    for (const { billingPeriod, closingGroup, totalMinor, collectedMinor } of invoices) {
      const band = bandOf(dueOnOf(billingPeriod, closingGroup), today);
      open.set(band, (open.get(band) ?? 0n) + totalMinor - collectedMinor);
    }
    assert.ok([...open.values()].filter((minor) => minor > 0n).length >= 3, 'several bands');
    for (const [band, openMinor] of open) {
      const sumOf = (rows: readonly { band: string; openMinor: bigint }[]) =>
        rows.filter((row) => row.band === band).reduce((sum, row) => sum + row.openMinor, 0n);
      assert.equal(sumOf(bands), openMinor, band);
      assert.equal(sumOf(companies), openMinor, `companies, ${band}`);
    }
    const total = [...open.values()].reduce((sum, minor) => sum + minor, 0n);
    const { text } = await site.get('auditor', `${HERE}/aging`, 'en');
    assert.ok(text.includes(`¥${total.toLocaleString('en')} are open`));
  });

  it('has the edges of its bands', () => {
    const days = [
      '2026-05-30',
      '2026-05-31',
      '2026-06-30',
      '2026-07-01',
      '2026-07-30',
      '2026-07-31',
      '2026-08-29',
      '2026-08-30',
    ];
    assert.deepEqual(
      days.map((day) => bandOf('2026-05-31', day)),
      ['not-due', '0-30', '0-30', '31-60', '31-60', '61-90', '61-90', 'over-90'],
    );
  });

  it('show clawbacks that wait, by company, and the charges behind a settlement', async () => {
    const rows = await sql().selectFrom('clawback').select(['kind', 'amountMinor']).execute();
    const total = rows.reduce(
      (sum, { kind, amountMinor }) => (kind === 'clawback' ? sum + amountMinor : sum),
      0n,
    );
    const { text } = await site.get('lead', `${HERE}/clawbacks`, 'en');
    assert.ok(total > 0n);
    assert.ok(text.includes(`¥${total.toLocaleString('en')}`));
    const none = await site.get('lead', `${HERE}/clawbacks/{settlement}`, 'en');
    assert.match(none.text, /This settlement has none/);
    const csv = await site.get('auditor', `${HERE}/clawbacks/{settlement}/csv`);
    assert.match(csv.text, /billing_period,charge,[\s\S]*end,0/);
    assert.equal((await site.get('lead', `${HERE}/clawbacks/S-0`)).status, 404);
  });

  it('reopen a refund by bank by two people, once its charge is collected after all', async () => {
    const { chargeId, number } = await sql()
      .selectFrom('invoice_item as i')
      .innerJoin('line_invoice as l', (join) =>
        join
          .onRef('l.billingPeriod', '=', 'i.billingPeriod')
          .onRef('l.lineId', '=', 'i.lineId')
          .onRef('l.closingGroup', '=', 'i.closingGroup'),
      )
      .select(['i.chargeId', 'l.number'])
      .where('l.billingPeriod', '=', '2026-01')
      .executeTakeFirstOrThrow();
    const [refundId = ''] = await recordRefunds(site.world.deps, [
      { chargeId, amountMinor: 400n, businessDate: '2026-05-13', kind: 'bank' },
    ]);
    const id = publicId('refund', refundId);
    const path = `${HERE}/refunds/${id}`;
    assert.match((await site.get('lead', path)).text, /回収結果待ち/);
    await upload([HEADER, `${number},uncollected,0,2026-05-12,,`, ''].join('\n'), 'first.csv');
    await importInbox('2026-05-13');
    await fakeRun(site.world.deps, decideBankRefunds, { job: 'decide-refunds', businessDate: '2026-12-01' });
    const cancelled = await site.get('lead', path);
    assert.match(cancelled.text, /未回収分と相殺/);
    assert.doesNotMatch(cancelled.text, /支払の再開を申請する/);
    assert.ok((await site.send('lead', path, { reason: 'x' })).status >= 400);
    await upload([HEADER, `${number},collected,,2026-05-13,,`, ''].join('\n'), 'later.csv');
    await importInbox('2026-05-14');
    assert.match((await site.get('lead', path)).text, /400円が、相殺したあとに回収されました/);
    assert.equal((await site.send('billing-approver', path, { reason: 'x' })).status, 403);
    assert.equal((await site.send('lead', path)).status, 422);
    assert.equal((await site.send('lead', path, { reason: '5月に入金' })).location, path);
    assert.equal((await site.send('lead', path, { reason: '5月に入金' })).status, 409);
    assert.match((await site.get('lead', path)).text, /href="\/billing\/approvals\/ap_\w{26}"/);
    const [pending] = await listPending(site.world.deps, `refund:${refundId}`);
    await approveChange(site.world.deps, jiro, approvalKinds, { approvalId: pending!.id });
    const listed = await site.get('lead', `${HERE}/refunds?stage=waiting-account`);
    assert.ok(listed.text.includes(id));
  });
});
