import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { listPending } from '../../../src/access/approvals/approval.queries.ts';
import { approveChange } from '../../../src/access/approvals/decide-approval.ts';
import { bankAccountApproval } from '../../../src/bank-accounts/bank-account-approval.ts';
import { sqlOf } from '../../../src/database/sql.ts';
import { payoutRunApproval } from '../../../src/payouts/payout-run-approval.ts';
import { formToken } from '../../support/page-client.ts';
import { jiro } from '../../support/people.ts';
import { openBillingSite, type BillingSite } from './billing-site.ts';

const DUE = '/billing/payouts';
const WHOLE_ACCOUNT = /\D\d{7}\D/;

const table = (text: string) => text.slice(text.indexOf('<tbody'), text.indexOf('</tbody>'));

describe('payouts in the console of billing', () => {
  let site: BillingSite;
  let run: string;
  before(async () => void (site = await openBillingSite()));
  after(() => site.close());

  const sql = () => sqlOf(site.world.deps.orm.em.fork());
  const runs = () =>
    sql().selectFrom('payout_run').select(['number', 'state', 'checksum']).orderBy('id').execute();
  const approve = async (subject: string) => {
    const [pending] = await listPending(site.world.deps, subject);
    assert.ok(pending, `nothing is proposed for ${subject}`);
    const kinds = [payoutRunApproval, bankAccountApproval];
    await approveChange(site.world.deps, jiro, kinds, { approvalId: pending.id });
  };
  const folder = (name: string) => join(site.world.deps.config.filesDir, 'payout-results', name);

  it('show what cannot be paid and why, in the language of the reader', async () => {
    const { text } = await site.get('billing', DUE);
    assert.match(text, /この口座から組戻しになりました。先に口座を訂正してください/);
    const english = await site.get('auditor', DUE, 'en');
    assert.match(english.text, /It came back from this account: correct the account first/);
    assert.doesNotMatch(english.text, /Prepare runs/);
  });

  it('mark an account and hide all but its last digits from who neither proposes nor approves', async () => {
    const path = `${DUE}/runs/{payout-run}`;
    const auditor = await site.get('auditor', path);
    assert.match(auditor.text, /••••\d{3}/);
    assert.match(auditor.text, /初めての口座/);
    assert.match(auditor.text, /口座なし/);
    assert.doesNotMatch(table(auditor.text), WHOLE_ACCOUNT);
    for (const role of ['billing', 'billing-approver'] as const)
      assert.match(table((await site.get(role, path)).text), WHOLE_ACCOUNT);
  });

  it('wait for another account when one came back: proposed on a page, and due again once approved', async () => {
    const { ids } = site;
    const returned = await site.get('billing', `${DUE}/returned`);
    const path = `${DUE}/returned/${ids['returned-payout']}/account`;
    assert.ok(returned.text.includes(`href="${path}"`));
    const account = {
      bankCode: '9999',
      bankName: 'ミホン',
      branchCode: '002',
      branchName: 'シブヤ',
      accountType: 'ordinary',
      accountNumber: '765',
      accountHolder: 'カ）ホシゾラ',
      reason: '届け出のとおり',
    };
    const refused = await site.send('billing', path, account);
    assert.ok(refused.status >= 400, `${refused.status}`);
    assert.match(refused.text, /href="#accountNumber"/);
    const corrected = { ...account, accountNumber: '7654321' };
    assert.equal((await site.send('billing-approver', path, corrected)).status, 403);
    assert.equal((await site.send('billing', path, corrected)).location, `${DUE}/returned`);
    const replayed = await site.send('billing', path, corrected);
    assert.equal(replayed.status, 409);
    assert.match(replayed.text, /承認待ちの申請があります/);
    await approve(`company:${await companyOf(ids['returned-payout'])}`);
    const due = await site.get('billing', DUE);
    assert.match(due.text, /前回と異なる口座/);
  });

  const companyOf = async (payoutId: string) => {
    const { code } = await sql()
      .selectFrom('payout as p')
      .innerJoin('company as c', 'c.id', 'p.companyId')
      .select('c.code')
      .where('p.id', '=', payoutId)
      .executeTakeFirstOrThrow();
    return code;
  };

  it('are prepared once, with the sum shown before, however often two tabs send it', async () => {
    const preview = await site.get('billing', `${DUE}/prepare`);
    assert.match(preview.text, /振込データを作成しますか/);
    const before = (await runs()).length;
    const replies = await Promise.all(
      [1, 2].map(() => site.send('billing', `${DUE}/prepare`, { again: 'correct' })),
    );
    const found = await runs();
    assert.equal(found.length, before + 1);
    run = found.at(-1)!.number;
    assert.deepEqual(replies.map(({ status, location }) => `${status} ${location}`).sort(), [
      `303 ${DUE}/runs`,
      `303 ${DUE}/runs/${run}`,
    ]);
    const { text } = await site.get('billing-approver', `${DUE}/runs/${run}`);
    assert.match(text, /再振込：\d{10}-2が2026年5月13日\(水\)に組戻し（口座なし）。口座は前回と異なります/);
    assert.match(text, /申請：(?!acct-)\S[^（]*（承認済み）|申請：hanako/);
  });

  it('are proposed by one person and approved by another, whatever is posted', async () => {
    const path = `${DUE}/runs/${run}/propose`;
    const write = `${DUE}/runs/${run}/write`;
    const early = await site.send('billing', write);
    assert.equal(early.status, 403);
    assert.equal((await site.send('billing-approver', path, { reason: 'x' })).status, 403);
    assert.equal((await site.send('billing', path, { reason: '5月分' })).location, `${DUE}/runs/${run}`);
    assert.equal((await site.send('billing', path, { reason: '5月分' })).status, 409);
    const { text } = await site.get('billing', `${DUE}/runs/${run}`);
    assert.match(text, /href="\/billing\/approvals\/ap_\w{26}"/);
    assert.equal((await site.send('billing', write)).status, 403);
    assert.equal((await runs()).at(-1)?.state, 'draft');
    await approve(`payout-run:${run}`);
  });

  it('are sent once: the same bytes for two tabs, on disk and as a download', async () => {
    const path = `${DUE}/runs/${run}/write`;
    assert.equal((await site.get('billing', `${DUE}/runs/${run}/file`)).status, 409);
    const replies = await Promise.all([1, 2].map(() => site.send('billing', path)));
    assert.deepEqual(
      replies.map(({ status }) => status),
      [303, 303],
    );
    const { state, checksum } = (await runs()).at(-1)!;
    assert.equal(state, 'sent');
    const onDisk = await readFile(join(site.world.deps.config.filesDir, 'payouts', `${run}.txt`));
    assert.equal(createHash('sha256').update(onDisk).digest('hex'), checksum);
    const download = await site.get('billing', `${DUE}/runs/${run}/file`);
    assert.equal(download.headers.get('content-disposition'), `attachment; filename="${run}.txt"`);
    assert.equal(Number(download.headers.get('content-length')), onDisk.length);
    assert.equal((await site.get('billing-approver', `${DUE}/runs/${run}/file`)).status, 403);
    const sent = await sql()
      .selectFrom('ledger_entry as e')
      .innerJoin('payout as p', 'p.id', 'e.journalId')
      .innerJoin('payout_run as r', 'r.id', 'p.runId')
      .select('e.journalId')
      .where('r.number', '=', run)
      .where('e.kind', '=', 'payout-sent')
      .execute();
    assert.equal(new Set(sent.map(({ journalId }) => journalId)).size, 1);
    const discard = await site.send('billing', `${DUE}/runs/${run}/discard`);
    assert.equal(discard.status, 409);
  });

  it('take the results of the bank as a file: rows that are wrong are named and kept, and again changes nothing', async () => {
    const header = 'customer_code_1,customer_code_2,amount,result,date,reason';
    const [payout] = await sql()
      .selectFrom('payout as p')
      .innerJoin('payout_run as r', 'r.id', 'p.runId')
      .select(['p.amountMinor', 'p.id', 'p.payOn'])
      .where('r.number', '=', run)
      .execute();
    site.world.clock.set(new Date('2026-05-15T01:00:00.000Z'));
    const bad = `${run},1,1,settled,2026-05-15,`;
    const content = [header, `${run},1,${payout!.amountMinor},settled,2026-05-15,`, bad, ''].join('\n');
    const sent = await site.sendFile('billing', `${DUE}/results`, { filename: '../結果 1.txt', content });
    assert.equal(sent.status, 303);
    assert.equal(decodeURIComponent(sent.location!), `${DUE}/results/2026-05-15-結果_1.csv`);
    const report = await site.get('billing', sent.location!);
    assert.match(report.text, /振込完了1件、組戻し0件を記録しました。変更なし0件、取り込めなかった行1件。/);
    assert.match(report.text, /の金額は\d+で、1ではありません/);
    const mend = await site.get('auditor', `${sent.location}/mend`);
    assert.equal(mend.text, `${header}\n${bad}\n`);
    const replayed = await site.sendFile('billing', `${DUE}/results`, { filename: '../結果 1.txt', content });
    assert.match((await site.get('billing', replayed.location!)).text, /変更なし1件/);
    assert.equal((await readdir(folder('done'))).filter((name) => name.includes('結果')).length, 2);
  });

  it('keep nothing of a file that is no table of results, that somebody else sends, or that has no token', async () => {
    const path = `${DUE}/results`;
    const wrong = await site.sendFile('billing', path, { filename: 'a.csv', content: 'a,b\n1,2\n' });
    assert.equal(wrong.status, 422);
    assert.match(wrong.text, /it lacks the column customer_code_1/);
    assert.equal((await site.sendFile('auditor', path, { filename: 'a.csv', content: '' })).status, 403);
    const { client } = await signedIn();
    const forged = await client.upload(
      site.addressOf(path),
      { form_token: 'x' },
      { field: 'file', filename: 'forged.csv', content: 'x' },
    );
    assert.equal(forged.status, 403);
    const kept = await Promise.all(['inbox', 'done', 'refused'].map((name) => readdir(folder(name))));
    assert.ok(!kept.flat().some((name) => name.includes('forged')));
    assert.deepEqual(await readdir(join(site.world.deps.config.filesDir, 'uploads')), []);
  });

  const signedIn = async () => {
    const { signInAccount } = await import('../guard/accounts-visitors.ts');
    return signInAccount(site.world.deps, site.accounts.get('billing')!, 'staff');
  };

  it('take a file of the inbox, and none that is not there', async () => {
    await writeFile(
      join(folder('inbox'), 'tonight.csv'),
      'customer_code_1,customer_code_2,amount,result,date,reason\n',
    );
    const { text } = await site.get('billing', `${DUE}/results`);
    assert.match(text, /tonight\.csv を取り込む/);
    assert.notEqual(formToken(text), '');
    const path = `${DUE}/results/import`;
    assert.equal((await site.send('billing', path, { name: '../../payouts/x.csv' })).status, 404);
    assert.equal((await site.send('billing', path, { name: 'tonight.csv' })).status, 303);
    assert.ok(!(await readdir(folder('inbox'))).includes('tonight.csv'));
  });

  it('are reconciled by day, and say so when a file is not the one that was sent', async () => {
    const path = `${DUE}/reconcile?date=2026-05-14`;
    const { text } = await site.get('auditor', path, 'en');
    assert.match(text, /Runs sent on this day: 1/);
    assert.doesNotMatch(text, /Differs/);
    const file = join(site.world.deps.config.filesDir, 'payouts', `${run}.txt`);
    const bytes = await readFile(file);
    await writeFile(file, bytes.subarray(0, bytes.length - 1));
    assert.match((await site.get('auditor', path, 'en')).text, /Not the file that was sent/);
    await writeFile(file, bytes);
  });
});
