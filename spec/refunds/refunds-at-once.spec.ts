import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import fc from 'fast-check';
import type { Connection } from 'mysql2/promise';
import { sqlOf } from '../../src/database/sql.ts';
import { inTransaction } from '../../src/database/transaction.ts';
import { refundCharge } from '../../src/refunds/refund-charge.ts';
import { makeSale } from '../support/factories.ts';
import { onServer } from '../support/test-server.ts';
import { createWorld, type World } from '../support/world.ts';
import { Refunding, refusalOf, tokyo } from './refunding.ts';

/** Runs as the user of the service; everything is rolled back. */
function attempt(world: World, statement: string): Promise<void> {
  return onServer(world.database.url, async (connection: Connection) => {
    await connection.beginTransaction();
    await connection.query(statement);
    await connection.rollback();
  });
}

describe('refunds of one charge', () => {
  let world: World;
  let at: Refunding;
  before(async () => {
    world = await createWorld({ LINE_MONTHLY_LIMIT: '10000000' });
    world.clock.set(tokyo('2026-05-10'));
    at = new Refunding(world, await makeSale(world.deps));
  });
  after(() => world.close());

  const sumOf = async (chargeId: string) =>
    (await at.refundsOf(chargeId)).reduce((sum, { amountMinor }) => sum + amountMinor, 0n);

  it('fifty at once come to what was captured and never more', async () => {
    const chargeId = await at.sell(1_000n);
    const outcomes = await Promise.allSettled(Array.from({ length: 50 }, () => at.refund(chargeId, 30n)));
    const refused = outcomes.flatMap((o) =>
      o.status === 'rejected' ? [(o.reason as { code: string }).code] : [],
    );
    assert.deepEqual([...new Set(refused)], ['refund-too-large']);
    assert.equal(refused.length, 50 - 33);
    const refunds = await at.refundsOf(chargeId);
    assert.equal(await sumOf(chargeId), 990n);
    assert.deepEqual(
      refunds.map(({ refundedBeforeMinor }) => refundedBeforeMinor),
      refunds.map((_, i) => BigInt(i) * 30n),
    );
    assert.equal((await at.entriesOf(refunds[0]!.id)).length, 1);
  });

  it('of all that is left, at once, is one', async () => {
    const chargeId = await at.sell(700n);
    await at.refund(chargeId, 200n);
    const outcomes = await Promise.allSettled(Array.from({ length: 8 }, () => at.refund(chargeId)));
    assert.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 1);
    assert.equal(await sumOf(chargeId), 700n);
  });

  it('by plain SQL, fifty at once, never exceed it either', async () => {
    const chargeId = await at.sell(1_000n);
    await at.refund(chargeId, 100n);
    const attempts = Array.from({ length: 50 }, (_, i) =>
      onServer(world.database.url, async (connection: Connection) => {
        await connection.query(
          `INSERT INTO refund (id, charge_id, company_id, service_id, line_id, holder_from, charge_period, charge_group, amount_minor,
             refunded_before_minor, tax_code, tax_rate_bps, kind, business_date, billing_period, closing_group, reason, created_by, created_at)
           SELECT ?, charge_id, company_id, service_id, line_id, holder_from, charge_period, charge_group, 100,
             (SELECT SUM(amount_minor) FROM refund x WHERE x.charge_id = ?), tax_code, tax_rate_bps, kind, business_date, billing_period,
             closing_group, reason, created_by, created_at FROM refund WHERE charge_id = ? LIMIT 1`,
          [`SQL${String(i).padStart(23, '0')}`, chargeId, chargeId],
        );
      }),
    );
    const outcomes = await Promise.allSettled(attempts);
    assert.ok(outcomes.some(({ status }) => status === 'rejected'));
    assert.ok((await sumOf(chargeId)) <= 1_000n, String(await sumOf(chargeId)));
  });

  it('by plain SQL beyond it, out of turn, of another tax or changed later are refused by the database', async () => {
    const chargeId = await at.sell(1_000n);
    const { id } = await at.refund(chargeId, 400n);
    const copy = (over: Record<string, string>) => {
      const columns = {
        id: "'X'",
        charge_id: 'charge_id',
        company_id: 'company_id',
        service_id: 'service_id',
        line_id: 'line_id',
        holder_from: 'holder_from',
        charge_period: 'charge_period',
        charge_group: 'charge_group',
        amount_minor: '600',
        refunded_before_minor: '400',
        tax_code: 'tax_code',
        tax_rate_bps: 'tax_rate_bps',
        kind: 'kind',
        business_date: 'business_date',
        billing_period: 'billing_period',
        closing_group: 'closing_group',
        reason: 'reason',
        created_by: 'created_by',
        created_at: 'created_at',
        ...over,
      };
      return `INSERT INTO refund (${Object.keys(columns).join(', ')}) SELECT ${Object.values(columns).join(', ')} FROM refund WHERE id = '${id}'`;
    };
    await attempt(world, copy({}));
    const refused: readonly (readonly [string, RegExp])[] = [
      [copy({ amount_minor: '601' }), /refund_is_covered/],
      [copy({ amount_minor: '1', refunded_before_minor: '0' }), /refund_in_turn/],
      [copy({ amount_minor: '1', refunded_before_minor: '399' }), /refund_in_turn/],
      [copy({ amount_minor: '0' }), /refund_amount/],
      [copy({ tax_rate_bps: '800' }), /refund_is_covered/],
      [copy({ line_id: "'CAF9999999999'" }), /refund_is_covered/],
      [
        copy({ kind: "'bank'", closing_group: 'NULL', billing_period: "'2026-06'" }),
        /refund_by_bank_in_its_month/,
      ],
      [copy({ billing_period: "'2019-01'" }), /refund_enters_open_period/],
      [`UPDATE refund SET amount_minor = 1 WHERE id = '${id}'`, /refund_is_final/],
      [`DELETE FROM refund WHERE id = '${id}'`, /refund_stays/],
    ];
    for (const [statement, refusal] of refused)
      await assert.rejects(attempt(world, statement), refusal, statement);
  });

  it('in any order of amounts leave the rest exactly, and everything agrees', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 3_000 }),
        fc.array(fc.integer({ min: 1, max: 1_500 }), { maxLength: 6 }),
        async (captured, amounts) => {
          const chargeId = await at.sell(BigInt(captured));
          const spent = (await at.booked())['2026-05']!;
          let left = captured;
          for (const amount of amounts) {
            if (amount <= left) {
              await at.refund(chargeId, BigInt(amount));
              left -= amount;
            } else assert.equal((await refusalOf(at.refund(chargeId, BigInt(amount)))).facts['left'], left);
          }
          assert.equal(await sumOf(chargeId), BigInt(captured - left));
          assert.equal((await at.booked())['2026-05'], spent - BigInt(captured - left));
        },
      ),
      { numRuns: 12 },
    );
  });

  it('that fail after any step leave nothing behind', async () => {
    const chargeId = await at.sell(800n);
    const count = async () => {
      const counts = ['refund', 'ledger_entry', 'event', 'refunded_day', 'audit_entry'].map(async (table) => {
        const row = await sqlOf(world.deps.orm.em.fork())
          .selectFrom(table as 'refund')
          .select(({ fn }) => fn.countAll().as('n'))
          .executeTakeFirst();
        return [table, Number(row?.n)] as const;
      });
      return { ...Object.fromEntries(await Promise.all(counts)), booked: await at.booked() };
    };
    const before = await count();
    await assert.rejects(
      inTransaction(world.deps, async (tx) => {
        await refundCharge(tx, at.key, { chargeId, reason: 'requested' });
        throw new Error('the process ends here');
      }),
      /ends here/,
    );
    assert.deepEqual(await count(), before);
  });
});
