import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { expireAuthorizations } from '../../src/charges/expire-authorizations.ts';
import { sqlOf } from '../../src/database/sql.ts';
import { endSubscriber } from '../../src/identity/end-subscriber.ts';
import { issueSubscriber } from '../../src/identity/issue-subscriber.ts';
import { checkInvariants } from '../../src/invariants/check-invariants.ts';
import { executeRun } from '../../src/runs/execute-run.ts';
import { makeSale, changeLine } from '../support/factories.ts';
import { createWorld, type World } from '../support/world.ts';
import { SellingTerms, tokyo } from './selling.ts';
import { staff } from '../support/actors.ts';

let world: World;
let seller: SellingTerms;
beforeEach(async () => {
  world = await createWorld();
  world.clock.set(tokyo('2026-05-10'));
  seller = new SellingTerms(world, await makeSale(world.deps));
});
afterEach(async () => {
  const broken = (await checkInvariants(world.deps, staff())).filter(({ holds }) => !holds);
  assert.deepEqual(
    broken.flatMap(({ offending }) => offending),
    [],
  );
  await world.close();
});

const sql = () => sqlOf(world.deps.orm.em.fork());
const entitlementEnded = { code: 'entitlement-ended' };
const holder = () => sql().selectFrom('line_holder').select('holder').executeTakeFirstOrThrow();

function chargeOf(id: string) {
  return sql()
    .selectFrom('charge')
    .select(['state', 'openUntil', 'endedBy', 'endedAt'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
}

async function expire(businessDate: string) {
  await executeRun(world.deps, { job: 'expire-authorizations', businessDate }, expireAuthorizations);
}

describe('an open authorization ends at once', () => {
  const losses: Record<string, () => Promise<unknown>> = {
    'when the line moves to another holder today': () => seller.import('新保有者,end,active,2026-05-10,'),
    'when the move is told of days later': () => seller.import('新保有者,end,active,2026-05-08,'),
    'when the line is closed': async () => seller.import(`${(await holder()).holder},end,closed,2026-01-01,`),
    'when the line is suspended': async () =>
      seller.import(`${(await holder()).holder},end,suspended,2026-01-01,`),
    'when the holding is said to be over': async () =>
      seller.import(`${(await holder()).holder},end,active,2026-01-01,2026-05-09`),
    'when the issued ID is ended': () =>
      endSubscriber(world.deps, staff(), { issuedId: seller.sale.subscriber.issuedId }),
  };
  for (const [when, lose] of Object.entries(losses)) {
    it(when, async () => {
      const { id } = await seller.authorize(4_000n);
      world.clock.advance(60_000);
      await lose();
      const { openUntil } = await chargeOf(id);
      assert.ok(openUntil && openUntil <= world.clock.now(), 'whatever reads the charge finds it over');
      await assert.rejects(seller.capture(id), entitlementEnded);
      await expire('2026-05-09');
      const ended = await chargeOf(id);
      assert.deepEqual([ended.state, ended.endedBy], ['expired', 'entitlement']);
      await assert.rejects(seller.capture(id), entitlementEnded, 'after the night as well');
      const entries = await sql().selectFrom('ledger_entry').select('kind').orderBy('kind').execute();
      assert.deepEqual(
        entries.map(({ kind }) => kind),
        ['authorization', 'expiry'],
      );
      assert.deepEqual(await sql().selectFrom('open_authorization').selectAll().execute(), []);
    });
  }

  it('and the line coming back does not revive it', async () => {
    const name = (await holder()).holder;
    const { id } = await seller.authorize(4_000n);
    world.clock.advance(60_000);
    await seller.import(`${name},end,suspended,2026-01-01,`);
    world.clock.advance(60_000);
    await seller.import(`${name},end,active,2026-01-01,`);
    await assert.rejects(seller.capture(id), entitlementEnded);
    assert.equal(await seller.use(10_000n), '2026-05', 'and it counts no more');
  });

  it('and no longer counts against the limit that the other issued IDs of the line share', async () => {
    const other = await seller.person({ slot: 2 });
    await seller.authorize(9_000n);
    const kept = await seller.authorize(600n, other);
    world.clock.advance(60_000);
    await endSubscriber(world.deps, staff(), { issuedId: seller.sale.subscriber.issuedId });
    assert.equal(await seller.use(9_401n, other), 'limit-exceeded');
    assert.equal(await seller.use(9_400n, other), '2026-05');
    assert.equal((await seller.capture(kept.id)).state, 'captured', 'the other ID is untouched');
  });

  it('when the next holder is issued an ID, which ends those of the former one', async () => {
    const { id } = await seller.authorize(4_000n);
    world.clock.advance(60_000);
    await seller.import('新保有者,end,active,2026-05-10,');
    await issueSubscriber(world.deps, staff(), { lineId: seller.sale.line.lineId, displayName: '次郎' });
    await assert.rejects(seller.capture(id), entitlementEnded);
  });
});

describe('an entitlement whose end is known before', () => {
  it('ends an authorization when the day begins, not earlier', async () => {
    const { id } = await seller.authorize(4_000n);
    const other = await seller.authorize(1_000n);
    await seller.import('新保有者,end,active,2026-05-12,');
    assert.deepEqual((await chargeOf(id)).openUntil, tokyo('2026-05-12', '00:00'));
    world.clock.set(new Date(tokyo('2026-05-12', '00:00').getTime() - 1));
    assert.equal((await seller.capture(other.id)).state, 'captured');
    world.clock.advance(1);
    await assert.rejects(seller.capture(id), entitlementEnded);
  });

  it('bounds an authorization that is given after it became known', async () => {
    await seller.import('新保有者,end,active,2026-05-12,');
    const { id } = await seller.authorize(4_000n);
    assert.deepEqual((await chargeOf(id)).openUntil, tokyo('2026-05-12', '00:00'));
    world.clock.set(tokyo('2026-05-12', '00:30'));
    await expire('2026-05-11');
    assert.equal((await chargeOf(id)).endedBy, 'entitlement');
  });

  it('leaves an authorization its time when the end is taken back before it comes', async () => {
    const name = (await holder()).holder;
    const { id, openUntil } = await seller.authorize(4_000n);
    await seller.import(`${name},end,active,2026-01-01,2026-05-12`);
    await seller.import(`${name},end,active,2026-01-01,`);
    assert.deepEqual((await chargeOf(id)).openUntil, openUntil);
    world.clock.set(tokyo('2026-05-13'));
    assert.equal((await seller.capture(id)).state, 'captured');
  });
});

describe('what else a lost line leaves behind', () => {
  it('a consent takes no more uses', async () => {
    await seller.import('新保有者,end,active,2026-05-10,');
    assert.equal(await seller.use(100n), 'entitlement-ended');
  });

  it('a pending charge cannot be confirmed by the former holder, and the next one can', async () => {
    await seller.import('新保有者,end,active,2026-05-10,');
    await assert.rejects(seller.authorize(100n), entitlementEnded);
    const next = await seller.person({ slot: 2, holderFrom: '2026-05-10' });
    assert.equal((await seller.authorize(100n, next)).state, 'authorized');
  });

  it('an authorization that no import told of is refused, and ended by the night', async () => {
    const { id } = await seller.authorize(4_000n);
    const { lineId } = seller.sale.line;
    await changeLine(world.deps, lineId, { status: 'closed' });
    await assert.rejects(seller.capture(id), entitlementEnded);
    world.clock.advance(60_000);
    await expire('2026-05-09');
    const ended = await chargeOf(id);
    assert.deepEqual([ended.state, ended.endedBy], ['expired', 'entitlement']);
  });

  it('an authorization that ran out before is ended by its time', async () => {
    const { id } = await seller.authorize(4_000n);
    world.clock.set(tokyo('2026-05-17', '12:01'));
    await seller.import('新保有者,end,active,2026-05-17,');
    await assert.rejects(seller.capture(id), { code: 'illegal-state' });
    await expire('2026-05-16');
    assert.equal((await chargeOf(id)).endedBy, 'time');
  });
});

it('an authorization and the move of its line take turns: never is one open that nobody may capture', async () => {
  for (let round = 0; round < 5; round += 1) {
    const one = new SellingTerms(world, await makeSale(world.deps));
    const [charge] = await Promise.allSettled([
      one.authorize(1_000n),
      one.import('新保有者,end,active,2026-05-10,'),
    ]);
    if (charge.status === 'rejected') assert.equal(charge.reason.code, 'entitlement-ended');
    else {
      const { openUntil } = await chargeOf(charge.value.id);
      assert.ok(openUntil && openUntil <= world.clock.now());
      await assert.rejects(one.capture(charge.value.id), entitlementEnded);
    }
  }
});
