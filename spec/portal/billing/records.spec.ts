import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { queryRows } from '../../../src/database/statement-pipeline.ts';
import { openPayoutFile } from '../../../src/records/open-payout-file.ts';
import { sealPath } from '../../../src/seals/seal-files.ts';
import { sealDay } from '../../../src/seals/seal-day.ts';
import { formatMoney } from '../../../src/shared/money.ts';
import { correctStatement } from '../../../src/statements/correct-statement.ts';
import { renderStatements } from '../../../src/statements/render-statements.ts';
import { fakeRun } from '../../support/fake-run.ts';
import { hanako } from '../../support/people.ts';
import { openBillingSite, type BillingSite } from './billing-site.ts';

let site: BillingSite;
before(async () => {
  site = await openBillingSite();
  const { deps } = site.world;
  await fakeRun(deps, renderStatements, { job: 'render-statements', businessDate: '2026-05-13' });
  await run("UPDATE company SET name = '株式会社あおば音楽出版' WHERE code = 'aoba'");
  await correctStatement(deps, hanako, { companyCode: 'aoba', period: '2026-01', reason: '社名の誤り' });
  await fakeRun(deps, sealDay, { job: 'seal-day', businessDate: '2026-05-12' });
  await fakeRun(deps, sealDay, { job: 'seal-day', businessDate: '2026-05-13' });
});
after(() => site.close());

const em = () => site.world.deps.orm.em.fork();
const run = (text: string) => em().getConnection().execute(text);
const read = <Row extends object>(text: string) => queryRows<Row>(em(), text, []);
const plain = (html: string) => html.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ');
const open = async (path: string, role: 'billing' | 'auditor' = 'billing') => {
  const reply = await site.get(role, path);
  assert.equal(reply.status, 200, path);
  return reply.text;
};
const yen = (minor: bigint) => formatMoney(minor, site.world.deps.config.currency, 'ja');
const hashOf = (text: string | Buffer) => createHash('sha256').update(text).digest('hex');

describe('the search of documents', () => {
  it('finds statements and their corrections by date, amount and company, and adds them up', async () => {
    const all = plain(await open('/billing/records'));
    const [sums] = await read<{ n: number; paid: string }>(
      'SELECT COUNT(*) AS n, SUM(payout_minor) AS paid FROM settlement JOIN statement_file ON settlement_id = id',
    );
    const [aoba] = await read<{ number: string; paid: string; fixed: string }>(
      `SELECT s.number, s.payout_minor AS paid, r.number AS fixed FROM settlement s JOIN company c ON c.id = s.company_id
       JOIN statement_correction r ON r.settlement_id = s.id WHERE c.code = 'aoba'`,
    );
    assert.ok(all.includes(`${sums!.n + 1}件 合計${yen(BigInt(sums!.paid) + BigInt(aoba!.paid))}`), all);
    const ofCompany = plain(await open('/billing/records?party=ａｏｂａ'));
    assert.ok(ofCompany.includes(aoba!.number) && ofCompany.includes(aoba!.fixed));
    assert.match(ofCompany, /2件 合計/);
    assert.match(plain(await open('/billing/records?party=ほしぞら')), /1件 合計/);
    assert.match(plain(await open(`/billing/records?party=aoba&to=2026-05-01`)), /1件 合計/);
    assert.match(plain(await open(`/billing/records?party=aoba&from=2026-05-02`)), /1件 合計/);
    assert.match(
      plain(await open(`/billing/records?party=aoba&min=${aoba!.paid}&max=${aoba!.paid}`)),
      /2件 合計/,
    );
    assert.match(
      plain(await open(`/billing/records?party=aoba&min=${BigInt(aoba!.paid) + 1n}`)),
      /ありません/,
    );
    assert.match(plain(await open('/billing/records?party=nobody')), /条件に合う書類はありません/);
  });

  it('opens a statement as it was issued, also when its file is lost or another one', async () => {
    const [file] = await read<{ checksum: string }>(
      `SELECT f.checksum FROM statement_file f JOIN settlement s ON s.id = f.settlement_id
       JOIN company c ON c.id = s.company_id WHERE c.code = 'aoba'`,
    );
    const folder = join(site.world.deps.config.filesDir, 'statements');
    const get = async () =>
      (await site.get('billing', '/billing/records/statements/aoba/2026-01/1/pdf')).text;
    const figures = plain(await open('/billing/records/statements/aoba/2026-01/1'));
    assert.ok(figures.includes(file!.checksum), figures);
    const issued = await get();
    assert.ok(issued.startsWith('%PDF'));
    await rm(join(folder, 'aoba-2026-01.pdf'));
    assert.equal(await get(), issued);
    await writeFile(join(folder, 'aoba-2026-01.pdf'), '%PDF of another amount');
    assert.equal(await get(), issued);
    assert.match(plain(await open('/billing/records/statements/aoba/2026-01/2')), /訂正前の書類/);
    assert.match(await open('/billing/records/statements/aoba/2026-01/1/e-invoice'), /<\?xml/);
    assert.equal((await site.get('billing', '/billing/records/statements/aoba/2026-01/9')).status, 409);
    assert.equal((await site.get('billing', '/billing/records/statements/aoba/2026-01/x')).status, 404);
  });

  it('finds line invoices by line, holder and amount, page after page, each once', async () => {
    const [one] = await read<{ number: string; holder: string; total: string }>(
      `SELECT number, holder, total_minor AS total FROM line_invoice WHERE line_id = '${site.ids.line}' AND billing_period = '2026-03'`,
    );
    const ofLine = await open(`/billing/records/invoices?party=${site.ids.line.toLowerCase()}`);
    assert.ok(ofLine.includes(one!.number));
    if (one!.holder)
      assert.ok(
        (await open(`/billing/records/invoices?party=${encodeURIComponent(one!.holder)}`)).includes(
          one!.number,
        ),
      );
    assert.ok(
      (await open(`/billing/records/invoices?min=${one!.total}&max=${one!.total}`)).includes(one!.number),
    );
    assert.ok(
      !(await open(`/billing/records/invoices?min=${BigInt(one!.total) + 1n}`)).includes(one!.number),
    );
    const page = plain(await open(`/billing/records/invoices/${one!.number}/1`));
    assert.ok(page.includes(yen(BigInt(one!.total))));
    assert.ok((await open(`/billing/records/invoices/${one!.number}/1/pdf`)).startsWith('%PDF'));
  });

  it('finds payout files by payee and company, and opens what was sent', async () => {
    const number = site.ids['payout-run'];
    const [sent] = await read<{ checksum: string; payee: string; total: string }>(
      `SELECT r.checksum, p.payee, r.total_minor AS total FROM payout_run r JOIN payout p ON p.run_id = r.id WHERE r.number = '${number}'`,
    );
    for (const query of [
      '',
      '?party=aoba',
      `?party=${encodeURIComponent(sent!.payee)}`,
      `?min=${sent!.total}`,
    ])
      assert.ok((await open(`/billing/records/payout-files${query}`)).includes(`>${number}<`), query);
    assert.ok(!(await open('/billing/records/payout-files?party=nobody')).includes(`>${number}<`));
    assert.ok(
      !(await open(`/billing/records/payout-files?min=${BigInt(sent!.total) + 1n}`)).includes(`>${number}<`),
    );
    const { body } = await openPayoutFile(site.world.deps, hanako, { number });
    assert.equal(hashOf(body as Buffer), sent!.checksum);
    const reply = await site.get('auditor', `/billing/records/payout-files/${number}/file`);
    assert.ok(reply.headers.get('content-disposition')?.includes(`${number}.txt`));
    assert.ok((await open(`/billing/records/payout-files/${number}`)).includes(sent!.checksum));
  });
});

describe('the journal', () => {
  it('has every entry of a range but memoranda, and debits that are credits', async () => {
    const text = await open('/billing/journal/csv?from=2026-01-01&to=2026-05-13');
    const rows = text
      .replace('\uFEFF', '')
      .trim()
      .split('\n')
      .map((line) => line.split(','));
    const last = rows.at(-1)!;
    const [sums] = await read<{ amount: string; n: string }>(
      `SELECT SUM(amount_minor) AS amount, COUNT(*) AS n FROM ledger_entry WHERE kind NOT IN ('authorization', 'release', 'cancellation', 'expiry')
       AND business_date BETWEEN '2026-01-01' AND '2026-05-13'`,
    );
    assert.deepEqual(last.slice(7, 10), [sums!.amount, sums!.amount, sums!.n].map(String));
    assert.equal(last[0], `合計${rows.length - 2}行`);
    assert.ok(rows.some((row) => row[1] === '1151' && row[4] === '2151' && row[6] === 'aoba'));
    const total = rows.slice(1, -1).reduce((sum, row) => sum + BigInt(row[7]!), 0n);
    assert.equal(total, BigInt(sums!.amount));
  });

  it('refuses a range that is none, and shows a day before it is downloaded', async () => {
    assert.equal(
      (await site.get('billing', '/billing/journal/csv?from=2026-05-02&to=2026-05-01')).status,
      400,
    );
    assert.match(plain(await open('/billing/journal?to=2026-05-11')), /2151 預り金|2152 未払金/);
  });
});

describe('exports for auditors', () => {
  for (const kind of ['audit', 'settlements', 'payouts', 'approvals'])
    it(`has all ${kind} of a range, and their count in the last line`, async () => {
      const address = `/billing/exports/file?kind=${kind}&from=2026-01-01&to=2026-12-31`;
      const lines = (await open(`${address}&format=jsonl`, 'auditor')).trim().split('\n');
      const [count] = await read<{ n: number }>(
        `SELECT COUNT(*) AS n FROM ${{ audit: 'audit_entry', settlements: 'settlement', payouts: 'payout', approvals: 'approval' }[kind]}`,
      );
      const last = JSON.parse(lines.at(-1)!) as { count: number };
      assert.equal(last.count, lines.length - 1);
      // The clock stands still: what is of this very instant belongs to the next export of the trail.
      if (kind !== 'audit') assert.equal(last.count, count!.n);
      assert.ok(last.count > 0);
      const csv = (await open(`${address}&format=csv`, 'auditor')).trim().split('\n');
      assert.equal(csv.at(-1), `count=${last.count}`);
      const trail = await read<{ facts: string }>(
        `SELECT facts FROM audit_entry WHERE action = 'record.export' AND subject = 'record:${kind}'`,
      );
      assert.equal(trail.length, 2);
    });

  it('are not for those who bill or approve', async () => {
    for (const role of ['billing', 'billing-approver', 'administrator'] as const)
      assert.equal((await site.get(role, '/billing/exports/file?kind=audit&format=csv')).status, 403);
  });
});

describe('the seals', () => {
  it('lists the chain, and gives the file whose checksum is the hash', async () => {
    const [seal] = await read<{ hash: string }>("SELECT hash FROM seal WHERE business_date = '2026-05-13'");
    const text = await open('/billing/seals', 'auditor');
    assert.ok(text.includes(seal!.hash));
    assert.match(plain(text), /表示中の2件は/);
    assert.equal(hashOf(await open('/billing/seals/2026-05-13/file', 'auditor')), seal!.hash);
  });

  it('shows what a break looks like: a file that was changed, and one that is lost', async () => {
    const { filesDir } = site.world.deps.config;
    await writeFile(sealPath(filesDir, { businessDate: '2026-05-13' }), '{}');
    await rm(sealPath(filesDir, { businessDate: '2026-05-12' }));
    const text = plain(await open('/billing/seals', 'auditor'));
    assert.match(text, /ファイルが不一致/);
    assert.match(text, /ファイルなし/);
    assert.match(text, /監査担当者へ連絡/);
  });
});

describe('the audit trail', () => {
  it('is searched by who, what and to what, and leads to each entry', async () => {
    const text = await open('/billing/audit?action=statement.correct', 'auditor');
    const [, id = ''] = /href="\/billing\/audit\/([0-9A-Z]{26})"/.exec(text) ?? [];
    const entry = plain(await open(`/billing/audit/${id}`, 'auditor'));
    assert.match(entry, /statement\.correct/);
    assert.match(entry, /社名の誤り/);
    assert.match(plain(await open('/billing/audit?actor=nobody', 'auditor')), /条件に合う記録はありません/);
    assert.match(
      plain(await open('/billing/audit?from=2030-01-01', 'auditor')),
      /条件に合う記録はありません/,
    );
  });

  it('shows what was before and after where it is stored', async () => {
    const [row] = await read<{ id: string }>(
      "SELECT id FROM audit_entry WHERE action = 'approval.propose' LIMIT 1",
    );
    const entry = plain(await open(`/billing/audit/${row!.id}`, 'auditor'));
    assert.match(entry, /変更の前と後/);
  });

  it('continues behind the last entry of a page, each once', async () => {
    const seen: string[] = [];
    for (let path: string | undefined = '/billing/audit'; path !== undefined;) {
      const text = await open(path, 'auditor');
      seen.push(...[...text.matchAll(/href="\/billing\/audit\/([0-9A-Z]{26})"/g)].map((match) => match[1]!));
      path = /rel="next" href="([^"]*)"/.exec(text)?.[1]?.replaceAll('&amp;', '&');
    }
    const [count] = await read<{ n: number }>('SELECT COUNT(*) AS n FROM audit_entry');
    assert.equal(new Set(seen).size, seen.length);
    assert.equal(seen.length, count!.n);
  });
});
