import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { sql } from 'kysely';
import { sqlOf } from '../../src/database/sql.ts';
import { foldCharges } from '../../src/invoices/fold-charges.ts';
import { executeRun, type RunOutcome } from '../../src/runs/execute-run.ts';
import { listParked } from '../../src/runs/run.queries.ts';
import { hookRun } from '../support/override-handle.ts';
import { createWorld, type World } from '../support/world.ts';
import { capture, makeMarket, type Captured, type Market } from './captured-charges.ts';

let world: World;
let market: Market;
beforeEach(async () => {
  world = await createWorld();
  world.clock.set(new Date('2026-06-20T00:00:00.000Z'));
  market = await makeMarket(world.deps, { lineCount: 7 });
});
afterEach(() => world.close());

/** `count` charges of one day, spread over the lines, of 1, 2, 3 … yen. */
function chargesOf(businessDate: string, count: number, over: Partial<Captured> = {}): Captured[] {
  return Array.from({ length: count }, (_, n) => ({
    ...(n % 3 === 0 ? market.unregistered : market.registered),
    lineId: market.lines[n % market.lines.length]!,
    amountMinor: BigInt(n + 1),
    businessDate,
    ...over,
  }));
}

async function fold(businessDate: string, chunkSize = 4): Promise<RunOutcome & { kind: 'finished' }> {
  const outcome = await executeRun(world.deps, { job: 'fold-charges', businessDate, chunkSize }, foldCharges);
  assert.equal(outcome.kind, 'finished');
  return outcome;
}

const inWords = (row: { count: unknown; total: unknown }) => `${Number(row.count)} of ${Number(row.total)}`;

async function figures() {
  const query = sqlOf(world.deps.orm.em.fork());
  const items = await query
    .selectFrom('invoice_item')
    .select(({ fn }) => [fn.countAll().as('count'), fn.sum('amountMinor').as('total')])
    .executeTakeFirstOrThrow();
  const invoices = await query
    .selectFrom('line_invoice')
    .select(({ fn }) => [fn.sum('itemCount').as('count'), fn.sum('totalMinor').as('total')])
    .executeTakeFirstOrThrow();
  assert.equal(inWords(invoices), inWords(items), 'invoices and items agree');
  return inWords(items);
}

describe('folding charges', () => {
  it('puts each captured charge on the invoice of its line, over several chunks', async () => {
    await capture(world.deps, chargesOf('2026-05-10', 30));
    const { counts } = await fold('2026-05-10');
    assert.deepEqual(counts, { expected: 30, done: 30, skipped: 0, parked: 0 });
    assert.equal(await figures(), '30 of 465');
    const differing = await sql<{ n: number }>`
      SELECT COUNT(*) AS n FROM charge c LEFT JOIN invoice_item i ON i.charge_id = c.id
        AND i.line_id = c.line_id AND i.amount_minor = c.captured_minor AND i.company_id = c.company_id
        AND i.business_date = c.business_date AND i.description = c.description AND i.tax_rate_bps = c.tax_rate_bps
      WHERE i.charge_id IS NULL`.execute(sqlOf(world.deps.orm.em.fork()));
    assert.equal(Number(differing.rows[0]?.n), 0);
  });

  it('twice is folding once: another night finds nothing left', async () => {
    await capture(world.deps, chargesOf('2026-05-10', 10));
    await fold('2026-05-10');
    const { counts } = await fold('2026-05-11');
    assert.deepEqual(counts, { expected: 0, done: 0, skipped: 0, parked: 0 });
    assert.equal(await figures(), '10 of 55');
  });

  it('leaves charges of a later business date to their own night', async () => {
    await capture(world.deps, [...chargesOf('2026-05-10', 5), ...chargesOf('2026-05-11', 6)]);
    assert.equal((await fold('2026-05-10')).counts.done, 5);
    assert.equal((await fold('2026-05-11')).counts.done, 6);
    assert.equal(await figures(), '11 of 36');
  });

  it('finds charges of an earlier day that were committed after its fold', async () => {
    await capture(world.deps, [...chargesOf('2026-05-09', 9), ...chargesOf('2026-05-10', 9)]);
    await fold('2026-05-10');
    await capture(world.deps, chargesOf('2026-05-09', 2, { lineId: market.lines[3]! }));
    await capture(world.deps, chargesOf('2026-05-11', 4));
    assert.equal((await fold('2026-05-11')).counts.done, 6);
    assert.equal(await figures(), '24 of 103');
  });

  it('makes up nights that were skipped', async () => {
    for (const day of ['01', '02', '07']) await capture(world.deps, chargesOf(`2026-05-${day}`, 5));
    assert.equal((await fold('2026-05-20')).counts.done, 15);
    assert.equal(await figures(), '15 of 45');
  });

  it('folds all periods that are open, each closing group by itself', async () => {
    await capture(world.deps, chargesOf('2026-05-31', 3, { lineId: market.lines[0]! }));
    await capture(
      world.deps,
      chargesOf('2026-06-03', 3, { lineId: market.lines[1]!, closingGroup: 5, period: '2026-05' }),
    );
    await capture(world.deps, chargesOf('2026-06-03', 3, { lineId: market.lines[0]! }));
    const { facts } = await fold('2026-06-03');
    const folded = { done: 3, parked: 0 };
    assert.deepEqual(facts, { folded: { '2026-05/31': folded, '2026-05/5': folded, '2026-06/31': folded } });
  });

  it('continues after a failed attempt without folding anything twice', async () => {
    await capture(world.deps, chargesOf('2026-05-10', 30));
    const cutOff = executeRun(
      world.deps,
      { job: 'fold-charges', businessDate: '2026-05-10', chunkSize: 4 },
      async (deps, run) => {
        let chunks = 0;
        const cutOffAfterThree = () => {
          chunks += 1;
          if (chunks > 3) throw new Error('power cut');
        };
        return foldCharges(deps, hookRun(run, { beforeChunk: cutOffAfterThree }));
      },
    );
    await assert.rejects(cutOff, /power cut/);
    assert.notEqual(await figures(), '30 of 465');
    const { counts, attempt } = await fold('2026-05-10');
    assert.deepEqual([counts.expected, counts.done, attempt], [30, 30, 2]);
    assert.equal(await figures(), '30 of 465');
  });

  it('parks a line that has an invoice of another closing group for the period, and folds the others', async () => {
    await capture(world.deps, chargesOf('2026-05-10', 7));
    await fold('2026-05-10');
    const misplaced = { lineId: market.lines[2]!, closingGroup: 10 as const, period: '2026-05' };
    await capture(world.deps, chargesOf('2026-05-12', 2, misplaced));
    await capture(world.deps, chargesOf('2026-05-12', 1, { ...misplaced, lineId: 'CAF0000000099' }));
    const { counts } = await fold('2026-05-12');
    assert.deepEqual(counts, { expected: 3, done: 1, skipped: 0, parked: 2 });
    assert.deepEqual(await listParked(world.deps, { job: 'fold-charges', businessDate: '2026-05-12' }, 5), [
      {
        subject: `2026-05/10/${market.lines[2]}`,
        reason: 'the line has an invoice of another closing group for this period',
      },
    ]);
    assert.equal(await figures(), '8 of 29');
  });

  it('has nothing to do in an empty world', async () => {
    assert.deepEqual((await fold('2026-05-10')).counts, { expected: 0, done: 0, skipped: 0, parked: 0 });
  });
});

describe('an invoice item', () => {
  it('stands once: the database refuses a second item of a charge', async () => {
    await capture(world.deps, chargesOf('2026-05-10', 1));
    await fold('2026-05-10');
    const again =
      sql`INSERT INTO invoice_item SELECT billing_period, closing_group, 'CAF0000000005', charge_id, refund_id, company_id,
      service_id, holder_from, business_date, kind, description, amount_minor, tax_code, tax_rate_bps, late, supplied_on, charge_period
      FROM invoice_item`.execute(sqlOf(world.deps.orm.em.fork()));
    await assert.rejects(again, /invoice_item_charge/);
  });

  it('never changes and is never removed', async () => {
    await capture(world.deps, chargesOf('2026-05-10', 1));
    await fold('2026-05-10');
    const query = sqlOf(world.deps.orm.em.fork());
    await assert.rejects(
      query.updateTable('invoice_item').set({ amountMinor: 9n }).execute(),
      /invoice_item_is_final/,
    );
    await assert.rejects(query.deleteFrom('invoice_item').execute(), /invoice_item_stays/);
  });
});
