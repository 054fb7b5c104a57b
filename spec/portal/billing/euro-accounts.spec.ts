import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { listPending } from '../../../src/access/approvals/approval.queries.ts';
import type { StaffRole } from '../../../src/access/permissions.ts';
import { approveChange } from '../../../src/access/approvals/decide-approval.ts';
import { bankAccountApproval } from '../../../src/bank-accounts/bank-account-approval.ts';
import { importPayoutResults } from '../../../src/payouts/import-payout-results.ts';
import { getPayoutRun } from '../../../src/payouts/payout-run.queries.ts';
import { writePayoutFile } from '../../../src/payouts/write-payout-file.ts';
import { accounts, EURO, fillEuroWorld } from '../../payouts/euro-world.ts';
import { approveRun, kenji, prepareRun, resultsOf } from '../../payouts/payout-world.ts';
import { readPain } from '../../payouts/read-pain.ts';
import { formToken } from '../../support/page-client.ts';
import { hanako, jiro } from '../../support/people.ts';
import { openAccountsSite, type AccountsSite } from '../accounts/accounts-site.ts';
import { makeAccountOf, signInAccount, type GuardAccount } from '../guard/accounts-visitors.ts';

const WHOLE = 'DE75 5121 0800 1245 1261 99';

describe('the console of a carrier in euro', () => {
  let site: AccountsSite;
  let company: string;
  let number: string;
  const people = new Map<StaffRole, GuardAccount>();

  before(async () => {
    site = await openAccountsSite(EURO);
    const { deps } = site.world;
    [company = ''] = await fillEuroWorld(site.world);
    for (const role of ['billing', 'auditor'] as const)
      people.set(role, await makeAccountOf(deps, company, role));
    number = await prepareRun(deps);
    await approveRun(deps, number, kenji);
    await writePayoutFile(deps, hanako, { number });
  });
  after(() => site.close());

  const browse = async (role: StaffRole) =>
    (await signInAccount(site.world.deps, people.get(role)!, 'staff')).client;
  const get = async (role: StaffRole, path: string, language = 'ja') =>
    (await browse(role)).get(`${site.origins.staff}${path}?lang=${language}`);
  const send = async (path: string, fields: Record<string, string>, language = 'ja') => {
    const client = await browse('billing');
    const { text } = await client.get(`${site.origins.staff}${path}?lang=${language}`);
    return client.post(`${site.origins.staff}${path}`, { form_token: formToken(text), ...fields });
  };

  it('asks for an IBAN and not for the codes of a Japanese bank', async () => {
    const { status, text } = await get('billing', `/billing/companies/${company}/bank-accounts/new`);
    assert.equal(status, 200);
    for (const name of ['iban', 'bic', 'accountHolder']) assert.ok(text.includes(`name="${name}"`), name);
    for (const name of ['bankCode', 'branchCode', 'accountType', 'accountNumber'])
      assert.ok(!text.includes(`name="${name}"`), name);
  });

  it('says in the language of the reader which field is wrong and why, and keeps what was typed', async () => {
    const path = `/billing/companies/${company}/bank-accounts/new`;
    const typed = {
      iban: 'DE76 5121 0800 1245 1261 99',
      bic: '',
      accountHolder: 'Müller & Söhne',
      reason: 'letter',
    };
    const japanese = await send(path, typed);
    assert.equal(japanese.status, 422);
    assert.match(japanese.text, /チェックディジットが一致しません/);
    assert.match(japanese.text, /「&amp;」は送金データに使えません/);
    assert.ok(japanese.text.includes('value="DE76 5121 0800 1245 1261 99"'));
    const english = await send(
      path,
      { ...typed, iban: accounts.swiss.iban, accountHolder: 'Atelier SA' },
      'en',
    );
    assert.match(english.text, /Enter the BIC: a transfer to CH needs it/);
    const elsewhere = await send(
      path,
      { ...typed, iban: WHOLE, bic: 'psst frpp par', accountHolder: 'Atelier' },
      'en',
    );
    assert.match(elsewhere.text, /This BIC is of a bank in FR, and the IBAN is of DE/);
    const empty = await send(path, { reason: 'letter' }, 'en');
    assert.match(empty.text, /href="#iban"/);
    assert.deepEqual(await listPending(site.world.deps, `company:${company}`), []);
  });

  it('takes an IBAN as it is printed, and shows the proposal and the account in groups of four', async () => {
    const { deps } = site.world;
    const path = `/billing/companies/${company}/bank-accounts`;
    assert.ok((await get('billing', path)).text.includes(WHOLE));
    const typed = {
      iban: 'fr14 2004 1010 0505 0001 3m02 606',
      bic: 'psst frpp par',
      accountHolder: 'Contenu SARL',
      reason: 'letter',
    };
    const sent = await send(`${path}/new`, typed);
    assert.equal(sent.location, path, sent.text);
    const [pending] = await listPending(deps, `company:${company}`);
    assert.equal((pending!.input as { iban?: string }).iban, accounts.french.iban);
    await approveChange(deps, jiro, [bankAccountApproval], { approvalId: pending!.id });
    const { text } = await get('billing', path, 'en');
    for (const iban of [WHOLE, 'FR14 2004 1010 0505 0001 3M02 606']) assert.ok(text.includes(iban), iban);
  });

  it('hides an IBAN but for its country and its end from who does not pay, and gives the file to who does', async () => {
    const path = `/billing/payouts/runs/${number}`;
    const auditor = await get('auditor', path);
    assert.match(auditor.text, /DE•• •••• •••• •••• ••61 99/);
    assert.ok(!auditor.text.includes(WHOLE) && !auditor.text.includes(accounts.german.iban));
    const billing = await get('billing', path);
    assert.ok(billing.text.includes(WHOLE));
    assert.ok(billing.text.includes(`${number}.xml`));
    const client = await browse('billing');
    const file = await client.get(`${site.origins.staff}${path}/file`);
    assert.equal(readPain(Buffer.from(file.text)).transfers.length, 2);
  });

  it('corrects an account that came back on a page with the fields of its kind', async () => {
    const { deps, clock } = site.world;
    const [, second] = (await getPayoutRun(deps, hanako, number)).lines;
    clock.set(new Date('2026-05-14T09:00:00.000Z'));
    const amount = (Number(second!.amountMinor) / 100).toFixed(2);
    await importPayoutResults(deps, hanako, {
      file: resultsOf(`${number},2,${amount},returned,2026-05-13,AC01`),
    });
    const path = `/billing/payouts/returned/${second!.id}/account`;
    const { text } = await get('billing', path, 'en');
    assert.ok(text.includes('name="iban"') && !text.includes('name="bankCode"'));
    const fields = { iban: accounts.french.iban, bic: '', accountHolder: 'Contenu SARL', reason: 'letter' };
    const wrong = await send(path, { ...fields, iban: 'FR1420041010050500013M026' }, 'en');
    assert.match(wrong.text, /An IBAN of FR has 27 characters/);
    assert.equal((await send(path, fields)).location, '/billing/payouts/returned');
    const [pending] = await listPending(deps, `company:${second!.company}`);
    assert.equal((pending!.input as { iban?: string }).iban, accounts.french.iban);
  });
});
