import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { encodeTime } from 'ulid';
import { queryRows } from '../../src/database/statement-pipeline.ts';
import { emOf, inTransaction } from '../../src/database/transaction.ts';
import { countMonths, selectRefunded, selectSold } from '../../src/refund-effects/company-month.queries.ts';
import { previewRefund } from '../../src/refund-effects/preview-refund.ts';
import { Refunding, tokyo } from '../refunds/refunding.ts';
import { makeSale } from '../support/factories.ts';
import { onServer } from '../support/test-server.ts';
import { createWorld, type World } from '../support/world.ts';

/** Of the company that is previewed, and of the other. */
const OWN = 40;
const OTHERS = 4_000;

describe('what a preview reads', () => {
  let world: World;
  let at: Refunding;
  let chargeId: string;
  before(async () => {
    world = await createWorld({ REFUND_PREVIEW_TIMEOUT_MS: '5000' });
    world.clock.set(tokyo('2026-05-10'));
    at = await Refunding.begin(world);
    chargeId = await at.sell(500n);
    const other = new Refunding(world, await makeSale(world.deps));
    const otherId = await other.sell(300n);
    await multiply(chargeId, OWN);
    await multiply(otherId, OTHERS);
    await at.refund(chargeId, 100n);
    await other.refund(otherId, 100n);
    await onServer(world.database.ownerUrl, (connection) => connection.query('ANALYZE TABLE charge, refund'));
  });
  after(() => world.close());

  /** Copies of a charge, refunded whole every tenth one. */
  async function multiply(id: string, count: number) {
    const prefix = encodeTime(tokyo('2026-05-10').getTime() + count);
    const copied = `description, automatic_capture, company_id, service_id, kind, state, amount_minor, captured_minor, tax_code,
      tax_rate_bps, subscriber_id, line_id, holder_from, created_at, authorized_at, reserved_period, captured_at, business_date,
      billing_period, closing_group`;
    const charged = 'company_id, service_id, line_id, holder_from, billing_period, closing_group';
    await onServer(world.database.ownerUrl, async (connection) => {
      await connection.query(
        `INSERT INTO charge (id, ${copied}) SELECT CONCAT(?, LPAD(seq, 16, '0')), ${copied} FROM charge JOIN seq_1_to_${count} WHERE id = ?`,
        [prefix, id],
      );
      await connection.query(
        `INSERT INTO refund (id, charge_id, ${charged.replace('billing_period, closing_group', 'charge_period, charge_group')},
           amount_minor, refunded_before_minor, tax_code, tax_rate_bps, kind, business_date, billing_period, closing_group, reason,
           created_by, created_at)
         SELECT id, id, ${charged}, captured_minor, 0, tax_code, tax_rate_bps, 'invoice', business_date, billing_period,
           closing_group, 'requested', 'spec', captured_at FROM charge WHERE id LIKE ? AND id LIKE '%0'`,
        [`${prefix}%`],
      );
    });
  }

  const months = () => ({
    companyId: at.sale.company.id,
    from: '2026-04',
    through: '2026-05',
    chargeId,
    lineId: at.sale.buyer.lineId,
  });

  it('is the company’s own rows alone, however many others have', async () => {
    const reads = await inTransaction(world.deps, async (tx) => {
      const count = async () => {
        const rows = await queryRows<{ Value: string }>(
          tx.em,
          "SHOW SESSION STATUS LIKE 'Handler_read%'",
          [],
        );
        return rows.reduce((sum, { Value }) => sum + Number(Value), 0);
      };
      const own = await count();
      const before = await count();
      const counted = await countMonths(tx, months());
      const read = (await count()) - before - (before - own);
      const refunded = OWN / 10;
      assert.deepEqual(counted.get('2026-05'), {
        billedMinor: 500n * BigInt(OWN + 1),
        refundedMinor: 500n * BigInt(refunded) + 100n,
        lineCount: 1,
        itemCount: OWN + 1 - refunded,
        othersOfLine: OWN - refunded,
      });
      return read;
    });
    assert.ok(reads < OWN * 8, `${reads} reads`);
  });

  it('is found by keys that begin with the company', async () => {
    const plans: { table: string; key: string | null }[] = [];
    for (const { text, values } of [selectSold(months(), 9), selectRefunded(months())])
      plans.push(...(await queryRows<(typeof plans)[number]>(emOf(world.deps), `EXPLAIN ${text}`, values)));
    const used = plans.filter(({ table }) => ['c', 'refund'].includes(table));
    assert.deepEqual(
      used.map(({ table, key }) => `${table}: ${key}`),
      ['c: charge_of_state', 'refund: refund_of_month', 'refund: refund_of_month'],
    );
  });

  it('ends in time: a preview that takes too long is refused, and says so', async () => {
    const { deps } = world;
    const hurried = { ...deps, config: { ...deps.config, refundPreviewTimeoutMs: 50 } };
    await onServer(world.database.ownerUrl, async (connection) => {
      await connection.query('LOCK TABLES charge WRITE');
      try {
        await assert.rejects(countMonths(hurried, months()), { code: 'preview-too-slow' });
      } finally {
        await connection.query('UNLOCK TABLES');
      }
    });
    const { company } = await previewRefund(hurried, at.key, { chargeId, amountMinor: 1n });
    assert.equal(company?.after.totalMinor, company!.before.totalMinor - 1n);
  });
});
