import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sqlOf } from '../../../src/database/sql.ts';
import { openCompanySite, type CompanySite } from './company-site.ts';

describe("keys and people in a company's portal", () => {
  let site: CompanySite;
  before(async () => void (site = await openCompanySite()));
  after(() => site.close());

  const sql = () => sqlOf(site.world.deps.orm.em.fork());

  it('issues a key that is shown once, one for each page, and revokes it', async () => {
    const page = await site.get('developer', '/company/keys/new');
    const newest = /name="newest" value="(\w*)"/.exec(page.text)?.[1] ?? '';
    const typed = { label: '本番サーバー', newest, scope_charges_read: 'on' };
    const issued = await site.send('developer', '/company/keys/new', typed);
    assert.equal(issued.status, 200);
    const [, token = '', id = ''] = /(tbn_(\w{26})_[\w-]+)/.exec(issued.text) ?? [];
    assert.ok(token.length > 40);
    const again = await site.send('developer', '/company/keys/new', typed);
    assert.equal(again.status, 409);
    assert.match(again.text, /この画面のキーは発行済みです/);
    const none = await site.send('developer', '/company/keys/new', { label: 'x', newest: id });
    assert.match(none.text, /できることを選んでください/);
    const list = await site.get('owner', '/company/keys');
    assert.match(list.text, /本番サーバー/);
    assert.ok(!list.text.includes(token), 'the secret is shown nowhere');
    assert.equal((await site.send('owner', `/company/keys/${id}/revoke`)).status, 303);
    assert.equal((await site.get('owner', `/company/keys/${id}/revoke`)).status, 404);
  });

  it('invites a colleague at once, and one who may read money by a proposal to the carrier', async () => {
    const typed = { displayName: '青木 次郎', email: 'jiro.aoki@shop.example', language: 'ja' };
    const path = '/company/people/invite';
    assert.equal((await site.send('owner', path, { ...typed, role_support: 'on' })).status, 303);
    assert.match((await site.get('owner', '/company/people')).text, /青木 次郎[\s\S]*?招待中/);
    const taken = await site.send('owner', path, { ...typed, role_support: 'on' });
    assert.match(taken.text, /このメールアドレスは登録されています/);
    const finance = { ...typed, email: 'saburo@shop.example', displayName: '青木 三郎', role_finance: 'on' };
    assert.match((await site.send('owner', path, finance)).text, /理由を入力してください/);
    assert.equal((await site.send('owner', path, { ...finance, reason: '経理に配属' })).status, 303);
    const { text } = await site.get('owner', '/company/people');
    assert.match(text, /青木 三郎さんの招待は、通信会社の承認待ちです/);
    const invited = await sql()
      .selectFrom('account')
      .select('email')
      .where('email', '=', finance.email)
      .execute();
    assert.deepEqual(invited, []);
  });

  it('ends the access of a colleague, and nobody’s of another company', async () => {
    const account = site.accounts.get('support')!;
    const path = `/company/people/${account.id}`;
    assert.match((await site.get('owner', `${path}/end`)).text, /利用を終了しますか/);
    assert.equal((await site.send('owner', `${path}/end`)).status, 303);
    assert.match((await site.get('owner', path)).text, /終了/);
    assert.equal((await site.get('support', '/company')).status, 303, 'signed out at once');
    const other = `/company/people/${site.ids['other-person']}`;
    assert.equal((await site.send('owner', `${other}/end`)).status, 404);
    const rest = await sql()
      .selectFrom('account')
      .select('state')
      .where('id', '=', Number(site.ids['other-person']))
      .execute();
    assert.deepEqual(rest, [{ state: 'invited' }]);
  });

  it('shows the profile, with the contract to those who read money', async () => {
    const finance = await site.get('finance', '/company/profile');
    assert.match(finance.text, /契約の形/);
    const developer = await site.get('developer', '/company/profile');
    assert.ok(!developer.text.includes('契約の形'));
  });
});
