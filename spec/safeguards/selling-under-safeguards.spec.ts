import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { createConsent } from '../../src/consents/create-consent.ts';
import { grantConsent } from '../../src/consents/grant-consent.ts';
import { executeRun } from '../../src/runs/execute-run.ts';
import { closePeriods } from '../../src/invoices/close-periods.ts';
import { checkInvariants } from '../../src/invariants/check-invariants.ts';
import { setLineLimit } from '../../src/lines/set-line-limit.ts';
import { setOwnLimit, type SetOwnLimit } from '../../src/safeguards/set-own-limit.ts';
import { setOnlyListed, setPurchaseRule } from '../../src/safeguards/set-purchase-rule.ts';
import { SellingTerms, tokyo } from '../charges/selling.ts';
import { renewNightly, subscribe } from '../subscriptions/subscribing.ts';
import { keyOf, signedIn, staff } from '../support/actors.ts';
import { makeSale } from '../support/factories.ts';
import { createWorld, type World } from '../support/world.ts';

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

const holder = () => signedIn(seller.sale.buyer, { isHolder: true });
const limit = (limitMinor: bigint | null, over: Partial<SetOwnLimit> = {}) =>
  setOwnLimit(world.deps, holder(), { subscriberId: null, kind: 'monthly-limit', limitMinor, ...over });
const block = (inForce = true, over: { serviceId?: number; subscriberId?: number } = {}) => {
  const { serviceId = null, subscriberId = null } = over;
  const rule = {
    kind: 'block',
    companyId: seller.sale.company.id,
    serviceId,
    subscriberId,
    inForce,
  } as const;
  return setPurchaseRule(world.deps, holder(), rule);
};
const oneStep = () => world.clock.advance(1_000);
const refused = (code: string) => ({ code });

describe("the holder's monthly limit", () => {
  it('counts at once when it is lowered, and from the next business date when it is raised', async () => {
    await limit(2_000n);
    assert.equal(await seller.use(2_001n), 'limit-exceeded');
    assert.equal(await seller.use(2_000n), '2026-05');
    assert.deepEqual(await limit(5_000n), { validFrom: '2026-05-31', permitsMore: true, isUnchanged: false });
    world.clock.set(tokyo('2026-05-30', '23:59'));
    assert.equal(await seller.use(1n), 'limit-exceeded');
    world.clock.set(tokyo('2026-05-31', '00:00'));
    assert.equal(await seller.use(3_001n), 'limit-exceeded');
    assert.equal(await seller.use(3_000n), '2026-05');
  });

  it('is that of the moment of the decision, for a use of yesterday as well', async () => {
    await limit(2_000n);
    await limit(5_000n);
    world.clock.set(tokyo('2026-05-31', '00:10'));
    assert.equal(await seller.use(5_000n, { occurredAt: tokyo('2026-05-30') }), '2026-05');
  });

  it("gives way to the support centre's when that is lower, and to nothing when it is higher", async () => {
    const { lineId } = seller.sale.line;
    await setLineLimit(world.deps, staff('spec'), { lineId, limitMinor: 1_000n });
    await limit(2_000n);
    assert.equal(await seller.use(1_001n), 'limit-exceeded');
    await setLineLimit(world.deps, staff('spec'), { lineId, limitMinor: 50_000n });
    assert.equal(await seller.use(2_001n), 'limit-exceeded');
    assert.equal(await seller.use(2_000n), '2026-05');
  });

  it('of an issued ID counts what that ID buys', async () => {
    const child = await seller.person({ slot: 2 });
    await limit(700n, { subscriberId: child.buyer.subscriberId });
    assert.equal(await seller.use(9_000n), '2026-05');
    assert.equal(await seller.use(701n, { consentId: child.consentId }), 'limit-exceeded');
    assert.equal(await seller.use(700n, { consentId: child.consentId }), '2026-05');
    await assert.rejects(seller.authorize(1n, { buyer: child.buyer }), refused('limit-exceeded'));
  });

  it('is on each charge, so that it can be audited after it was changed', async () => {
    await limit(2_000n);
    const charge = await seller.authorize(1_000n, { automaticCapture: true });
    await limit(1_500n);
    assert.equal(charge.limitMinor, 2_000n);
  });

  it('holds for late uses of a closed period as well', async () => {
    await limit(2_000n);
    world.clock.set(tokyo('2026-06-01', '00:40'));
    await executeRun(world.deps, { job: 'close-periods', businessDate: '2026-05-31' }, closePeriods);
    assert.equal(await seller.use(2_001n, { occurredAt: tokyo('2026-05-30') }), 'limit-exceeded');
    assert.equal(await seller.use(2_000n, { occurredAt: tokyo('2026-05-30') }), '2026-06');
  });

  it('ends with the tenure: the next holder of the line begins without', async () => {
    await limit(10n);
    await seller.import('東西 花子1,31,active,2026-01-01,2026-05-31', '南北 太郎,31,active,2026-05-31,');
    world.clock.set(tokyo('2026-05-31', '10:00'));
    const next = await seller.person({ slot: 2, holderFrom: '2026-05-31' });
    assert.equal(await seller.use(5_000n, { consentId: next.consentId }), '2026-05');
  });

  it('is kept by sales that come at the same moment as it is lowered', async () => {
    const tries = Array.from({ length: 12 }, (_, n) =>
      n === 6 ? limit(3_000n).then(() => '') : seller.use(1_000n),
    );
    await Promise.all(tries);
    oneStep();
    const booked = (await seller.booked())['2026-05'] ?? 0n;
    assert.equal(await seller.use(1_000n), booked < 3_000n ? '2026-05' : 'limit-exceeded');
  });
});

describe('the limit a purchase', () => {
  beforeEach(() => limit(1_000n, { kind: 'charge-limit' }));

  it('refuses one above it, by any road', async () => {
    assert.equal(await seller.use(1_001n), 'purchase-not-permitted');
    await assert.rejects(seller.authorize(1_001n), refused('amount-above-own-limit'));
    await assert.rejects(subscribe(world.deps, seller.sale), refused('amount-above-own-limit'));
    assert.equal(await seller.use(1_000n), '2026-05');
    await subscribe(world.deps, seller.sale, { amountMinor: 1_000n });
  });
});

const consentTo = async () => {
  const { company, service } = seller.sale;
  const offer = {
    serviceCode: service.code,
    description: '都度',
    returnUrl: 'https://shop.example/thanks',
  };
  const { id } = await createConsent(world.deps, keyOf(company.id), offer);
  return grantConsent(world.deps, signedIn(seller.sale.buyer), { consentId: id });
};

describe('a blocked company', () => {
  it('sells nothing from that moment on: no charge, no subscription, no consent, no use', async () => {
    await block();
    await assert.rejects(seller.authorize(1n), refused('company-blocked'));
    await assert.rejects(subscribe(world.deps, seller.sale), refused('company-blocked'));
    await assert.rejects(consentTo(), refused('company-blocked'));
    assert.equal(await seller.use(1n), 'purchase-not-permitted');
    assert.equal(await seller.use(1n, { occurredAt: tokyo('2026-05-29') }), 'purchase-not-permitted');
  });

  it('captures what was confirmed before', async () => {
    const { id } = await seller.authorize(1_000n);
    await block();
    assert.equal((await seller.capture(id)).state, 'captured');
  });

  it('sells again from the day after it was unblocked', async () => {
    await block();
    await block(false);
    world.clock.set(tokyo('2026-05-30', '23:59'));
    assert.equal(await seller.use(1n), 'purchase-not-permitted');
    world.clock.set(tokyo('2026-05-31', '00:00'));
    assert.equal(await seller.use(1n), '2026-05');
    assert.equal((await consentTo()).state, 'active');
  });

  it('still charges subscriptions that run, until they are cancelled', async () => {
    await subscribe(world.deps, seller.sale, { chargeDay: 31 });
    await block();
    await renewNightly(world, '2026-05-30', '2026-05-31');
    assert.deepEqual(await seller.booked(), { '2026-05': 1_100n });
  });

  it('is one service or one person only, if so set', async () => {
    const child = await seller.person({ slot: 2 });
    await block(true, { serviceId: seller.sale.service.id, subscriberId: child.buyer.subscriberId });
    assert.equal(await seller.use(1n, { consentId: child.consentId }), 'purchase-not-permitted');
    assert.equal(await seller.use(1n), '2026-05');
  });
});

describe('a list of what a child may buy from', () => {
  it('restricts at once, and lets what is added in from the next day', async () => {
    const child = await seller.person({ slot: 2 });
    const { subscriberId } = child.buyer;
    const use = () => seller.use(1n, { consentId: child.consentId });
    await setOnlyListed(world.deps, holder(), { subscriberId, inForce: true });
    assert.equal(await use(), 'purchase-not-permitted');
    assert.equal(await seller.use(1n), '2026-05', 'the others are free');
    const { id: companyId } = seller.sale.company;
    const entry = { kind: 'allow', subscriberId, companyId, serviceId: null, inForce: true } as const;
    await setPurchaseRule(world.deps, holder(), entry);
    assert.equal(await use(), 'purchase-not-permitted');
    world.clock.set(tokyo('2026-05-31', '00:00'));
    assert.equal(await use(), '2026-05');
    await setPurchaseRule(world.deps, holder(), { ...entry, inForce: false });
    assert.equal(await use(), 'purchase-not-permitted');
  });
});
