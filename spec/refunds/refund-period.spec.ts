import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sqlOf } from '../../src/database/sql.ts';
import type { RefundRow } from '../../src/refunds/book-refund.ts';
import { previewRefund } from '../../src/refund-effects/preview-refund.ts';
import { staff } from '../support/actors.ts';
import { makeSale } from '../support/factories.ts';
import { createWorld, type World } from '../support/world.ts';
import { Refunding, refusalOf, tokyo } from './refunding.ts';

/** As `invoice 2026-05/31`. */
function where({ kind, billingPeriod, closingGroup }: RefundRow): string {
  return `${kind} ${billingPeriod}/${closingGroup}`;
}

describe('the invoice that takes a refund', () => {
  let world: World;
  before(async () => {
    world = await createWorld();
  });
  after(() => world.close());

  /** Sets a billing period to closing or closed, as its close does. */
  const close = async (period: string, state: 'closing' | 'closed' = 'closing', closingGroup = 31) => {
    await sqlOf(world.deps.orm.em.fork())
      .updateTable('billing_period')
      .set({ state })
      .where('period', '=', period)
      .where('closingGroup', '=', closingGroup as 31)
      .execute();
  };
  const begin = async (date = '2026-05-10', closingGroup: 31 | 10 = 31) => {
    world.clock.set(tokyo(date));
    return new Refunding(world, await makeSale(world.deps, { closingGroup }));
  };

  it('is the charge’s own while that is open, also on its last second', async () => {
    const at = await begin();
    const chargeId = await at.sell();
    world.clock.set(new Date(tokyo('2026-06-01', '00:00').getTime() - 1));
    assert.equal(where(await at.refund(chargeId, 1n)), 'invoice 2026-05/31');
    world.clock.set(tokyo('2026-06-01', '00:00'));
    assert.equal(where(await at.refund(chargeId, 1n)), 'invoice 2026-06/31');
  });

  it('is that of the line’s closing group: a period is named by the month it begins in', async () => {
    const at = await begin('2026-05-10', 10);
    const chargeId = await at.sell();
    assert.equal(where(await at.refund(chargeId, 1n)), 'invoice 2026-04/10');
    world.clock.set(tokyo('2026-05-11'));
    assert.equal(where(await at.refund(chargeId, 1n)), 'invoice 2026-05/10');
  });

  it('is the next one once a period is closing, and of the tenure although the line is suspended', async () => {
    const at = await begin('2027-03-31');
    const chargeId = await at.sell();
    await sqlOf(world.deps.orm.em.fork())
      .updateTable('line')
      .set({ status: 'suspended' })
      .where('lineId', '=', at.sale.line.lineId)
      .execute();
    await close('2027-03');
    assert.equal(where(await at.refund(chargeId, 1n)), 'invoice 2027-04/31');
  });

  it('of a former holder is an own one while it is open; then the refund is paid by bank', async () => {
    const at = await begin('2027-06-10');
    const chargeId = await at.sell(1_000n);
    const { lineId } = at.sale.line;
    await at.import('新保有者,end,active,2027-06-20,');
    world.clock.set(tokyo('2027-06-25'));
    const onInvoice = await at.refund(chargeId, 100n);
    assert.equal(where(onInvoice), 'invoice 2027-06/31');
    assert.equal(onInvoice.holderFrom, '2026-01-01');
    await close('2027-06');
    world.clock.set(tokyo('2027-07-02'));
    const byBank = await at.refund(chargeId, 250n);
    assert.equal(where(byBank), 'bank 2027-07/null');
    const [entry] = await at.entriesOf(byBank.id);
    assert.deepEqual(
      [entry?.kind, entry?.debit, entry?.credit, entry?.amountMinor, entry?.billingPeriod],
      ['bank-refund', 'company-payable', 'refund-payable', 250n, '2027-07'],
    );
    const waiting = await sqlOf(world.deps.orm.em.fork())
      .selectFrom('bank_refund')
      .select(['state', 'amountMinor', 'payableMinor'])
      .where('refundId', '=', byBank.id)
      .executeTakeFirst();
    assert.deepEqual(waiting, { state: 'waiting', amountMinor: 250n, payableMinor: 0n });
    // The one who holds the line now gets nothing of it.
    const others = await sqlOf(world.deps.orm.em.fork())
      .selectFrom('line_period')
      .select('period')
      .where('lineId', '=', lineId)
      .where('holderFrom', '=', '2027-06-20')
      .execute();
    assert.deepEqual(others, []);
    assert.equal((await refusalOf(at.refund(chargeId, 651n))).facts['left'], 650);
  });

  it('of a holder who had gone before the sale, as a late file says, is the one the sale is on', async () => {
    const at = await begin('2028-06-03');
    const chargeId = await at.sell(1_000n);
    world.clock.set(tokyo('2028-06-05'));
    await at.import('新保有者,end,active,2028-06-01,');
    const shown = await previewRefund(world.deps, staff(), { chargeId });
    assert.equal(shown.paidBy, 'invoice');
    assert.equal(where(await at.refund(chargeId, 100n)), 'invoice 2028-06/31');
    // All of it, too: then nothing of the charge is left on the invoice.
    assert.equal(where(await at.refund(chargeId, 900n)), 'invoice 2028-06/31');
  });

  it('of a closed line is an own one that is open, else none', async () => {
    const at = await begin('2027-09-10');
    const chargeId = await at.sell(1_000n);
    const { holder } = await sqlOf(world.deps.orm.em.fork())
      .selectFrom('line_holder')
      .select('holder')
      .where('lineId', '=', at.sale.line.lineId)
      .executeTakeFirstOrThrow();
    await at.import(`${holder},end,closed,2026-01-01,`);
    assert.equal(where(await at.refund(chargeId, 100n)), 'invoice 2027-09/31');
    await close('2027-09');
    assert.equal(where(await at.refund(chargeId, 100n)), 'bank 2027-09/null');
  });

  it('gives what was spent back to the line and the issued ID, in the charge’s own period alone', async () => {
    world.clock.set(tokyo('2028-05-10'));
    const at = new Refunding(world, await makeSale(world.deps));
    const { buyer, consentId } = await at.person({ slot: 2, monthlyLimitMinor: 3_000n });
    const chargeId = await at.sell(3_000n, { buyer });
    assert.equal(await at.use(1n, { consentId }), 'limit-exceeded');
    await at.refund(chargeId, 1_000n);
    assert.deepEqual(await at.booked(), { '2028-05': 2_000n });
    assert.equal(await at.use(1_000n, { consentId }), '2028-05');
    assert.equal(await at.use(1n, { consentId }), 'limit-exceeded');
    world.clock.set(tokyo('2028-06-01'));
    assert.equal(await at.use(3_000n, { consentId }), '2028-06');
    await at.refund(chargeId, 1_000n);
    assert.equal(await at.use(1n, { consentId }), 'limit-exceeded');
    assert.deepEqual(await at.booked(), { '2028-05': 3_000n, '2028-06': 3_000n });
  });
});
