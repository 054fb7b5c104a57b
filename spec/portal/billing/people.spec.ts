import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { queryRows } from '../../../src/database/statement-pipeline.ts';
import { openBillingSite, type BillingSite } from './billing-site.ts';

let site: BillingSite;
before(async () => void (site = await openBillingSite()));
after(() => site.close());

const read = <Row extends object>(text: string) => queryRows<Row>(site.world.deps.orm.em.fork(), text, []);
const plain = (html: string) => html.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ');
const send = (path: string, fields: Readonly<Record<string, string>> = {}) =>
  site.send('administrator', path, fields);
/** Somebody with a role, by what the account may do. */
async function accountWith(role: string): Promise<number> {
  const [row] = await read<{ id: number }>(
    `SELECT a.id FROM account a JOIN account_role r ON r.account_id = a.id
     WHERE a.audience = 'staff' AND a.state = 'active' AND r.role = '${role}' AND r.revoked_at IS NULL ORDER BY a.id LIMIT 1`,
  );
  return row!.id;
}
const pendingOf = async (kind: string) =>
  (await read<{ id: string }>(`SELECT id FROM approval WHERE kind = '${kind}' AND state = 'pending'`)).length;
const rolesOf = async (id: number) =>
  (
    await read<{ role: string }>(
      `SELECT role FROM account_role WHERE account_id = ${id} AND revoked_at IS NULL ORDER BY role`,
    )
  ).map(({ role }) => role);
const newcomer = { displayName: '新人', language: 'ja' };

describe('one administrator never becomes two people', () => {
  it('invites alone into a role that touches no money', async () => {
    const reply = await send('/billing/people/invite', {
      ...newcomer,
      email: 'agent@new.example',
      agent: 'on',
    });
    assert.equal(reply.status, 303);
    const rows = await read(`SELECT id FROM account WHERE email = 'agent@new.example'`);
    assert.equal(rows.length, 1);
  });

  for (const role of ['billing', 'billing-approver', 'administrator', 'lead'])
    it(`only proposes to invite into ${role}: no account is there, and no mail`, async () => {
      const before = await pendingOf('account.invite');
      const email = `${role}@new.example`;
      const reply = await send('/billing/people/invite', {
        ...newcomer,
        email,
        [role]: 'on',
        reason: '増員',
      });
      assert.equal(reply.status, 303);
      assert.equal(await pendingOf('account.invite'), before + 1);
      assert.equal((await read(`SELECT id FROM account WHERE email = '${email}'`)).length, 0);
    });

  it('does not grant the own account a role that touches money, nor another', async () => {
    for (const id of [await accountWith('administrator'), await accountWith('auditor')]) {
      const before = await rolesOf(id);
      const ticked = Object.fromEntries([...before, 'billing'].map((role) => [role, 'on']));
      const reply = await send(`/billing/people/${id}/roles`, { ...ticked, reason: '兼務' });
      assert.equal(reply.status, 303);
      assert.deepEqual(await rolesOf(id), before);
    }
    assert.equal(await pendingOf('account.roles'), 2);
  });

  it('does not reset factors alone, and shows what waits', async () => {
    const id = await accountWith('billing');
    const [before] = await read<{ v: number }>(
      `SELECT credential_version AS v FROM account WHERE id = ${id}`,
    );
    const reply = await send(`/billing/people/${id}/reset-factor`, { reason: '端末を紛失' });
    assert.equal(reply.status, 303);
    const [now] = await read<{ v: number }>(`SELECT credential_version AS v FROM account WHERE id = ${id}`);
    assert.deepEqual(now, before);
    assert.match(
      plain((await site.get('administrator', `/billing/people/${id}`)).text),
      /承認待ち.*端末を紛失/,
    );
  });

  it('needs a reason for two, and is refused what only others may', async () => {
    const email = 'without-reason@new.example';
    const reply = await send('/billing/people/invite', { ...newcomer, email, billing: 'on' });
    assert.equal(reply.status, 400);
    assert.equal((await read(`SELECT id FROM approval WHERE input LIKE '%${email}%'`)).length, 0);
    for (const role of ['billing', 'billing-approver', 'lead', 'auditor', 'agent'] as const) {
      const refused = await site.send(role, '/billing/people/invite', { ...newcomer, email, agent: 'on' });
      assert.equal(refused.status, 403, role);
    }
  });
});

describe('accounts of staff', () => {
  it('are listed with roles and state, and each shows its second factors', async () => {
    assert.match(plain((await site.get('auditor', '/billing/people')).text), /監査担当/);
    const text = plain((await site.get('auditor', `/billing/people/${await accountWith('agent')}`)).text);
    assert.match(text, /認証アプリ なし パスキー 0/);
    assert.doesNotMatch(text, /役割を変更/);
  });

  it('are suspended at once, with their sessions, and reinstated', async () => {
    const id = await accountWith('agent');
    assert.equal((await send(`/billing/people/${id}/suspend`)).status, 303);
    assert.equal((await read(`SELECT id FROM account WHERE id = ${id} AND state = 'suspended'`)).length, 1);
    assert.equal((await read(`SELECT id_hash FROM session WHERE account_id = ${id}`)).length, 0);
    assert.equal((await send(`/billing/people/${id}/suspend`)).status, 409);
    assert.equal((await send(`/billing/people/${id}/resume`)).status, 303);
    assert.equal((await read(`SELECT id FROM account WHERE id = ${id} AND state = 'active'`)).length, 1);
  });

  it('are signed out everywhere', async () => {
    const id = await accountWith('lead');
    await site.get('lead', '/billing');
    assert.equal((await send(`/billing/people/${id}/sign-out`)).status, 303);
    assert.equal((await read(`SELECT id_hash FROM session WHERE account_id = ${id}`)).length, 0);
  });
});
