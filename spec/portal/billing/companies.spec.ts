import assert from 'node:assert/strict';
import { noteKeyUse, storeKeyUses } from '../../../src/companies/key-uses.ts';
import { after, before, describe, it } from 'node:test';
import { approveChange } from '../../../src/access/approvals/decide-approval.ts';
import { approvalKinds } from '../../../src/approval-kinds.ts';
import { queryRows } from '../../../src/database/statement-pipeline.ts';
import { rotateApiKey } from '../../../src/companies/rotate-api-key.ts';
import { createCompany } from '../../../src/companies/create-company.ts';
import { addTariff } from '../../../src/tariffs/add-tariff.ts';
import { hanako, jiro, person } from '../../support/people.ts';
import { openBillingSite, type BillingSite } from './billing-site.ts';

let site: BillingSite;
before(async () => void (site = await openBillingSite()));
after(() => site.close());

const read = <T>(text: string, values: readonly string[] = []) =>
  queryRows<T & object>(site.world.deps.orm.em.fork(), text, values);
async function countOf(table: string): Promise<number> {
  const [row] = await read<{ n: number | string }>(`SELECT COUNT(*) AS n FROM ${table}`);
  return Number(row?.n);
}
const plain = (html: string) => html.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ');
const hidden = (html: string, name: string) =>
  new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? '';

const company = {
  code: 'akebono',
  name: 'あけぼの株式会社',
  nameEn: 'Akebono Inc.',
  address: '東京都江東区1-1',
  registrationNumber: '',
  registeredFrom: '',
  registeredTo: '',
  billingEmail: 'keiri@akebono.example',
  billingLanguage: '',
};
const account = {
  bankCode: '9999',
  bankName: 'ミホン',
  branchCode: '001',
  branchName: 'ホンテン',
  accountType: 'ordinary',
  accountNumber: '7654321',
  accountHolder: 'カ）アケボノ',
  reason: '2026年5月1日付の届出書',
};
const contract = {
  validFrom: '2026-06-01',
  validTo: '',
  tariffCode: 'flets-2011',
  legalModel: 'agency',
  settlementBasis: 'billed',
  feeTaxable: 'true',
  setUpFeeMinor: '30,000',
  minimumPayoutMinor: '1000',
  feeBearer: 'carrier',
  transferFeeMinor: '0',
  payoutMonths: '2',
  payoutDay: '31',
  payoutBankDay: 'previous',
  perChargeMaxMinor: '10000',
  lateCharges: 'accept',
  authorizationDays: '7',
  refundDays: '60',
  partialRefunds: 'true',
  signedRequests: 'false',
  reason: '契約書',
};
const at = (path = '') => `/billing/companies/akebono${path}`;
const approveLast = async () => {
  const [row] = await read<{ id: string }>('SELECT id FROM approval ORDER BY id DESC LIMIT 1');
  await approveChange(site.world.deps, jiro, approvalKinds, { approvalId: row!.id });
};

describe('the pages of companies', () => {
  it('add a company once, and find it by code, name and registration number', async () => {
    const reply = await site.send('billing', '/billing/companies/new', company);
    assert.deepEqual([reply.status, reply.location], [303, at()]);
    assert.equal((await site.send('billing', '/billing/companies/new', company)).status, 409);
    for (const text of ['akebono', 'あけぼの', 'Akebono']) {
      const found = await site.get('billing', `/billing/companies?text=${encodeURIComponent(text)}`);
      assert.match(plain(found.text), /1社/);
      assert.match(found.text, /href="\/billing\/companies\/akebono"/);
    }
    assert.match(plain((await site.get('billing', '/billing/companies?text=%25')).text), /0社/);
    const aoba = await site.get('lead', '/billing/companies?text=T4011001098993&state=active');
    assert.match(aoba.text, /株式会社あおば音楽/);
  });

  it('plan a change for a later day, and refuse a page of before a change', async () => {
    const shown = await site.get('billing', at('/edit'));
    const seen = hidden(shown.text, 'seen');
    const edit = { ...company, address: '東京都江東区2-2', validFrom: '2026-05-14', seen };
    assert.equal((await site.send('billing', at('/edit'), edit)).status, 303);
    const stale = await site.send('administrator', at('/edit'), { ...edit, address: '東京都江東区9-9' });
    assert.equal(stale.status, 409);
    assert.match(stale.text, /ほかの担当者が変更しています/);
    const again = hidden((await site.get('billing', at('/edit'))).text, 'seen');
    const later = { ...edit, name: 'あけぼの放送株式会社', validFrom: '2026-08-01', seen: again };
    assert.equal((await site.send('billing', at('/edit'), later)).status, 303);
    const page = await site.get('auditor', at());
    assert.match(plain(page.text), /2026年8月1日\(土\).*あけぼの放送株式会社.*予約中/);
    assert.doesNotMatch(page.text, /withdraw/, 'an auditor withdraws nothing');
    const href = /changes\/(\w+)\/withdraw/.exec((await site.get('billing', at())).text)?.[0] ?? '';
    assert.equal((await site.send('billing', at(`/${href}`))).status, 303);
    assert.equal((await site.send('billing', at(`/${href}`))).status, 404, 'once');
    assert.match(plain((await site.get('billing', at())).text), /取消/);
  });

  it('propose a bank account: nothing changes, a second proposal is refused, and both people are named', async () => {
    const before = await countOf('bank_account');
    const reply = await site.send('billing', at('/bank-accounts/new'), account);
    assert.deepEqual([reply.status, reply.location], [303, at('/bank-accounts')]);
    assert.equal(await countOf('bank_account'), before);
    const twice = await site.send('billing', at('/bank-accounts/new'), account);
    assert.equal(twice.status, 409);
    assert.match(
      plain((await site.get('lead', at('/bank-accounts'))).text),
      /振込口座の申請 承認待ち.*••••321/,
    );
    assert.match(plain((await site.get('auditor', at('/bank-accounts'))).text), /7654321/);
    assert.equal(await countOf('bank_account'), before);
    await approveLast();
    assert.equal(await countOf('bank_account'), before + 1);
    const shown = plain((await site.get('billing', at('/bank-accounts'))).text);
    assert.match(shown, /申請 (?!acct-)\S.*、承認 jiro/);
    assert.doesNotMatch(shown, /承認待ち/);
    const masked = plain((await site.get('agent', at('/bank-accounts'))).text);
    assert.match(masked, /ap_/);
    assert.match(masked, /••••321/);
    assert.doesNotMatch(masked, /7654321/);
    const unchanged = await site.send('billing', at('/bank-accounts/new'), account);
    assert.match(unchanged.text, /変更がありません/);
  });

  it('refuse an account that the bank file cannot carry, and keep what was typed', async () => {
    const typed = { ...account, accountNumber: '12', accountHolder: '漢字の名義' };
    const reply = await site.send('billing', at('/bank-accounts/new'), typed);
    assert.match(reply.text, /value="漢字の名義"/);
    assert.ok(reply.status === 400 || reply.status === 422, String(reply.status));
  });

  it('propose a contract and its end, each once, and change nothing by one person', async () => {
    const before = await read('SELECT * FROM contract ORDER BY id');
    assert.equal((await site.send('billing', at('/contracts/new'), contract)).status, 303);
    assert.equal((await site.send('billing', at('/contracts/new'), contract)).status, 409);
    assert.deepEqual(await read('SELECT * FROM contract ORDER BY id'), before);
    const page = plain((await site.get('billing', at('/contracts'), 'en')).text);
    assert.match(page, /Proposed contract Waiting for approval.*¥30,000/);
    await approveLast();
    const held = plain((await site.get('billing', at('/contracts'))).text);
    assert.match(held, /2026年6月1日\(月\)～期限なし/);
    const one = plain((await site.get('agent', at('/contracts/2026-06-01'))).text);
    assert.match(one, /請求月の2か月後の月末（休業日は前営業日）/);
    const end = { validTo: '2026-09-01', reason: '解約届' };
    assert.equal((await site.send('billing', at('/contracts/2026-06-01/end'), end)).status, 303);
    assert.equal((await site.send('billing', at('/contracts/2026-06-01/end'), end)).status, 409);
    const [row] = await read<{ valid_to: string | null }>(
      "SELECT k.valid_to FROM contract k JOIN company c ON c.id = k.company_id WHERE c.code = 'akebono'",
    );
    assert.equal(row?.valid_to, null);
  });

  it('are 404 for a service or a tariff that is not there, also when a form is sent', async () => {
    for (const path of [at('/services/none'), at('/services/none/edit'), '/billing/tariffs/none'])
      assert.equal((await site.get('billing', path)).status, 404, path);
    assert.equal((await site.send('billing', at('/services/none/state/suspended'))).status, 404);
  });

  it('refuse a code that is a word of their addresses, and open what has had one before', async () => {
    const service = { name: '新', nameEn: 'New', siteOrigin: 'https://new.example' };
    const refused = await site.send('billing', at('/services/new'), { ...service, code: 'new' });
    assert.equal(refused.status, 422);
    assert.match(refused.text, /別のコードを入力してください/);
    const company = { name: '株式会社新', nameEn: 'New Inc.', address: '東京都' };
    const { deps } = site.world;
    const taken = { code: 'code-reserved' };
    await assert.rejects(createCompany(deps, hanako, { ...company, code: 'new' }), taken);
    const definition = { monthlyBaseMinor: 0, percentBps: 300, perLineMinimumMinor: 0, bands: [] };
    for (const code of ['draft', 'simulate']) {
      const tariff = { code, validFrom: '2026-07-01', name: '案', nameEn: 'Draft', definition };
      await assert.rejects(addTariff(deps, hanako, tariff), taken);
    }
    await read("UPDATE company SET code = 'new' WHERE code = 'minato'");
    const [old] = await read<{ name: string }>("SELECT name FROM company WHERE code = 'new'");
    assert.ok(old);
    const list = await site.get('billing', '/billing/companies');
    assert.match(list.text, /href="\/billing\/companies\/%6Eew"/);
    const opened = await site.get('billing', '/billing/companies/%6Eew');
    assert.deepEqual([opened.status, opened.text.includes(old.name)], [200, true]);
  });

  it('refuse a contract over another one in words', async () => {
    const aoba = '/billing/companies/{company}/contracts/new';
    const reply = await site.send('billing', aoba, { ...contract, validFrom: '2026-07-01' });
    assert.equal(reply.status, 409);
    assert.match(reply.text, /ほかの契約と期間が重なります/);
  });

  it('add a service, change its sites, suspend it', async () => {
    const service = { code: 'eiga', name: '映画', nameEn: 'Films', siteOrigin: 'https://films.example' };
    assert.equal((await site.send('billing', at('/services/new'), service)).location, at('/services/eiga'));
    assert.equal((await site.send('billing', at('/services/new'), service)).status, 409);
    assert.match((await site.get('agent', at('/services/eiga'))).text, /購入前の表示がまだないため/);
    const edit = await site.get('billing', at('/services/eiga/edit'));
    const typed = {
      ...service,
      siteOrigins: 'https://films.example\nhttps://www.films.example',
      validFrom: '2026-05-14',
      seen: hidden(edit.text, 'seen'),
    };
    assert.equal((await site.send('billing', at('/services/eiga/edit'), typed)).status, 303);
    const stale = await site.send('billing', at('/services/eiga/edit'), typed);
    assert.equal(stale.status, 409);
    assert.equal(hidden(stale.text, 'seen'), typed.seen, 'pressed again, it is refused again');
    assert.match(stale.text, /画面を開き直し/);
    assert.equal((await site.send('billing', at('/services/eiga/state/suspended'))).status, 303);
    const page = plain((await site.get('billing', at('/services/eiga'))).text);
    assert.match(page, /停止中.*www\.films\.example/);
  });

  it('show a key once, issue none for a page sent again, and revoke it', async () => {
    const scopes = { label: '検証', newest: '', scope_charges_read: 'on' };
    const issued = await site.send('administrator', at('/keys/new'), scopes);
    assert.equal(issued.status, 200);
    const [, id = ''] = /tbn_([0-9A-Z]{26})_[\w-]{43}/.exec(issued.text) ?? [];
    assert.notEqual(id, '');
    assert.equal((await site.send('administrator', at('/keys/new'), scopes)).status, 409);
    const listed = await site.get('auditor', at('/keys'));
    assert.match(plain(listed.text), /検証.*charges:read.*利用なし.*有効/);
    assert.doesNotMatch(listed.text, /tbn_[0-9A-Z]{26}_[\w-]{43}/);
    const foreign = `/billing/companies/{company}/keys/${id}/revoke`;
    assert.equal((await site.send('administrator', foreign)).status, 404, 'of another company');
    const fresh = await site.send('administrator', at('/keys/new'), { ...scopes, label: '交代', newest: id });
    const [, old = ''] = /tbn_([0-9A-Z]{26})_[\w-]{43}/.exec(fresh.text) ?? [];
    await rotateApiKey(site.world.deps, person('inviter', 'administrator'), { id: old, overlapHours: 24 });
    assert.match(plain((await site.get('auditor', at('/keys'))).text), /交代.*2026年5月15日.*まで有効/);
    assert.equal((await site.send('administrator', at(`/keys/${id}/revoke`))).status, 303);
    noteKeyUse(site.world.deps, id);
    await storeKeyUses(site.world.deps);
    assert.match(
      plain((await site.get('auditor', at('/keys'))).text),
      /検証.*2026年5月14日[^検]*2026年5月14日.*10:00.*失効/,
    );
  });

  it('invite a person at once, or by two people where the role takes them', async () => {
    const person = { displayName: '佐藤 一郎', email: 'ichiro@akebono.example', language: 'ja' };
    const developer = { ...person, role_developer: 'on' };
    assert.equal((await site.send('administrator', at('/people/invite'), developer)).status, 303);
    assert.equal((await site.send('administrator', at('/people/invite'), developer)).status, 409);
    const owner = { ...person, email: 'owner@akebono.example', role_owner: 'on' };
    const silent = await site.send('administrator', at('/people/invite'), owner);
    assert.match(silent.text, /理由を入力してください/);
    const asked = await site.send('administrator', at('/people/invite'), { ...owner, reason: '申込書' });
    assert.equal(asked.status, 303);
    const page = plain((await site.get('auditor', at('/people'))).text);
    assert.match(page, /招待の申請 承認待ち/);
    const [row] = await read<{ n: number | string }>(
      "SELECT COUNT(*) AS n FROM account WHERE email = 'owner@akebono.example'",
    );
    assert.equal(Number(row?.n), 0);
  });

  it('suspend a person, and change no roles by a page of before', async () => {
    const path = '/billing/companies/{company}/people/{person}';
    const roles = { seen: 'owner', role_support: 'on' };
    assert.equal((await site.send('administrator', `${path}/roles`, roles)).status, 409);
    const right = { seen: 'developer', role_support: 'on' };
    assert.equal((await site.send('administrator', `${path}/roles`, right)).status, 303);
    const more = { seen: 'support', role_support: 'on', role_finance: 'on', reason: '異動' };
    assert.equal((await site.send('administrator', `${path}/roles`, more)).status, 303);
    assert.match(plain((await site.get('auditor', path)).text), /権限の申請 承認待ち/);
    assert.equal((await site.send('administrator', `${path}/suspend`)).status, 303);
    assert.equal((await site.send('administrator', `${path}/suspend`)).status, 409);
    assert.match(plain((await site.get('auditor', path)).text), /停止中/);
    assert.equal((await site.send('administrator', at(`/people/${site.ids['person']}/resume`))).status, 404);
  });
});
