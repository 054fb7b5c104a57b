import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { runRequests } from '../../batch/run-requests.ts';
import { sqlOf } from '../../src/database/sql.ts';
import { executeRun } from '../../src/runs/execute-run.ts';
import { retryParked } from '../../src/runs/retry-parked.ts';
import { getRun } from '../../src/runs/run-details.queries.ts';
import { settleCompanies } from '../../src/settlements/settle-companies.ts';
import { CLOSING_GROUPS } from '../../src/shared/calendar.rules.ts';
import { closeMonth, makeLineIds } from '../support/closed-month.ts';
import { makeCompany, makeContract, makeService } from '../support/factories.ts';
import { finishNeeds } from '../support/finish-needs.ts';
import { hanako } from '../support/people.ts';
import { createWorld, type World } from '../support/world.ts';

const key = { job: 'settle-companies', businessDate: '2026-04-25' };
const going = new AbortController().signal;

describe('what a run has parked', () => {
  let world: World;
  const companies: { id: number; code: string }[] = [];
  before(async () => {
    world = await createWorld();
    const { deps } = world;
    const lines = makeLineIds(6);
    const sales = [];
    for (const code of ['one', 'two', 'three']) {
      const { id: companyId } = await makeCompany(deps, { code });
      const { id: serviceId } = await makeService(deps, { companyId });
      companies.push({ id: companyId, code });
      for (const [index, lineId] of lines.entries())
        sales.push({ companyId, serviceId, lineId, closingGroup: CLOSING_GROUPS[index]!, amountMinor: 900n });
    }
    await makeContract(deps, { companyId: companies[0]!.id });
    await closeMonth(deps, { period: '2026-03', sales });
    await finishNeeds(deps, key);
    await executeRun(deps, key, settleCompanies);
  });
  after(() => world.close());
  const runNow = async () => {
    await runRequests().work(world.deps, going);
    const { state, counts, parkedSubjects } = await getRun(world.deps, hanako, key);
    return { state, counts, parked: parkedSubjects.map(({ subject }) => subject) };
  };

  it('is tried again by itself: the others stay parked, and the counts balance', async () => {
    const { deps } = world;
    assert.deepEqual((await getRun(deps, hanako, key)).counts, {
      expected: 3,
      done: 1,
      skipped: 0,
      parked: 2,
    });
    await makeContract(deps, { companyId: companies[1]!.id });
    await retryParked(deps, hanako, { ...key, subject: '2026-03/two' });
    await assert.rejects(retryParked(deps, hanako, key), { code: 'illegal-state' }, 'it is under way');
    assert.deepEqual(await runNow(), {
      state: 'finished',
      counts: { expected: 3, done: 2, skipped: 0, parked: 1 },
      parked: ['2026-03/three'],
    });
  });

  it('is parked again while its cause is there, and done once it is gone', async () => {
    const { deps } = world;
    await retryParked(deps, hanako, key);
    assert.deepEqual((await runNow()).counts, { expected: 3, done: 2, skipped: 0, parked: 1 });
    await makeContract(deps, { companyId: companies[2]!.id });
    await retryParked(deps, hanako, key);
    assert.deepEqual(await runNow(), {
      state: 'finished',
      counts: { expected: 3, done: 3, skipped: 0, parked: 0 },
      parked: [],
    });
    const settled = await sqlOf(deps.orm.em.fork()).selectFrom('settlement').select('companyId').execute();
    assert.deepEqual(
      new Set(settled.map(({ companyId }) => companyId)),
      new Set(companies.map(({ id }) => id)),
    );
    await assert.rejects(retryParked(deps, hanako, key), { code: 'illegal-state' }, 'nothing is parked');
    const trail = await sqlOf(deps.orm.em.fork())
      .selectFrom('audit_entry')
      .select(['actor', 'facts'])
      .where('action', '=', 'parked.retry')
      .orderBy('id')
      .execute();
    assert.equal(trail.length, 3);
    assert.deepEqual(trail[0]!.actor, 'staff:hanako');
  });

  it('of an older run, of renewals and of files is not', async () => {
    const { deps } = world;
    const park = (job: string, businessDate: string) =>
      executeRun(deps, { job, businessDate }, async (_, run) => {
        run.announce(1);
        await run.inChunk(async (tx) => {
          await run.park(tx, { subject: 'x', reason: 'none' });
          return { parked: 1 };
        });
        return {};
      });
    for (const job of ['renew-subscriptions', 'import-lines', 'fold-charges']) await park(job, '2026-05-08');
    await park('fold-charges', '2026-05-09');
    for (const job of ['renew-subscriptions', 'import-lines', 'fold-charges'])
      await assert.rejects(retryParked(deps, hanako, { job, businessDate: '2026-05-08' }), {
        code: 'illegal-state',
      });
    const newest = { job: 'fold-charges', businessDate: '2026-05-09' };
    await assert.rejects(retryParked(deps, hanako, { ...newest, subject: 'x' }), { code: 'illegal-state' });
    await assert.rejects(retryParked(deps, hanako, { ...newest, businessDate: '2026-05-07' }), {
      code: 'not-found',
    });
    await retryParked(deps, hanako, newest);
  });
});
