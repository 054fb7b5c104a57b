import { after, before, describe, it } from 'node:test';
import assert from 'node:assert/strict';
import type { StaffActor } from '../../../src/access/actor.ts';
import type { Deps } from '../../../src/deps.ts';
import { importCollectionFile } from '../../../src/collections/import-collection-file.ts';
import { storeCollectionFile } from '../../../src/collections/store-collection-file.ts';
import { receiveLineFile } from '../../../src/line-import/receive-line-file.ts';
import { discardPayoutRun } from '../../../src/payouts/discard-payout-run.ts';
import { importPayoutResults } from '../../../src/payouts/import-payout-results.ts';
import { preparePayouts } from '../../../src/payouts/prepare-payouts.ts';
import { writePayoutFile } from '../../../src/payouts/write-payout-file.ts';
import { holdSettlement, releaseSettlement } from '../../../src/settlements/hold-settlement.ts';
import { rejectSettlement } from '../../../src/settlements/reject-settlement.ts';
import { person } from '../../support/people.ts';
import { createWorld, type World } from '../../support/world.ts';

const number = '2026113001';
const settlement = { number: 'S202605-999999', reason: 'reviewed' };
const file = Buffer.from('customer_code_1,customer_code_2,amount,result,date,reason\n');

const nothing = async function* (): AsyncGenerator<Buffer> {
  yield Buffer.from('');
};

/** What undoes or passes a control that two people have set, by one person. */
const acts: Readonly<Record<string, (deps: Deps, actor: StaffActor) => Promise<unknown>>> = {
  holdSettlement: (deps, actor) => holdSettlement(deps, actor, settlement),
  releaseSettlement: (deps, actor) => releaseSettlement(deps, actor, settlement),
  rejectSettlement: (deps, actor) => rejectSettlement(deps, actor, settlement),
  discardPayoutRun: (deps, actor) => discardPayoutRun(deps, actor, { number }),
  writePayoutFile: (deps, actor) => writePayoutFile(deps, actor, { number }),
  importPayoutResults: (deps, actor) => importPayoutResults(deps, actor, { file }),
  preparePayouts: (deps, actor) => preparePayouts(deps, actor),
  storeCollectionFile: (deps, actor) =>
    storeCollectionFile(deps, actor, { path: '/dev/null', filename: 'a.csv' }),
  importCollectionFile: (deps, actor) =>
    importCollectionFile(deps, actor, { fileName: 'a.csv', bookedOn: '2026-05-09', read: nothing }),
  receiveLineFile: (deps, actor) =>
    receiveLineFile(deps, actor, { path: '/dev/null', filename: 'a.csv', size: 0 }),
};

/** How an act ends that is permitted, where it is not that there is no such thing. */
const ends: Readonly<Record<string, string>> = {
  importPayoutResults: 'done',
  preparePayouts: 'done',
  storeCollectionFile: 'import-refused',
  importCollectionFile: 'import-refused',
  receiveLineFile: 'done',
};

/** The code of its refusal, or `done`. */
const refusalOf = (done: Promise<unknown>) =>
  done.then(
    () => 'done',
    (error: { code?: string }) => error.code,
  );

describe('an act of one person on what two have decided', () => {
  let world: World;
  let production: Deps;
  before(async () => {
    world = await createWorld();
    production = { ...world.deps, config: { ...world.deps.config, mode: 'production' } };
  });
  after(() => world.close());

  const proven = person('acct-1', 'billing', 'billing-approver');
  const bare: StaffActor = { ...proven, account: 'alice', provenBy: 'nothing' };

  for (const [name, act] of Object.entries(acts)) {
    it(`takes a proven person in production: ${name}`, async () => {
      assert.equal(await refusalOf(act(production, bare)), 'approval-needs-person');
      const told = [await refusalOf(act(production, proven)), await refusalOf(act(world.deps, bare))];
      for (const code of told) assert.match(code ?? '', new RegExp(ends[name] ?? '-not-found$'));
    });
  }
});
