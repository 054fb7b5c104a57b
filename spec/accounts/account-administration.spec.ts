import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import type { Actor } from '../../src/access/actor.ts';
import { approveChange } from '../../src/access/approvals/decide-approval.ts';
import { getApproval } from '../../src/access/approvals/approval.queries.ts';
import { proposeChange } from '../../src/access/approvals/propose-change.ts';
import {
  accountFactorResetApproval,
  accountInviteApproval,
  accountRolesApproval,
} from '../../src/accounts/account-approvals.ts';
import { acceptInvitation } from '../../src/accounts/accept-invitation.ts';
import { findAccountByEmail, getAccount } from '../../src/accounts/account.queries.ts';
import {
  endAccount,
  resumeAccount,
  signOutAccount,
  suspendAccount,
} from '../../src/accounts/change-account-state.ts';
import { findSignedIn } from '../../src/accounts/account-proof.ts';
import { inviteAccount, resendInvitation } from '../../src/accounts/invite-account.ts';
import { inviteFirstAccount } from '../../src/accounts/invite-first-account.ts';
import { setAccountRoles } from '../../src/accounts/set-account-roles.ts';
import { approvalKinds } from '../../src/approval-kinds.ts';
import { enterFirstAccount } from '../../src/bank-accounts/enter-first-account.ts';
import { contractEndApproval } from '../../src/contracts/contract-approvals.ts';
import { sqlOf } from '../../src/database/sql.ts';
import type { Deps } from '../../src/deps.ts';
import { checkInvariants } from '../../src/invariants/check-invariants.ts';
import { staff, userOf } from '../support/actors.ts';
import { makeAccount, mailedToken, makeInvited, makeStaff, PASSWORD } from '../support/accounts.ts';
import { makeCompany, makeSale } from '../support/factories.ts';
import { person } from '../support/people.ts';
import { createWorld, type World } from '../support/world.ts';

const [administrator, approver] = [
  person('inviter', 'administrator'),
  person('approver', 'billing-approver'),
];
const guest = (email: string) => ({ email, displayName: '山田 花子', language: 'ja' as const });
const bank = {
  bankCode: '9999',
  bankName: 'ミホン',
  branchCode: '001',
  branchName: 'ホンテン',
  accountType: 'ordinary',
  accountNumber: '7654321',
  accountHolder: 'シノノメ',
} as const;

describe('accounts', () => {
  let world: World;
  let deps: Deps;
  before(async () => {
    world = await createWorld();
    deps = world.deps;
  });
  after(() => world.close());

  const plain = () => sqlOf(deps.orm.em.fork());
  const propose = (input: Parameters<typeof accountInviteApproval.execute>[2], by: Actor = administrator) =>
    proposeChange(deps, by, accountInviteApproval, { input, reason: 'joins' });
  const approve = (approvalId: string, by: Actor = approver, to = deps) =>
    approveChange(to, by, approvalKinds, { approvalId });

  it('of one address and audience exist once, also for two who invite at once and however it is written', async () => {
    const invite = (email: string) =>
      inviteAccount(deps, administrator, { ...guest(email), audience: 'staff', roles: ['agent'] });
    const outcomes = await Promise.allSettled([
      invite('twice@people.example'),
      invite('Twice@People.example'),
    ]);
    assert.deepEqual(outcomes.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
    await assert.rejects(invite('TWICE@people.example'), { code: 'already-exists' });
    const company = await makeCompany(deps);
    await makeInvited(deps, { companyCode: company.code, email: 'twice@people.example' });
  });

  it('have addresses, names and roles that are sound', async () => {
    const staffed = { ...guest('a@people.example'), audience: 'staff', roles: ['agent'] } as const;
    for (const wrong of [
      { ...staffed, email: 'a@b' },
      { ...staffed, email: 'a b@people.example' },
      { ...staffed, email: 'a@people.example\r\nBcc: x@y.example' },
      { ...staffed, email: 'а@people.example' },
      { ...staffed, displayName: '' },
      { ...staffed, displayName: 'a\nb' },
      { ...staffed, roles: [] },
      { ...staffed, roles: ['agent', 'agent'] as const },
      { ...staffed, roles: ['partner'] as const },
      { ...staffed, companyCode: 'shinonome' },
      { ...staffed, audience: 'company' as const, roles: ['support'] as const },
    ])
      await assert.rejects(
        inviteAccount(deps, administrator, wrong),
        { code: 'invalid-request' },
        JSON.stringify(wrong),
      );
  });

  it('with a role that proposes or approves take two people', async () => {
    const company = await makeCompany(deps);
    for (const [role, companyCode] of [
      ['billing', null],
      ['billing-approver', null],
      ['administrator', null],
      ['owner', company.code],
      ['finance', company.code],
    ] as const) {
      const audience = companyCode === null ? 'staff' : 'company';
      const invitation = { ...guest(`${role}@two.example`), audience, companyCode, roles: [role] } as const;
      await assert.rejects(inviteAccount(deps, administrator, invitation), { code: 'approval-required' });
      const id = await propose(invitation);
      await assert.rejects(approve(id, { ...administrator, roles: ['billing-approver'] }), {
        code: 'approval-own',
      });
      await approve(id);
      const account = await findAccountByEmail(deps, invitation);
      assert.deepEqual([account?.state, account?.roles], ['invited', [role]]);
    }
  });

  it('are invited by the owner of a company into it alone', async () => {
    const [mine, other] = [await makeCompany(deps), await makeCompany(deps)];
    const owner = userOf(mine.id, 'owner');
    const into = (companyCode: string, roles: readonly ('support' | 'finance')[]) =>
      ({
        ...guest(`${companyCode}-${roles.join('')}@own.example`),
        audience: 'company',
        companyCode,
        roles,
      }) as const;
    await inviteAccount(deps, owner, into(mine.code, ['support']));
    await assert.rejects(inviteAccount(deps, owner, into(other.code, ['support'])), {
      code: 'company-not-found',
    });
    const asStaff = { ...guest('mole@own.example'), audience: 'staff', roles: ['agent'] } as const;
    await assert.rejects(inviteAccount(deps, owner, asStaff), { code: 'permission-denied' });
    await approve(await propose(into(mine.code, ['finance']), owner));
    await assert.rejects(propose(into(other.code, ['finance']), owner), { code: 'company-not-found' });
    const { account } = await makeAccount(deps, { companyCode: other.code, app: false });
    const reset = proposeChange(deps, owner, accountFactorResetApproval, {
      input: { accountId: account.id },
      reason: 'lost',
    });
    await assert.rejects(reset, { code: 'account-not-found' });
  });

  it('get such a role later by two people, none of whom is the person', async () => {
    const { account, actor } = await makeStaff(deps, 'agent');
    const input = { accountId: account.id, roles: ['agent', 'billing'] } as const;
    await assert.rejects(setAccountRoles(deps, administrator, input), { code: 'approval-required' });
    const id = await proposeChange(deps, administrator, accountRolesApproval, { input, reason: 'new duty' });
    assert.deepEqual((await getApproval(deps, administrator, id)).changes, {
      roles: { before: 'agent', after: 'agent billing' },
    });
    await assert.rejects(approve(id, { ...actor, roles: ['billing-approver'] }), { code: 'approval-own' });
    await approve(id);
    assert.deepEqual((await getAccount(deps, administrator, account.id)).roles, ['agent', 'billing']);
    await setAccountRoles(deps, administrator, { accountId: account.id, roles: ['auditor'] });
    assert.deepEqual((await getAccount(deps, administrator, account.id)).roles, ['auditor']);
    const back = setAccountRoles(deps, administrator, {
      accountId: account.id,
      roles: ['auditor', 'billing'],
    });
    await assert.rejects(back, { code: 'approval-required' });
  });

  it('get no such role by plain SQL without an approval of that very account and role', async () => {
    const { account } = await makeStaff(deps, 'agent');
    const approved = await propose({ ...guest('sql@two.example'), audience: 'staff', roles: ['billing'] });
    await approve(approved);
    const insert = (role: string, approvalId: string | null) =>
      sql`INSERT INTO account_role (account_id, role, approval_id, granted_at) VALUES (${account.id}, ${role}, ${approvalId}, ${deps.clock.now()})`.execute(
        plain(),
      );
    for (const approvalId of [null, approved])
      await assert.rejects(insert('billing', approvalId), /account_role_takes_two/);
    await assert.rejects(insert('owner', null), /account_role_takes_two/);
    await insert('auditor', null);
    const revoked = sql`UPDATE account_role SET role = 'billing' WHERE account_id = ${account.id} AND role = 'auditor'`;
    await assert.rejects(revoked.execute(plain()), /account_role_takes_two/);
    await assert.rejects(
      sql`DELETE FROM account_role WHERE account_id = ${account.id}`.execute(plain()),
      /account_role_stays/,
    );
    await assert.rejects(sql`DELETE FROM account WHERE id = ${account.id}`.execute(plain()), /account_stays/);
    const report = await checkInvariants(deps, administrator, { months: { since: '2026-05' } });
    const found = report.find(({ number }) => number === 15);
    assert.match(JSON.stringify(found), /account_role/);
    await sql`UPDATE account_role SET revoked_at = granted_at WHERE account_id = ${account.id} AND role = 'auditor'`.execute(
      plain(),
    );
  });

  it('void what their person has proposed once the account is suspended or has lost the role', async () => {
    const { company } = await makeSale(deps);
    const input = { companyCode: company.code, validFrom: '2026-01-01', validTo: '2026-08-01' };
    const proposal = { input, reason: 'it ends' };
    const lost = await makeStaff(deps, 'billing');
    const first = await proposeChange(deps, lost.actor, contractEndApproval, proposal);
    await setAccountRoles(deps, administrator, { accountId: lost.account.id, roles: ['agent'] });
    await assert.rejects(approve(first), { code: 'approval-void' });
    const away = await makeStaff(deps, 'billing');
    const second = await proposeChange(deps, away.actor, contractEndApproval, proposal);
    await suspendAccount(deps, administrator, { accountId: away.account.id });
    await assert.rejects(approve(second), { code: 'approval-void' });
    await resumeAccount(deps, administrator, { accountId: away.account.id });
    await assert.rejects(approve(second), { code: 'approval-void' });
    await approve(await proposeChange(deps, away.actor, contractEndApproval, proposal));
  });

  it('lose their second factor by two people, and their person begins again with the mail', async () => {
    const { account } = await makeAccount(deps);
    const input = { accountId: account.id };
    await approve(
      await proposeChange(deps, administrator, accountFactorResetApproval, { input, reason: 'lost' }),
    );
    const now = await getAccount(deps, administrator, account.id);
    assert.deepEqual([now.state, now.passwordHash, now.roles], ['invited', null, ['agent']]);
    const totp = await plain()
      .selectFrom('account_totp')
      .select('accountId')
      .where('accountId', '=', account.id)
      .execute();
    assert.deepEqual(totp, []);
    const token = await mailedToken(deps, 'account-invitation', account.id);
    const step = await acceptInvitation(deps, { token, password: PASSWORD });
    assert.equal(step.step, 'enrolment');
  });

  it('end every session when they are suspended, resumed, signed out, ended or get other roles', async () => {
    const { account } = await makeAccount(deps);
    const proof = async () => ({
      accountId: account.id,
      credentialVersion: (await getAccount(deps, administrator, account.id)).credentialVersion,
      provenBy: 'second-factor' as const,
      factorAt: null,
    });
    const input = { accountId: account.id };
    for (const change of [
      () => signOutAccount(deps, administrator, input),
      () => setAccountRoles(deps, administrator, { ...input, roles: ['auditor'] }),
      async () => {
        await suspendAccount(deps, administrator, input);
        await resumeAccount(deps, administrator, input);
      },
      () => endAccount(deps, administrator, input),
    ]) {
      const session = await proof();
      assert.ok(await findSignedIn(deps, session));
      await change();
      assert.equal(await findSignedIn(deps, session), undefined);
    }
    await assert.rejects(resumeAccount(deps, administrator, input), { code: 'illegal-state' });
    const revived = sql`UPDATE account SET state = 'active', email_key = email, ended_at = NULL WHERE id = ${account.id}`;
    await assert.rejects(revived.execute(plain()), /account_is_one_person/);
    await makeInvited(deps, { email: account.email });
  });

  it('are accepted once, of two at once, and by the newest link, for a week', async () => {
    const { account, token: older } = await makeInvited(deps);
    await resendInvitation(deps, administrator, { accountId: account.id });
    const token = await mailedToken(deps, 'account-invitation', account.id);
    await assert.rejects(acceptInvitation(deps, { token: older, password: PASSWORD }), {
      code: 'token-invalid',
    });
    const outcomes = await Promise.allSettled(
      [PASSWORD, `${PASSWORD}-2`].map((password) => acceptInvitation(deps, { token, password })),
    );
    assert.deepEqual(outcomes.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
    const { token: late } = await makeInvited(deps);
    const now = deps.clock.now();
    world.clock.advance(7 * 86_400_000);
    await assert.rejects(acceptInvitation(deps, { token: late, password: PASSWORD }), {
      code: 'token-invalid',
    });
    world.clock.set(now);
  });

  it('differ from their audit rows nowhere', async () => {
    const report = await checkInvariants(deps, administrator, { months: { since: '2026-05' } });
    assert.deepEqual(
      report
        .filter(({ number }) => number === 12 || number === 15)
        .map(({ number, holds }) => [number, holds]),
      [
        [12, true],
        [15, false],
      ],
      'the role that plain SQL added is the only one',
    );
  });
});

describe('the first two accounts of the carrier', () => {
  let world: World;
  let deps: Deps;
  let production: Deps;
  before(async () => {
    world = await createWorld();
    deps = world.deps;
    production = { ...deps, config: { ...deps.config, mode: 'production' } };
  });
  after(() => world.close());
  const invite = (email: string, roles: ('administrator' | 'billing-approver')[] = ['administrator']) =>
    inviteFirstAccount(production, staff('founder'), { ...guest(email), roles });

  it('are two at most, also of three at once; one that nobody has used gives its place back', async () => {
    const outcomes = await Promise.allSettled(['a', 'b', 'c'].map((name) => invite(`${name}@first.example`)));
    const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
    assert.deepEqual(
      refused.map(({ reason }) => (reason as { code: string }).code),
      ['approval-required'],
    );
    const made = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
    await endAccount(production, staff('founder'), { accountId: made[0]!.accountId });
    const again = await invite('again@first.example', ['billing-approver']);
    await assert.rejects(invite('more@first.example'), { code: 'approval-required' });
    for (const { accountId } of [made[1]!, again]) {
      const token = await mailedToken(production, 'account-invitation', accountId);
      await acceptInvitation(production, { token, password: PASSWORD });
    }
  });

  it('are never made a third time, whatever becomes of them', async () => {
    const ids = await sqlOf(deps.orm.em.fork())
      .selectFrom('account')
      .select('id')
      .where('state', '=', 'active')
      .execute();
    assert.equal(ids.length, 2);
    for (const { id } of ids) {
      const last = suspendAccount(production, staff('founder'), { accountId: id });
      await assert.rejects(last, { code: 'illegal-state', message: /last active/ });
    }
    await assert.rejects(invite('more@first.example'), { code: 'approval-required' });
  });

  it('end the time in which one person may enter a bank account or a contract in production', async () => {
    const company = await makeCompany(deps);
    const entered = enterFirstAccount(production, person('founder', 'billing'), {
      companyCode: company.code,
      ...bank,
    });
    await assert.rejects(entered, { code: 'approval-required' });
    const { id } = await makeCompany(deps);
    assert.ok(id > 0);
    await enterFirstAccount(deps, staff('founder', 'billing'), { companyCode: company.code, ...bank });
  });

  it('leave no way for a bare name in production to give anybody anything', async () => {
    const invitation = { ...guest('late@first.example'), audience: 'staff', roles: ['agent'] } as const;
    await assert.rejects(inviteAccount(production, staff('founder'), invitation), {
      code: 'approval-needs-person',
    });
    const { company } = await makeSale(deps);
    const input = { companyCode: company.code, validFrom: '2026-01-01', validTo: '2026-08-01' };
    const made = await proposeChange(deps, person('bare', 'billing'), contractEndApproval, {
      input,
      reason: 'r',
    });
    const decided = approveChange(production, person('approver', 'billing-approver'), approvalKinds, {
      approvalId: made,
    });
    await assert.rejects(decided, { code: 'approval-void' });
  });
});
