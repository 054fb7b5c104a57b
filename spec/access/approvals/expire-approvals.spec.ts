import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import type { Actor } from '../../../src/access/actor.ts';
import type { ApprovalKind } from '../../../src/access/approvals/approval-kind.ts';
import { rejectChange } from '../../../src/access/approvals/decide-approval.ts';
import { expireApprovals } from '../../../src/access/approvals/expire-approvals.ts';
import { proposeChange } from '../../../src/access/approvals/propose-change.ts';
import { startTimetable } from '../../../batch/run-timetable.ts';
import { createTimetable } from '../../../batch/timetable.ts';
import { sqlOf } from '../../../src/database/sql.ts';
import { createWorld, type World } from '../../support/world.ts';

const DAY_MS = 86_400_000;

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

const maker: Actor = { kind: 'staff', account: 'hanako', roles: ['billing'], provenBy: 'second-factor' };

const job: Actor = { kind: 'job', job: 'expire-approvals' };

let world: World;
before(async () => void (world = await createWorld()));
after(() => world.close());

let subjects = 0;
const propose = () =>
  proposeChange(world.deps, maker, change, {
    input: { subject: `thing:${(subjects += 1)}` },
    reason: 'because',
  });

async function rowOf(id: string) {
  const query = sqlOf(world.deps.orm.em.fork())
    .selectFrom('approval')
    .select(['state', 'decidedAt', 'checker']);
  return query.where('id', '=', id).executeTakeFirstOrThrow();
}

it('records each proposal whose time has run out as expired, once, when several processes do it at once', async () => {
  const [old, rejected] = [await propose(), await propose()];
  await rejectChange(world.deps, maker, [change], { approvalId: rejected });
  world.clock.advance(3 * DAY_MS);
  const young = await propose();
  world.clock.advance(11 * DAY_MS - 1);
  assert.equal(await expireApprovals(world.deps, job), 0, 'not before its time');
  world.clock.advance(1);
  const counts = await Promise.all([1, 2, 3].map(() => expireApprovals(world.deps, job)));
  assert.equal(
    counts.reduce((sum, count) => sum + count, 0),
    1,
  );
  assert.deepEqual(await rowOf(old), { state: 'expired', decidedAt: world.clock.now(), checker: null });
  const audits = sqlOf(world.deps.orm.em.fork()).selectFrom('audit_entry').selectAll();
  const audit = await audits.where('action', '=', 'approval.expire').execute();
  assert.equal(audit.length, 1);
  assert.deepEqual([(await rowOf(rejected)).state, (await rowOf(young)).state], ['rejected', 'pending']);
});

it('is done by the timetable', async () => {
  const id = await propose();
  world.clock.advance(14 * DAY_MS);
  const entries = createTimetable().filter(({ name }) => name === 'expire-approvals');
  const timetable = startTimetable(world.deps, { entries });
  const giveUpAtMs = performance.now() + 30_000;
  while ((await rowOf(id)).state !== 'expired') assert.ok(performance.now() < giveUpAtMs);
  await timetable.stop();
});
