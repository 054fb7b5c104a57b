import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { describeAccounts, secondsLeft } from '../../../batch/demo/account-sign-ins.ts';
import { createAccounts } from '../../../batch/demo/acts/create-accounts.ts';
import { planAccounts } from '../../../batch/demo/plan/plan-accounts.ts';
import { parseDemoOptions } from '../../../batch/demo/options.ts';
import { planWorld } from '../../../batch/demo/plan/plan-world.ts';
import { companyRoles, staffRoles } from '../../../src/access/permissions.ts';
import { listAccounts } from '../../../src/accounts/account.queries.ts';
import { startPasswordSignIn } from '../../../src/accounts/password-sign-in.ts';
import { verifyTotp } from '../../../src/accounts/second-factor.ts';
import { checkInvariants } from '../../../src/invariants/check-invariants.ts';
import { totpCodeAt } from '../../../src/identity/totp.rules.ts';
import { staff } from '../../support/actors.ts';
import { makeCompany } from '../../support/factories.ts';
import { createWorld, type World } from '../../support/world.ts';

const plan = planWorld(parseDemoOptions(['--seed', '7', '--lines', '30', '--charges', '160']), 'Asia/Tokyo');
const [seller] = plan.companies;

describe('the accounts of a demo', () => {
  let world: World;
  before(async () => {
    world = await createWorld();
    await makeCompany(world.deps, { code: seller!.code });
    await createAccounts(world.deps, plan.accounts);
  });
  after(() => world.close());

  it('are one of each role of the carrier and of a company, the same for the same seed', () => {
    assert.deepEqual(
      plan.accounts.map(({ role }) => role),
      [...staffRoles, ...companyRoles],
    );
    assert.deepEqual(planAccounts(7, seller!), plan.accounts);
    const others = planAccounts(8, seller!);
    for (const [index, { password, totpSeed }] of plan.accounts.entries()) {
      assert.notEqual(others[index]!.password, password);
      assert.notEqual(others[index]!.totpSeed, totpSeed);
    }
  });

  it('sign in with the printed password and the code of their app', async () => {
    world.clock.advance(30_000);
    for (const { audience, email, password, totpSeed } of plan.accounts) {
      const source = '192.0.2.8';
      const step = await startPasswordSignIn(world.deps, { audience, email, password, source });
      assert.ok(step.step === 'second-factor', email);
      const code = totpCodeAt(Buffer.from(totpSeed, 'hex'), world.clock.now());
      assert.ok(describeAccounts(plan.accounts, world.clock.now()).includes(code));
      await verifyTotp(world.deps, { ticket: step.ticket, code, source });
    }
    const found = await listAccounts(world.deps, staff(), { state: 'active' });
    assert.deepEqual(
      found.map(({ roles }) => roles.length),
      plan.accounts.map(() => 1),
    );
  });

  it('hold the invariants of two people and of recorded changes', async () => {
    const report = await checkInvariants(world.deps, staff(), { months: { since: '2026-05' } });
    assert.ok(report.every(({ holds }) => holds));
  });

  it('print the codes with the seconds that they still work', () => {
    assert.equal(secondsLeft(new Date('2026-05-10T00:00:00.000Z')), 30);
    assert.equal(secondsLeft(new Date('2026-05-10T00:00:29.999Z')), 1);
    assert.doesNotMatch(describeAccounts(plan.accounts), /Code/);
  });
});
