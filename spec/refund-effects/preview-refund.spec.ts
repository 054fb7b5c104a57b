import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sqlOf } from '../../src/database/sql.ts';
import { previewRefund } from '../../src/refund-effects/preview-refund.ts';
import { Refunding, refusalOf, tokyo } from '../refunds/refunding.ts';
import { staff } from '../support/actors.ts';
import { makeConsent, makeLine, makeSubscriber } from '../support/factories.ts';
import { createApiWorld, type ApiWorld } from '../support/api-world.ts';

describe('the preview of a refund', () => {
  let world: ApiWorld;
  let at: Refunding;
  before(async () => {
    world = await createApiWorld({ REFUND_LIMIT_CHARGE: '1000' });
    world.clock.set(tokyo('2026-05-10'));
    at = new Refunding(world, world.sale);
  });
  after(() => world.close());

  /** Another line that buys from the same company. */
  const otherLine = async () => {
    const { lineId, holderFrom } = await makeLine(world.deps);
    const subscriber = await makeSubscriber(world.deps, { lineId });
    const of = {
      companyId: at.sale.company.id,
      serviceId: at.sale.service.id,
      subscriberId: subscriber.id,
      lineId,
    };
    await makeConsent(world.deps, of);
    return { subscriberId: subscriber.id, lineId, holderFrom };
  };
  const rows = async () => {
    const tables = [
      'refund',
      'refunded_day',
      'line_period',
      'tenure_hold',
      'billing_period',
      'ledger_entry',
    ] as const;
    const found = tables.map((table) =>
      sqlOf(world.deps.orm.em.fork()).selectFrom(table).selectAll().execute(),
    );
    return JSON.stringify(await Promise.all(found), (_, value: unknown) =>
      typeof value === 'bigint' ? `${value}` : value,
    );
  };

  it('says what the refund then does, and writes nothing', async () => {
    const [first, second] = [await at.sell(3_000n), await at.sell(500n)];
    const buyer = await otherLine();
    const third = await at.sell(700n, { buyer });
    const unchanged = await rows();
    const part = await previewRefund(world.deps, at.key, { chargeId: first, amountMinor: 1_000n });
    const whole = await previewRefund(world.deps, staff(), { chargeId: third });
    assert.deepEqual([part.refundedMinor, whole.refundedMinor], [0n, 0n]);
    assert.equal(await rows(), unchanged);
    assert.deepEqual(
      [part.amountMinor, part.leftMinor, part.paidBy, part.billingPeriod],
      [1_000n, 2_000n, 'invoice', '2026-05'],
    );
    const counts = ({ totalMinor, lineCount, itemCount }: NonNullable<typeof part.company>['before']) => [
      totalMinor,
      lineCount,
      itemCount,
    ];
    assert.deepEqual(
      [counts(part.company!.before), counts(part.company!.after)],
      [
        [4_200n, 2, 3],
        [3_200n, 2, 3],
      ],
    );
    assert.equal(part.invoice, undefined, 'a company sees nothing of the invoice');
    assert.deepEqual(counts(whole.company!.after), [3_500n, 1, 2]);
    assert.deepEqual(whole.invoice, { beforeMinor: 700n, afterMinor: 0n });
    await at.refund(third);
    const then = await previewRefund(world.deps, staff(), { chargeId: second });
    assert.deepEqual(then.company!.before, whole.company!.after);
    assert.deepEqual(then.invoice, { beforeMinor: 3_500n, afterMinor: 3_000n });
  });

  it('of a later month lowers its total, never its lines, and may turn it negative', async () => {
    const chargeId = await at.sell(900n);
    world.clock.set(tokyo('2026-06-03'));
    const { company, billingPeriod } = await previewRefund(world.deps, at.key, { chargeId });
    assert.equal(billingPeriod, '2026-06');
    assert.deepEqual(
      [company?.before.totalMinor, company?.after.totalMinor, company?.after.lineCount],
      [0n, -900n, 0],
    );
    const { status, body } = await world.api.post(`/v1/charges/ch_${chargeId}/refunds/preview`, {});
    assert.equal(status, 200);
    assert.deepEqual([body['amount'], body['turns_negative'], body['needs_approval']], [900, true, false]);
    world.clock.set(tokyo('2026-05-10'));
  });

  it('says that it takes a second person, and refuses what a refund refuses', async () => {
    const chargeId = await at.sell(2_000n);
    const { needsApproval } = await previewRefund(world.deps, staff('aiko', 'agent'), { chargeId });
    assert.equal(needsApproval, 'charge');
    assert.equal(
      (await refusalOf(previewRefund(world.deps, at.key, { chargeId, amountMinor: 2_001n }))).code,
      'refund-too-large',
    );
    const held = await at.authorize(100n);
    assert.equal(
      (await refusalOf(previewRefund(world.deps, at.key, { chargeId: held.id }))).code,
      'not-captured',
    );
  });
});
