import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { settleCompanies } from '../../../src/settlements/settle-companies.ts';
import { closeMonth, makeLineIds } from '../../support/closed-month.ts';
import { makeCompany, makeContract, makeService } from '../../support/factories.ts';
import { fakeRun } from '../../support/fake-run.ts';
import { createWorld, type World } from '../../support/world.ts';
import { typeCommand } from './type-command.ts';

const named = (name: string) => ['--as', name];

describe('the commands of settlements', () => {
  let world: World;
  let number = '';
  before(async () => {
    world = await createWorld();
    const { id: companyId } = await makeCompany(world.deps);
    const { id: serviceId } = await makeService(world.deps, { companyId });
    await makeContract(world.deps, { companyId });
    const [lineId = ''] = makeLineIds(1);
    const sale = { companyId, serviceId, lineId, closingGroup: 5 as const, amountMinor: 1_000n };
    await closeMonth(world.deps, { period: '2026-05', sales: [sale] });
    await settle('2026-06-25');
    number = `S202605-${String(companyId).padStart(6, '0')}`;
  });
  after(() => world.close());

  const settle = (businessDate: string) =>
    fakeRun(world.deps, settleCompanies, { job: 'settle-companies', businessDate });
  const type = async (...words: string[]) => {
    const { code, out, error } = await typeCommand(world.deps, ['settlement', ...words]);
    return code === 0 ? out : error;
  };

  it('reject a draft, which comes back, and take it from the proposal to the held payout', async () => {
    assert.match(await type('list', '--period', '2026-05'), new RegExp(`${number}.*draft`));
    const of = ['--number', number];
    assert.match(await type('reject', ...of, '--reason', 'not yet', ...named('hanako')), /rejected/);
    await settle('2026-06-26');
    const month = ['--period', '2026-05'];
    const none = ['--expect', '0/0'];
    assert.match(await type('approve', ...month, ...none, ...named('jiro')), /No draft to be approved/);
    assert.match(await type('propose', ...month, '--reason', 'reviewed', ...named('hanako')), /proposed/);
    assert.match(await type('approve', ...month, ...named('hanako')), /settlement list --period 2026-05/);
    assert.match(await type('approve', ...month, ...none, ...named('hanako')), /you have seen 0\/0/);
    const [, seen = ''] = /--expect (\d+\/\d+)/.exec(await type('list', ...month)) ?? [];
    assert.match(seen, /^1\//);
    assert.match(await type('approve', ...month, '--expect', seen, ...named('hanako')), /another person/);
    assert.match(await type('approve', '--numbers', number, ...named('jiro')), /approved/);
    assert.match(await type('hold', ...of, '--reason', 'disputed', ...named('jiro')), /disputed/);
    assert.match(await type('list', '--state', 'approved'), /held/);
    assert.doesNotMatch(await type('release', ...of, '--reason', 'settled', ...named('jiro')), /disputed/);
    assert.match(await type('show', ...of), /Revision\W+2/);
    assert.match(await type('propose', ...named('hanako'), '--reason', 'x'), /Name a month/);
  });
});
