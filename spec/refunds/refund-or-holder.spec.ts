import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sqlOf } from '../../src/database/sql.ts';
import { inTransaction } from '../../src/database/transaction.ts';
import { refundCharge } from '../../src/refunds/refund-charge.ts';
import { listBrokenInvariants } from '../support/broken-invariants.ts';
import { makeSale } from '../support/factories.ts';
import { createWorld, type World } from '../support/world.ts';
import { Refunding, tokyo } from './refunding.ts';

describe('a refund while its line goes to another holder', () => {
  let world: World;
  before(async () => {
    world = await createWorld();
  });
  after(() => world.close());

  /** May is charged and closing; the line changes hands in June. */
  const begin = async (year: number) => {
    world.clock.set(tokyo(`${year}-05-10`));
    const at = new Refunding(world, await makeSale(world.deps));
    const chargeId = await at.sell(1_000n);
    world.clock.set(tokyo(`${year}-06-10`));
    await sqlOf(world.deps.orm.em.fork())
      .updateTable('billing_period')
      .set({ state: 'closing' })
      .where('period', '=', `${year}-05`)
      .where('closingGroup', '=', 31)
      .execute();
    return { at, chargeId };
  };

  it('is the former holder’s on an open invoice when it comes first: the change waits for it', async () => {
    const { at, chargeId } = await begin(2026);
    const order: string[] = [];
    let importing: Promise<unknown> | undefined;
    await inTransaction(world.deps, async (tx) => {
      const { kind, billingPeriod, holderFrom } = await refundCharge(tx, at.key, {
        chargeId,
        amountMinor: 100n,
        reason: 'requested',
      });
      assert.deepEqual([kind, billingPeriod, holderFrom], ['invoice', '2026-06', at.sale.buyer.holderFrom]);
      importing = at.import('新保有者,end,active,2026-06-10,').then(() => order.push('changed'));
      const waits = new Promise((resolve) => setImmediate(resolve));
      await Promise.race([importing, waits]);
      await sqlOf(tx.em).selectFrom('refund').select('id').execute();
      order.push('refunded');
    });
    await importing;
    assert.deepEqual(order, ['refunded', 'changed']);
    // The tenure began June with it: its further refunds are on the same invoice, although another person holds the line.
    const next = await at.refund(chargeId, 100n);
    assert.deepEqual([next.kind, next.billingPeriod], ['invoice', '2026-06']);
  });

  it('is paid by bank when the change came first and the tenure has no open invoice', async () => {
    const { at, chargeId } = await begin(2027);
    await at.import('新保有者,end,active,2027-06-01,');
    const { kind, holderFrom } = await at.refund(chargeId, 100n);
    assert.deepEqual([kind, holderFrom], ['bank', at.sale.buyer.holderFrom]);
  });

  it('many of them at once with the change: each in one way, and never on the invoice of another holder', async () => {
    const { at, chargeId } = await begin(2028);
    const [, ...made] = await Promise.all([
      at.import('新保有者,end,active,2028-06-01,'),
      ...Array.from({ length: 10 }, () => at.refund(chargeId, 10n)),
    ]);
    assert.equal(made.length, 10);
    for (const { kind, holderFrom } of made) {
      assert.equal(holderFrom, at.sale.buyer.holderFrom);
      assert.ok(['invoice', 'bank'].includes(kind));
    }
    const others = await sqlOf(world.deps.orm.em.fork())
      .selectFrom('line_period')
      .select('period')
      .where('lineId', '=', at.sale.line.lineId)
      .where('holderFrom', '=', '2028-06-01')
      .execute();
    assert.deepEqual(others, []);
    const broken = await listBrokenInvariants(world.deps);
    assert.deepEqual(
      broken.filter((line) => /^[125] /.test(line)),
      [],
    );
  });
});
