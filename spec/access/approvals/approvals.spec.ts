import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { sql } from 'kysely';
import type { Actor } from '../../../src/access/actor.ts';
import { changesBetween, type ApprovalKind } from '../../../src/access/approvals/approval-kind.ts';
import { getApproval, listApprovals } from '../../../src/access/approvals/approval.queries.ts';
import { approveChange, rejectChange } from '../../../src/access/approvals/decide-approval.ts';
import { proposeChange } from '../../../src/access/approvals/propose-change.ts';
import { sqlOf } from '../../../src/database/sql.ts';
import type { InTransaction } from '../../../src/database/transaction.ts';
import type { Deps } from '../../../src/deps.ts';
import { Problem } from '../../../src/shared/problem.ts';
import { makeCompany } from '../../support/factories.ts';
import { createWorld, type World } from '../../support/world.ts';

interface Rename {
  readonly code: string;
  readonly nameEn: string;
}

/** A change as small as one can be: the English name of a company, which refuses one name. */
const rename: ApprovalKind<Rename> = {
  kind: 'company.rename',
  propose: 'bank-accounts:propose',
  approve: 'bank-accounts:approve',
  readInput: (stored) => stored as unknown as Rename,
  async lockSubject(tx, { code }) {
    return { subject: `company:${code}`, version: await lockName(tx, code) };
  },
  async preview(tx, { code, nameEn }) {
    return changesBetween(await lockName(tx, code), { nameEn });
  },
  async execute(tx, _authority, { code, nameEn }) {
    if (nameEn === 'Refused Inc.') throw new Problem('already-exists');
    await sqlOf(tx.em).updateTable('company').set({ nameEn }).where('code', '=', code).execute();
  },
};
const kinds = [rename];

async function lockName(tx: InTransaction<Deps>, code: string) {
  const company = await sqlOf(tx.em)
    .selectFrom('company')
    .select(['id', 'nameEn'])
    .where('code', '=', code)
    .forUpdate()
    .executeTakeFirst();
  if (!company) throw new Problem('company-not-found');
  return company;
}

const person = (account: string, role: 'billing' | 'billing-approver' | 'auditor'): Actor => ({
  kind: 'staff',
  account,
  roles: [role],
  provenBy: 'second-factor',
});
const [maker, checker, auditor] = [
  person('hanako', 'billing'),
  person('jiro', 'billing-approver'),
  person('saburo', 'auditor'),
];

const is = (code: string) => (error: unknown) => error instanceof Problem && error.code === code;

describe('a change that takes two people', () => {
  let world: World;
  let deps: Deps;
  let code: string;
  before(async () => {
    world = await createWorld();
    deps = world.deps;
  });
  after(() => world.close());
  beforeEach(async () => {
    code = (await makeCompany(deps, { nameEn: 'Before Inc.' })).code;
  });

  const propose = (nameEn = 'After Inc.', by = maker) =>
    proposeChange(deps, by, rename, { input: { code, nameEn }, reason: 'as registered' });
  const nameNow = async () => {
    const query = sqlOf(deps.orm.em.fork()).selectFrom('company').select('nameEn').where('code', '=', code);
    return (await query.executeTakeFirstOrThrow()).nameEn;
  };
  const stateOf = async (id: string) => (await getApproval(deps, auditor, id)).state;
  const auditOf = async () => {
    const rows = await sqlOf(deps.orm.em.fork())
      .selectFrom('audit_entry')
      .select(['action', 'actor'])
      .where('subject', '=', `company:${code}`)
      .orderBy('id')
      .execute();
    return rows.map(({ action, actor }) => `${action} ${actor}`);
  };

  it('changes nothing when it is proposed, and everything when another person approves', async () => {
    const id = await propose();
    assert.equal(await nameNow(), 'Before Inc.');
    const [waiting] = await listApprovals(deps, auditor, { subject: `company:${code}` });
    assert.deepEqual(waiting?.changes, { nameEn: { before: 'Before Inc.', after: 'After Inc.' } });
    await approveChange(deps, checker, kinds, { approvalId: id });
    assert.equal(await nameNow(), 'After Inc.');
    const done = await getApproval(deps, auditor, id);
    assert.deepEqual([done.state, done.maker, done.checker], ['executed', 'staff:hanako', 'staff:jiro']);
    assert.deepEqual(await auditOf(), ['approval.propose staff:hanako', 'approval.approve staff:jiro']);
  });

  it('is not approved by the person who proposed it, whatever the roles', async () => {
    const both: Actor = { ...maker, roles: ['billing', 'billing-approver'] } as Actor;
    const id = await propose('After Inc.', both);
    await assert.rejects(approveChange(deps, both, kinds, { approvalId: id }), is('approval-own'));
    assert.equal(await nameNow(), 'Before Inc.');
  });

  it('is not approved by the proposer, by a job or by nobody in plain SQL either', async () => {
    const id = await propose();
    const set = (checkedBy: string | null) =>
      sql`UPDATE approval SET state = 'executed', checker = ${checkedBy}, decided_at = proposed_at WHERE id = ${id}`.execute(
        sqlOf(deps.orm.em.fork()),
      );
    await assert.rejects(set('staff:hanako'), /approval_two_people/);
    await assert.rejects(set('job:night'), /approval_by_persons/);
    await assert.rejects(set(null), /approval_is_checked/);
    const late = sql`UPDATE approval SET state = 'executed', checker = 'staff:jiro', decided_at = expires_at WHERE id = ${id}`;
    await assert.rejects(late.execute(sqlOf(deps.orm.em.fork())), /approval_in_time/);
    const born = sql`INSERT INTO approval (id, kind, subject, input, changes, subject_hash, reason, state, maker, proposed_at, expires_at, checker, decided_at)
      SELECT ${deps.ids.next()}, kind, 'company:other', input, changes, subject_hash, reason, 'executed', maker, proposed_at, expires_at, 'staff:jiro', proposed_at
      FROM approval WHERE id = ${id}`;
    await assert.rejects(born.execute(sqlOf(deps.orm.em.fork())), /approval_begins_pending/);
  });

  it('is decided once, and a decided one is neither rewritten nor removed', async () => {
    const id = await propose();
    await approveChange(deps, checker, kinds, { approvalId: id });
    await assert.rejects(approveChange(deps, checker, kinds, { approvalId: id }), is('approval-decided'));
    await assert.rejects(rejectChange(deps, checker, kinds, { approvalId: id }), is('approval-decided'));
    const em = sqlOf(deps.orm.em.fork());
    await assert.rejects(
      sql`UPDATE approval SET state = 'rejected' WHERE id = ${id}`.execute(em),
      /is_final/,
    );
    await assert.rejects(sql`DELETE FROM approval WHERE id = ${id}`.execute(em), /approval_stays/);
  });

  it('is executed once when two people approve at the same time', async () => {
    const id = await propose();
    const other = person('goro', 'billing-approver');
    const outcomes = await Promise.allSettled(
      [checker, other].map((by) => approveChange(deps, by, kinds, { approvalId: id })),
    );
    assert.deepEqual(outcomes.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
    const refused = outcomes.find((outcome) => outcome.status === 'rejected');
    assert.ok(is('approval-decided')(refused?.reason));
    assert.equal((await auditOf()).filter((row) => row.startsWith('approval.approve')).length, 1);
  });

  it('is void when the subject has changed meanwhile, and stays void', async () => {
    const id = await propose();
    await sqlOf(deps.orm.em.fork())
      .updateTable('company')
      .set({ nameEn: 'Elsewhere Inc.' })
      .where('code', '=', code)
      .execute();
    await assert.rejects(approveChange(deps, checker, kinds, { approvalId: id }), is('approval-void'));
    assert.equal(await nameNow(), 'Elsewhere Inc.');
    assert.equal(await stateOf(id), 'void');
    await assert.rejects(approveChange(deps, checker, kinds, { approvalId: id }), is('approval-void'));
  });

  it('expires after fourteen days: seen at once, not approved, and room for the next', async () => {
    const id = await propose();
    const began = deps.clock.now();
    world.clock.set(new Date(began.getTime() + 14 * 86_400_000));
    try {
      assert.equal(await stateOf(id), 'expired');
      assert.equal(
        (await listApprovals(deps, auditor, { subject: `company:${code}`, state: 'pending' })).length,
        0,
      );
      assert.equal(
        (await listApprovals(deps, auditor, { subject: `company:${code}`, state: 'expired' })).length,
        1,
      );
      await assert.rejects(approveChange(deps, checker, kinds, { approvalId: id }), is('approval-expired'));
      await approveChange(deps, checker, kinds, { approvalId: await propose('Later Inc.') });
      assert.equal(await nameNow(), 'Later Inc.');
    } finally {
      world.clock.set(began);
    }
  });

  it('waits alone: a second proposal for the subject is refused until the first is decided', async () => {
    const id = await propose();
    await assert.rejects(propose('Second Inc.'), is('approval-pending'));
    await rejectChange(deps, checker, kinds, { approvalId: id, note: 'not the registered name' });
    assert.equal(await stateOf(id), 'rejected');
    await approveChange(deps, checker, kinds, { approvalId: await propose('Second Inc.') });
    assert.equal(await nameNow(), 'Second Inc.');
  });

  it('is withdrawn by the person who proposed it', async () => {
    const id = await propose();
    await rejectChange(deps, maker, kinds, { approvalId: id });
    const { state, checker: by } = await getApproval(deps, auditor, id);
    assert.deepEqual([state, by], ['rejected', null]);
    assert.ok((await auditOf()).includes('approval.withdraw staff:hanako'));
  });

  it('waits on when the change itself is refused at approval', async () => {
    const id = await propose('Refused Inc.');
    await assert.rejects(approveChange(deps, checker, kinds, { approvalId: id }), is('already-exists'));
    assert.equal(await stateOf(id), 'pending');
    assert.deepEqual(await auditOf(), ['approval.propose staff:hanako']);
  });

  it('is refused where it changes nothing, has no reason, or names no subject', async () => {
    await assert.rejects(propose('Before Inc.'), is('approval-changes-nothing'));
    const empty = proposeChange(deps, maker, rename, { input: { code, nameEn: 'X' }, reason: ' ' });
    await assert.rejects(empty, is('invalid-request'));
    const nowhere = { input: { code: 'nowhere', nameEn: 'X' }, reason: 'r' };
    await assert.rejects(proposeChange(deps, maker, rename, nowhere), is('company-not-found'));
  });

  it('takes the right of its kind, for the proposer and for the approver', async () => {
    await assert.rejects(propose('After Inc.', checker), is('permission-denied'));
    const id = await propose();
    await assert.rejects(approveChange(deps, auditor, kinds, { approvalId: id }), is('permission-denied'));
    await assert.rejects(rejectChange(deps, auditor, kinds, { approvalId: id }), is('permission-denied'));
  });

  it('takes a person, and in production one who is proven', async () => {
    const bare: Actor = { ...maker, provenBy: 'nothing' } as Actor;
    await propose('After Inc.', bare);
    const production: Deps = { ...deps, config: { ...deps.config, mode: 'production' } };
    const input = { input: { code, nameEn: 'Other Inc.' }, reason: 'r' };
    const refused = async () => proposeChange(production, bare, rename, input);
    await assert.rejects(refused, is('approval-needs-person'));
  });
});
