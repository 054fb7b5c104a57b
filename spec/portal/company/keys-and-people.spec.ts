import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { proposeChange } from '../../../src/access/approvals/propose-change.ts';
import { accountRolesApproval } from '../../../src/accounts/account-approvals.ts';
import { listPendingAccountChanges } from '../../../src/accounts/pending-account-changes.queries.ts';
import { rotateApiKey } from '../../../src/companies/rotate-api-key.ts';
import { sqlOf } from '../../../src/database/sql.ts';
import { userOf } from '../../support/actors.ts';
import { makeInvited } from '../../support/accounts.ts';
import { person } from '../../support/people.ts';
import { openCompanySite, type CompanySite } from './company-site.ts';

const hiddenOf = (text: string, name: string) =>
  new RegExp(`type="hidden" name="${name}" value="([^"]*)"`).exec(text)?.[1] ?? '';

const rowOf = (text: string, key: string) => text.slice(text.indexOf(`tbn_${key}_`)).split('</tr>')[0]!;

describe("keys and people in a company's portal", () => {
  let site: CompanySite;
  before(async () => void (site = await openCompanySite()));
  after(() => site.close());

  const keysNamed = (label: string) =>
    sql().selectFrom('api_key').select('scopes').where('label', '=', label).execute();
  const companyIdOf = async (code: string) =>
    (await sql().selectFrom('company').select('id').where('code', '=', code).executeTakeFirstOrThrow()).id;
  const sql = () => sqlOf(site.world.deps.orm.em.fork());

  it('issues a key that is shown once, one for each page, and revokes it', async () => {
    const page = await site.get('developer', '/company/keys/new');
    const newest = hiddenOf(page.text, 'newest');
    const typed = { label: '本番サーバー', newest, scope_charges_read: 'on' };
    const issued = await site.send('developer', '/company/keys/new', typed);
    assert.equal(issued.status, 200);
    const [, token = '', id = ''] = /(tbn_(\w{26})_[\w-]+)/.exec(issued.text) ?? [];
    assert.ok(token.length > 40);
    const again = await site.send('developer', '/company/keys/new', typed);
    assert.equal(again.status, 409);
    assert.match(again.text, /この画面のキーは発行済みです/);
    assert.match(again.text, /href="\/company\/keys\/new"[^>]*>画面を開き直す/);
    assert.equal(hiddenOf(again.text, 'newest'), newest, 'the page stays as old as it is');
    assert.equal((await site.send('developer', '/company/keys/new', typed)).status, 409);
    assert.equal((await keysNamed('本番サーバー')).length, 1);
    const none = await site.send('developer', '/company/keys/new', { label: 'x', newest: id });
    assert.match(none.text, /できることを選んでください/);
    const list = await site.get('owner', '/company/keys');
    assert.match(list.text, /本番サーバー/);
    assert.ok(!list.text.includes(token), 'the secret is shown nowhere');
    assert.equal((await site.send('owner', `/company/keys/${id}/revoke`)).status, 303);
    assert.equal((await site.get('owner', `/company/keys/${id}/revoke`)).status, 404);
  });

  it('lets a key do what its issuer may do, and nothing above it', async () => {
    const page = await site.get('developer', '/company/keys/new');
    const offered = [...page.text.matchAll(/name="(scope_[\w-]+)"/g)].map(([, name]) => name);
    for (const name of ['scope_charges_write', 'scope_reports_read', 'scope_webhooks_write'])
      assert.ok(offered.includes(name), name);
    for (const name of ['scope_refunds_write', 'scope_settlements_read'])
      assert.ok(!offered.includes(name), name);
    assert.doesNotMatch(page.text, /name="scope_[^>]* checked/, 'nothing is ticked to begin with');
    const typed = { label: '精算の集計', newest: hiddenOf(page.text, 'newest') };
    const above = { ...typed, scope_charges_read: 'on', scope_settlements_read: 'on' };
    const refused = await site.send('developer', '/company/keys/new', above);
    assert.equal(refused.status, 403);
    assert.match(refused.text, /あなたの権限を超えるキーは発行できません/);
    assert.deepEqual(await keysNamed('精算の集計'), []);
    assert.match((await site.get('owner', '/company/keys/new')).text, /name="scope_settlements_read"/);
    assert.equal((await site.send('owner', '/company/keys/new', above)).status, 200);
    assert.deepEqual(await keysNamed('精算の集計'), [{ scopes: 'charges:read settlements:read' }]);
  });

  it('changes roles as they were seen, however often an older page is sent', async () => {
    const { account } = await makeInvited(site.world.deps, { companyCode: site.ids.company });
    const path = `/company/people/${account.id}/roles`;
    const page = await site.get('owner', path);
    assert.match(page.text, /現在の権限[\s\S]*?開発/);
    const seen = hiddenOf(page.text, 'seen');
    assert.equal(seen, 'developer');
    assert.equal((await site.send('owner', path, { seen, role_support: 'on' })).status, 303);
    for (const time of ['once', 'twice']) {
      const stale = await site.send('owner', path, { seen, role_developer: 'on' });
      assert.equal(stale.status, 409, time);
      assert.match(stale.text, /画面を開き直し、現在の内容を確認/);
      assert.match(stale.text, new RegExp(`href="${path}"[^>]*>画面を開き直す`));
      assert.equal(hiddenOf(stale.text, 'seen'), seen);
    }
    assert.equal(hiddenOf((await site.get('owner', path)).text, 'seen'), 'support');
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
    assert.match(text, /青木 三郎さんの招待は、通信会社の承認待ちです[\s\S]*?理由：経理に配属/);
    const invited = await sql()
      .selectFrom('account')
      .select('email')
      .where('email', '=', finance.email)
      .execute();
    assert.deepEqual(invited, []);
  });

  it('shows what the carrier has proposed about a colleague, without what its people write for each other', async () => {
    const { id } = site.accounts.get('partner')!;
    const clerk = person('inviter', 'administrator');
    const propose = (accountId: number, reason: string) =>
      proposeChange(site.world.deps, clerk, accountRolesApproval, {
        input: { accountId, roles: ['partner', 'finance'] },
        reason,
      });
    await propose(id, '社内の調査のため');
    for (const path of ['/company/people', `/company/people/${id}`]) {
      const { text } = await site.get('owner', path);
      assert.match(text, /権限の変更が、通信会社の承認待ちです[\s\S]*?通信会社が申請しました/, path);
      assert.doesNotMatch(text, /社内の調査/, path);
    }
    const { deps } = site.world;
    const companyId = await companyIdOf(site.ids.company);
    const before = await listPendingAccountChanges(deps, userOf(companyId, 'owner'));
    await propose(Number(site.ids['other-person']), 'よその会社');
    assert.deepEqual(await listPendingAccountChanges(deps, userOf(companyId, 'owner')), before);
    assert.deepEqual(
      before.filter(({ kind }) => kind === 'account.roles').map(({ reason }) => reason),
      [undefined],
    );
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

  it('says until when a replaced key works, and that it has ended, when it is no longer revoked', async () => {
    const { deps, clock } = site.world;
    const id = site.ids['key'];
    const next = await rotateApiKey(deps, person('inviter', 'administrator'), { id, overlapHours: 1 });
    const ending = rowOf((await site.get('owner', '/company/keys')).text, id);
    assert.match(ending, /2026年5月14日\(木\) 11:00まで有効/);
    assert.match(ending, new RegExp(`/company/keys/${id}/revoke`));
    clock.advance(60 * 60_000);
    const { text } = await site.get('owner', '/company/keys');
    assert.match(rowOf(text, id), /終了/);
    assert.doesNotMatch(rowOf(text, id), /revoke|有効/);
    assert.match(rowOf(text, next.id), /有効/);
    assert.equal((await site.get('owner', `/company/keys/${id}/revoke`)).status, 404);
  });
});
