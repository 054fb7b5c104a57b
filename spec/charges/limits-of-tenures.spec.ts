import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { cancelCharge } from '../../src/charges/cancel-charge.ts';
import { expireAuthorizations } from '../../src/charges/expire-authorizations.ts';
import { LimitExceeded } from '../../src/limits/limit-exceeded.ts';
import { recordUsageCharges } from '../../src/charges/record-usage-charges.ts';
import { setSubscriberLimit } from '../../src/identity/set-subscriber-limit.ts';
import { setLineLimit } from '../../src/lines/set-line-limit.ts';
import { checkInvariants } from '../../src/invariants/check-invariants.ts';
import { closePeriods } from '../../src/invoices/close-periods.ts';
import { executeRun } from '../../src/runs/execute-run.ts';
import { makeSale, changeLine } from '../support/factories.ts';
import { createWorld, type World } from '../support/world.ts';
import { SellingTerms, tokyo } from './selling.ts';
import { keyOf, staff } from '../support/actors.ts';

let world: World;
let seller: SellingTerms;
beforeEach(async () => {
  world = await createWorld();
  world.clock.set(tokyo('2026-05-30'));
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

const item = (consentId: string, amountMinor: bigint) =>
  ({ consentId, amountMinor, taxCode: 'standard', description: '1曲' }) as const;
const limitExceeded = { code: 'limit-exceeded' };

describe('an open authorization', () => {
  it('counts against every billing period until it is captured, so a closing day gives no second limit', async () => {
    const [one, two] = [await seller.authorize(4_000n), await seller.authorize(4_000n)];
    world.clock.set(tokyo('2026-06-02'));
    assert.equal(await seller.use(2_001n), 'limit-exceeded');
    assert.equal(await seller.use(2_000n), '2026-06');
    await assert.rejects(seller.authorize(1n, { automaticCapture: true }), limitExceeded);
    await assert.rejects(seller.authorize(1n), limitExceeded);
    for (const { id } of [one, two]) assert.deepEqual((await seller.capture(id)).billingPeriod, '2026-06');
    assert.deepEqual(await seller.booked(), { '2026-06': 10_000n });
  });

  it('counts against a period before it as well, which a use of yesterday is booked in', async () => {
    world.clock.set(tokyo('2026-06-01', '00:10'));
    await seller.authorize(8_000n);
    const occurredAt = tokyo('2026-05-31', '23:50');
    assert.equal(await seller.use(2_001n, { occurredAt }), 'limit-exceeded');
    assert.equal(await seller.use(2_000n, { occurredAt }), '2026-05');
  });

  it('can be captured in a period that is spent to the limit already, in part or whole', async () => {
    const { id } = await seller.authorize(6_000n);
    world.clock.set(tokyo('2026-06-02'));
    assert.equal(await seller.use(4_000n), '2026-06');
    assert.equal((await seller.capture(id, 1_500n)).state, 'captured');
    assert.deepEqual(await seller.booked(), { '2026-06': 5_500n });
    assert.equal(await seller.use(4_501n), 'limit-exceeded');
    assert.equal(await seller.use(4_500n), '2026-06');
  });

  it('can be captured late, into the period after the one that closed meanwhile', async () => {
    const { id } = await seller.authorize(6_000n);
    world.clock.set(tokyo('2026-06-01', '00:40'));
    await executeRun(world.deps, { job: 'close-periods', businessDate: '2026-05-31' }, closePeriods);
    assert.equal(await seller.use(4_000n, { occurredAt: tokyo('2026-05-31') }), '2026-06', 'late');
    assert.equal((await seller.capture(id)).billingPeriod, '2026-06');
    assert.deepEqual(await seller.booked(), { '2026-06': 10_000n });
  });

  it('can be captured after the limit was lowered, and then nothing else fits', async () => {
    const { id } = await seller.authorize(6_000n);
    const { lineId } = seller.sale.line;
    await setLineLimit(world.deps, staff('spec'), { lineId, limitMinor: 3_000n });
    world.clock.advance(60_000);
    assert.equal(await seller.use(1n), 'limit-exceeded');
    assert.equal((await seller.capture(id)).state, 'captured');
    assert.equal(await seller.use(1n), 'limit-exceeded');
  });

  for (const [how, end] of Object.entries({
    'is cancelled': (id: string) => cancelCharge(world.deps, keyOf(seller.sale.company.id), { chargeId: id }),
    'runs out, though the night has not come yet': () => world.clock.set(tokyo('2026-06-06', '12:01')),
    'has expired': async () => {
      world.clock.set(tokyo('2026-06-07', '00:30'));
      const run = { job: `expire-${seller.sale.line.lineId}`, businessDate: '2026-06-06' };
      await executeRun(world.deps, run, expireAuthorizations);
    },
  })) {
    it(`gives its amount back when it ${how}`, async () => {
      const { id } = await seller.authorize(10_000n);
      assert.equal(await seller.use(1n), 'limit-exceeded');
      await end(id);
      assert.match(await seller.use(10_000n), /^2026-0[56]$/);
    });
  }

  it('is not given beyond what another period has booked that takes its capture as well', async () => {
    // 20 May: the period of the 15th takes it; from 1 June the month's end, and from 10 June the 15th again.
    const { lineId } = seller.sale.line;
    const move = (closingGroup: 15 | 31) => changeLine(world.deps, lineId, { closingGroup });
    await move(15);
    world.clock.set(tokyo('2026-05-20'));
    assert.equal(await seller.use(9_000n), '2026-05');
    await move(31);
    world.clock.set(tokyo('2026-06-05'));
    // Begun with the 15th, May continues to 15 June, though purchases go to June now.
    await assert.rejects(seller.authorize(1_001n), limitExceeded);
    const { id } = await seller.authorize(1_000n);
    await move(15);
    world.clock.set(tokyo('2026-06-10'));
    await seller.capture(id);
    assert.ok(Object.values(await seller.booked()).every((amount) => amount <= 10_000n));
  });
});

describe('sales on one tenure', () => {
  it('take turns at midnight, when some are in one period and some in the next', async () => {
    world.clock.set(tokyo('2026-06-01', '00:05'));
    const yesterday = tokyo('2026-05-31');
    const tries = Array.from({ length: 30 }, (_, n) =>
      n % 6 === 0
        ? seller.use(1_000n, { occurredAt: yesterday })
        : n % 6 === 1
          ? seller.use(1_000n)
          : seller.authorize(1_000n).then(
              ({ id }) => id,
              () => '',
            ),
    );
    const held = (await Promise.all(tries)).filter((id) => id.length === 26);
    for (const id of held) await seller.capture(id);
    const booked = await seller.booked();
    assert.ok(held.length > 0);
    assert.equal(booked['2026-06'], 10_000n, 'as much as fits, and no more');
    assert.ok((booked['2026-05'] ?? 0n) <= 10_000n);
  });

  it('of one batch count the ones before, tenure by tenure and ID by ID', async () => {
    const child = await seller.person({ slot: 2, monthlyLimitMinor: 2_500n });
    const own = seller.sale.consent.id;
    const items = [
      item(child.consentId, 2_000n),
      item(own, 5_000n),
      item(child.consentId, 501n),
      item(child.consentId, 500n),
      item(own, 2_501n),
      item(own, 2_500n),
      item(child.consentId, 1n),
    ];
    const outcomes = await recordUsageCharges(world.deps, keyOf(seller.sale.company.id), { items });
    assert.deepEqual(
      outcomes.map(({ kind }) => kind),
      ['captured', 'captured', 'refused', 'captured', 'refused', 'captured', 'refused'],
    );
  });
});

describe("an issued ID's own limit", () => {
  it("counts the ID's purchases only, booked and open, in any period", async () => {
    const child = await seller.person({ slot: 2, monthlyLimitMinor: 3_000n });
    assert.equal(await seller.use(6_000n), '2026-05');
    assert.equal(await seller.use(1_000n, child), '2026-05', 'what others buy is not counted');
    const { id } = await seller.authorize(1_500n, child);
    assert.equal(await seller.use(501n, child), 'limit-exceeded');
    await assert.rejects(seller.authorize(501n, child), limitExceeded);
    world.clock.set(tokyo('2026-06-02'));
    assert.equal(await seller.use(1_501n, child), 'limit-exceeded', 'the open one counts in June, too');
    assert.equal(await seller.use(1_500n, child), '2026-06');
    assert.equal((await seller.capture(id)).billingPeriod, '2026-06');
    assert.equal(await seller.use(1n, child), 'limit-exceeded');
    assert.equal(await seller.use(7_000n), '2026-06', 'of the others the limit of the line');
    assert.equal(await seller.use(1n), 'limit-exceeded');
  });

  it('counts what was bought before it was set', async () => {
    assert.equal(await seller.use(2_000n), '2026-05');
    const { issuedId } = seller.sale.subscriber;
    await setSubscriberLimit(world.deps, staff('spec'), { issuedId, limitMinor: 2_500n });
    assert.equal(await seller.use(501n), 'limit-exceeded');
    assert.equal(await seller.use(500n), '2026-05');
  });

  it('tells its ID what is left of whichever limit leaves least', async () => {
    const child = await seller.person({ slot: 2, monthlyLimitMinor: 3_000n });
    const roomOf = async (amountMinor: bigint) => {
      const refusal = await seller.authorize(amountMinor, child).catch((error: unknown) => error);
      assert.ok(refusal instanceof LimitExceeded);
      return [refusal.room.limitMinor, refusal.room.remainingMinor];
    };
    await seller.authorize(1_000n, child);
    assert.deepEqual(await roomOf(2_001n), [3_000n, 2_000n]);
    await seller.use(8_500n);
    assert.deepEqual(await roomOf(501n), [10_000n, 500n]);
  });
});

describe('a new holder of a line', () => {
  it('has limits of their own, and reads nothing of what the former one spent or holds', async () => {
    assert.equal(await seller.use(9_000n), '2026-05');
    await seller.authorize(1_000n);
    await seller.import('新保有者,end,active,2026-05-31,');
    world.clock.set(tokyo('2026-05-31'));
    const next = await seller.person({ slot: 2, holderFrom: '2026-05-31' });
    const refusal = await seller.authorize(10_001n, next).catch((error: unknown) => error);
    assert.equal((refusal as { code: string }).code, 'amount-above-contract');
    const { id } = await seller.authorize(4_000n, next);
    assert.equal(await seller.use(6_000n, next), '2026-05');
    await seller.capture(id);
    assert.deepEqual(await seller.booked('2026-05-31'), { '2026-05': 10_000n });
    assert.deepEqual(await seller.booked(), { '2026-05': 9_000n });
    const over = await seller.authorize(1n, next).catch((error: unknown) => error);
    assert.ok(over instanceof LimitExceeded);
    assert.deepEqual([over.room.limitMinor, over.room.remainingMinor], [10_000n, 0n]);
  });
});
