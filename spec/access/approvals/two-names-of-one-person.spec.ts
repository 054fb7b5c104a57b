import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import type { ApprovalKind } from '../../../src/access/approvals/approval-kind.ts';
import { getApproval } from '../../../src/access/approvals/approval.queries.ts';
import { isSamePerson } from '../../../src/access/approvals/approval.rules.ts';
import { approveChange, rejectChange } from '../../../src/access/approvals/decide-approval.ts';
import { proposeChange } from '../../../src/access/approvals/propose-change.ts';
import { sqlOf } from '../../../src/database/sql.ts';
import { hanako, jiro, person } from '../../support/people.ts';
import { createWorld, type World } from '../../support/world.ts';

/** A change of nothing that is stored, for one subject each. */
const change: ApprovalKind<{ readonly subject: string }> = {
  kind: 'nothing.much',
  propose: 'bank-accounts:propose',
  approve: 'bank-accounts:approve',
  readInput: ({ subject }) => ({ subject: String(subject) }),
  lockSubject: async (_tx, { subject }) => ({ subject, version: {} }),
  preview: async () => ({ it: { before: 'old', after: 'new' } }),
  execute: async () => {},
};
const kinds = [change];

/** `hanako` in other letters: case, full width, combined with a joiner, with blanks. */
const SPELLINGS = ['Hanako', 'HANAKO', 'ｈａｎａｋｏ', 'Ｈanako', 'hana\u200dko', 'hana ko', 'hana\u3000ko'];

describe('a proposal and one person under two names', () => {
  let world: World;
  before(async () => void (world = await createWorld()));
  after(() => world.close());

  let subjects = 0;
  const propose = (reason = 'because') =>
    proposeChange(world.deps, hanako, change, {
      input: { subject: `thing:${(subjects += 1)}` },
      reason,
    });
  const stateOf = async (id: string) => (await getApproval(world.deps, jiro, id)).state;

  for (const spelling of SPELLINGS) {
    it(`is not approved by its proposer as ${JSON.stringify(spelling)}`, async () => {
      const id = await propose();
      const again = person(spelling, 'billing-approver');
      const approving = approveChange(world.deps, again, kinds, { approvalId: id });
      await assert.rejects(approving, { code: 'approval-own' });
      assert.equal(await stateOf(id), 'pending');
    });
  }

  it('is refused to another case or width of the proposer by the database, too', async () => {
    const id = await propose();
    for (const checker of ['staff:Hanako', 'staff:ｈａｎａｋｏ']) {
      const approve = sql`UPDATE approval SET state = 'executed', checker = ${checker}, decided_at = proposed_at WHERE id = ${id}`;
      await assert.rejects(approve.execute(sqlOf(world.deps.orm.em.fork())), /approval_two_people/);
    }
  });

  it('is withdrawn, not rejected by a second person, under another spelling', async () => {
    const id = await propose();
    await rejectChange(world.deps, person('Hanako', 'billing'), kinds, { approvalId: id });
    const { state, checker } = await getApproval(world.deps, jiro, id);
    assert.deepEqual([state, checker], ['rejected', null]);
  });

  it('distinguishes people whose names differ by more than spelling', () => {
    assert.equal(isSamePerson('staff:hanako', 'staff:hanako2'), false);
    assert.equal(isSamePerson('staff:花子', 'staff:華子'), false);
    assert.equal(isSamePerson('staff:hanako', 'company-user:hanako'), false);
  });

  it('is not rejected once its time has run out: it is expired', async () => {
    const id = await propose();
    world.clock.advance(14 * 86_400_000);
    const late = rejectChange(world.deps, jiro, kinds, { approvalId: id });
    await assert.rejects(late, { code: 'approval-expired' });
    const { state, checker } = await getApproval(world.deps, jiro, id);
    assert.deepEqual([state, checker], ['expired', null]);
  });

  it('takes a reason and a note that people can read, of at most 300 characters', async () => {
    for (const wrong of ['', 'x'.repeat(301), 'ok\u001b[2J', 'a\u202eb', 'two\nlines']) {
      await assert.rejects(propose(wrong), { code: 'invalid-request' }, JSON.stringify(wrong));
      const decision = { approvalId: await propose(), note: wrong };
      for (const decide of [approveChange, rejectChange]) {
        const deciding = decide(world.deps, jiro, kinds, decision);
        await assert.rejects(deciding, { code: 'invalid-request' }, JSON.stringify(wrong));
      }
      assert.equal(await stateOf(decision.approvalId), 'pending');
    }
  });
});
