import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { formatMoney } from '../../../src/shared/money.ts';
import { queryRows } from '../../../src/database/statement-pipeline.ts';
import { openBillingSite, type BillingSite } from './billing-site.ts';

let site: BillingSite;
before(async () => void (site = await openBillingSite()));
after(() => site.close());

async function sumOf(text: string): Promise<bigint> {
  const [row] = await queryRows<{ n: number | string | null }>(site.world.deps.orm.em.fork(), text, []);
  return BigInt(row?.n ?? 0);
}

const yen = (minor: bigint) => formatMoney(minor, site.world.deps.config.currency, 'ja');
const plain = (html: string) => html.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ');
const open = async (query: string, language: 'ja' | 'en' = 'ja') => {
  const reply = await site.get('billing', `/billing/reports${query}`, language);
  assert.equal(reply.status, 200, query);
  return plain(reply.text);
};
const soldIn = (month: string) =>
  sumOf(`SELECT SUM(captured_minor) AS n FROM charge WHERE business_date LIKE '${month}%'`);
/** The last row of the table that is not in the chart. */
const footOf = (text: string) => text.slice(text.lastIndexOf('合計'));

describe('the page of reports', () => {
  it('shows the last 13 months by company, with the total that the charges have, and what is sold today', async () => {
    const text = await open('');
    const sold = await sumOf(
      "SELECT SUM(captured_minor) AS n FROM charge WHERE business_date <= '2026-05-12'",
    );
    assert.ok(sold > 0n);
    assert.ok(footOf(text).includes(yen(sold)), footOf(text));
    assert.match(text, /株式会社あおば音楽/);
    assert.match(text, /2026年5月12日\(火\)までの取引を集計しています。/);
    assert.match(text, /本日はこれまでに売上0件/);
  });

  it('divides what it shows by service, closing group and day', async () => {
    assert.match(await open('?by=service'), /株式会社あおば音楽/);
    const groups = await open('?by=group&grain=period');
    for (const name of ['末日締め', '5日締め', '25日締め']) assert.ok(groups.includes(name), name);
    const day = await open('?grain=day&from=2026-01&through=2026-01&by=time');
    assert.match(day, /2026年1月1日\(木\)/);
    const ofJanuary = await sumOf(
      "SELECT SUM(captured_minor) AS n FROM charge WHERE business_date BETWEEN '2026-01-01' AND '2026-01-31'",
    );
    assert.ok(footOf(day).includes(yen(ofJanuary)));
  });

  it('has the same figures in the chart and beneath it', async () => {
    const { text } = await site.get('billing', '/billing/reports?by=time');
    const alt = /alt="([^"]*)"/.exec(text.slice(text.indexOf('class="chart"')))?.[1] ?? '';
    const most = /最も多いのは(.*?)の([\d,]+円)です/.exec(alt);
    assert.ok(most, alt);
    assert.ok(plain(text.slice(text.indexOf('</figure>'))).includes(`${most[1]} `));
    assert.ok(plain(text.slice(text.indexOf('</figure>'))).includes(most[2]!));
  });

  it('compares with the time before: the sums of both, and the change', async () => {
    const text = await open('?from=2026-04&through=2026-04&compare=previous');
    const [now, before] = [await soldIn('2026-04'), await soldIn('2026-03')];
    assert.ok(footOf(text).includes(`${yen(now)} ${yen(before)}`), footOf(text));
    assert.match(footOf(text), /[+−]\d+\.\d%/);
  });

  it('shows one company when it is asked for, and says when there is none of that code', async () => {
    const text = await open('?company={company}&by=service'.replace('{company}', site.ids.company));
    assert.ok(!text.includes('みなと読書会'));
    assert.match(await open('?company=nobody'), /会社コード「nobody」の会社はありません。/);
  });

  it('has the fees of settlements, what was collected and the clawbacks of companies', async () => {
    const fee = await sumOf("SELECT SUM(fee_ex_tax_minor) AS n FROM settlement WHERE state <> 'rejected'");
    assert.ok(footOf(await open('?report=fees')).includes(yen(fee)));
    const lost =
      await sumOf(`SELECT SUM(IF(kind = 'uncollected', amount_minor, -amount_minor)) AS n FROM ledger_entry
      WHERE kind IN ('uncollected', 'uncollected-back') AND business_date <= '2026-05-12'`);
    assert.ok(footOf(await open('?report=collection')).includes(yen(lost)));
    await open('?report=losses');
    await open('?report=subscriptions');
  });

  it('takes an address that makes no sense for one that says nothing', async () => {
    for (const query of [
      '?report=x&grain=y&by=z&from=2026-13&through=1&compare=q&after=1',
      '?from=1990-01&grain=day',
    ])
      assert.match(await open(query, 'en'), /Total|There are no figures for this choice/);
  });

  it('sends what it shows as CSV, whole: a row for each month and company, and their number', async () => {
    const reply = await site.get('auditor', '/billing/reports/csv?from=2026-01&through=2026-04&by=company');
    assert.equal(reply.status, 200);
    const rows = reply.text.trimEnd().split('\n');
    assert.match(rows[0]!, /期間,コード,会社,件数,売上/);
    assert.equal(rows.at(-1), `合計${rows.length - 2}行`);
    const sold = rows.slice(1, -1).reduce((sum, row) => sum + BigInt(row.split(',')[4]!), 0n);
    const charged = await sumOf(
      "SELECT SUM(captured_minor) AS n FROM charge WHERE business_date BETWEEN '2026-01-01' AND '2026-04-30'",
    );
    assert.equal(sold, charged);
    const none = await site.get('auditor', '/billing/reports/csv?company=nobody');
    assert.equal(none.status, 404);
  });
});
