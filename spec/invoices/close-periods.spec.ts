import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { sql } from 'kysely';
import { sqlOf } from '../../src/database/sql.ts';
import { inTransaction } from '../../src/database/transaction.ts';
import { assignBillingPeriods } from '../../src/limits/assign-billing-period.ts';
import { closePeriods } from '../../src/invoices/close-periods.ts';
import { executeRun, type RunOutcome } from '../../src/runs/execute-run.ts';
import { findRun } from '../../src/runs/run.queries.ts';
import { runAsOwner } from '../support/as-owner.ts';
import { createWorld, type World } from '../support/world.ts';
import { capture, makeMarket, type Captured, type Market } from './captured-charges.ts';

let world: World;
let market: Market;
let filesDir: string;
beforeEach(async () => {
  filesDir = await mkdtemp(join(tmpdir(), 'tabane-close-'));
  world = await createWorld({ FILES_DIR: filesDir });
  world.clock.set(new Date('2026-06-20T00:00:00.000Z'));
  market = await makeMarket(world.deps, { lineCount: 5 });
});
afterEach(async () => {
  await world.close();
  await rm(filesDir, { recursive: true });
});

const chargeOf = (line: number, amountMinor: bigint, over: Partial<Captured> = {}): Captured => ({
  ...market.registered,
  lineId: market.lines[line]!,
  amountMinor,
  businessDate: '2026-05-31',
  ...over,
});

async function close(businessDate: string): Promise<RunOutcome> {
  return executeRun(world.deps, { job: 'close-periods', businessDate, chunkSize: 2 }, closePeriods);
}

const query = () => sqlOf(world.deps.orm.em.fork());
const periodRow = (period: string, closingGroup: 5 | 10 | 15 | 20 | 25 | 31) =>
  query()
    .selectFrom('billing_period')
    .selectAll()
    .where('period', '=', period)
    .where('closingGroup', '=', closingGroup)
    .executeTakeFirst();

describe('closing a billing period', () => {
  it('folds what is left, numbers without a gap by line, and records the proof', async () => {
    await capture(
      world.deps,
      [4, 0, 2, 2, 1, 3].map((line, n) => chargeOf(line, BigInt(100 + n))),
    );
    await close('2026-05-31');
    const row = await periodRow('2026-05', 31);
    assert.deepEqual(
      [row?.state, row?.invoiceCount, row?.itemCount, row?.totalMinor, row?.closedAt],
      ['closed', 5, 6, 615n, world.clock.now()],
    );
    const invoices = await query()
      .selectFrom('line_invoice')
      .select(['lineId', 'number'])
      .orderBy('lineId')
      .execute();
    assert.deepEqual(
      invoices,
      market.lines.map((lineId, n) => ({ lineId, number: `202605-31-000000${n + 1}` })),
    );
    assert.equal(
      row?.checksum,
      createHash('sha256')
        .update(await details('2026-05-31.csv'))
        .digest('hex'),
    );
  });

  it('rounds tax once per invoice, part and rate', async () => {
    await capture(world.deps, [
      ...[1, 2, 3].map(() => chargeOf(0, 105n)),
      chargeOf(0, 107n, { taxCode: 'reduced' }),
      ...[1, 2].map(() => chargeOf(0, 105n, market.unregistered)),
    ]);
    await close('2026-05-31');
    const taxes = await query()
      .selectFrom('line_invoice_tax')
      .select(['part', 'taxCode', 'taxRateBps', 'totalMinor', 'taxMinor'])
      .orderBy('part')
      .orderBy('taxCode', 'desc')
      .execute();
    assert.deepEqual(taxes, [
      { part: 'registered', taxCode: 'standard', taxRateBps: 1000, totalMinor: 315n, taxMinor: 28n },
      { part: 'registered', taxCode: 'reduced', taxRateBps: 800, totalMinor: 107n, taxMinor: 7n },
      { part: 'unregistered', taxCode: 'standard', taxRateBps: 1000, totalMinor: 210n, taxMinor: 19n },
    ]);
  });

  it('takes a supplier as registered only for supplies within its registration', async () => {
    await query()
      .updateTable('company')
      .set({ registeredFrom: '2026-05-10', registeredTo: '2026-05-20' })
      .where('code', '=', 'registered')
      .execute();
    const days = ['2026-05-09', '2026-05-10', '2026-05-19', '2026-05-20'];
    await capture(
      world.deps,
      days.map((businessDate, n) => chargeOf(0, 10n ** BigInt(n), { businessDate })),
    );
    await close('2026-05-31');
    const taxes = await query()
      .selectFrom('line_invoice_tax')
      .select(['part', 'totalMinor'])
      .orderBy('part')
      .execute();
    assert.deepEqual(taxes, [
      { part: 'registered', totalMinor: 110n },
      { part: 'unregistered', totalMinor: 1001n },
    ]);
  });

  it('closes the groups of the day only, and those of days before that are still open', async () => {
    await capture(world.deps, [chargeOf(0, 100n)]);
    await capture(world.deps, [
      chargeOf(1, 200n, { businessDate: '2026-06-05', period: '2026-05', closingGroup: 5 }),
    ]);
    await capture(world.deps, [
      chargeOf(2, 300n, { businessDate: '2026-06-06', period: '2026-05', closingGroup: 10 }),
    ]);
    await close('2026-06-05');
    const states = [31, 5, 10] as const;
    const found = await Promise.all(states.map(async (group) => (await periodRow('2026-05', group))?.state));
    assert.deepEqual(found, ['closed', 'closed', 'open']);
  });

  it('closes a period in which nobody bought anything, with an empty file', async () => {
    const outcome = await close('2026-05-31');
    assert.equal(outcome.kind === 'finished' && outcome.counts.done, 1);
    const row = await periodRow('2026-05', 31);
    assert.deepEqual([row?.state, row?.invoiceCount, row?.totalMinor], ['closed', 0, 0n]);
    assert.equal((await details('2026-05-31.csv')).trim().split('\n').length, 1);
  });

  it('closes the groups of a month whose day had passed before the first night ran', async () => {
    await capture(world.deps, [
      chargeOf(0, 100n, { businessDate: '2026-06-12', period: '2026-05', closingGroup: 15 }),
    ]);
    await close('2026-06-15');
    const states = [31, 5, 10, 15, 20] as const;
    const found = await Promise.all(states.map(async (group) => (await periodRow('2026-05', group))?.state));
    assert.deepEqual(found, ['closed', 'closed', 'closed', 'closed', undefined]);
  });

  it('has nothing to close on a day that closes no group', async () => {
    const outcome = await close('2026-05-29');
    assert.equal(outcome.kind === 'finished' && outcome.counts.expected, 0);
  });

  it('sends a charge of the closed period to the next one, late', async () => {
    await close('2026-05-31');
    const request = {
      lineId: market.lines[0]!,
      holderFrom: '2026-01-01',
      closingGroup: 31 as const,
      businessDate: '2026-05-31',
    };
    const [period] = await inTransaction(world.deps, (tx) => assignBillingPeriods(tx, [request]));
    assert.deepEqual([period?.period, period?.late], ['2026-06', true]);
  });

  it('waits for a capture under way and takes its charge in', async () => {
    await capture(world.deps, [chargeOf(0, 100n)]);
    const closing = await inTransaction(world.deps, async (tx) => {
      await assignBillingPeriods(tx, [
        { lineId: market.lines[1]!, holderFrom: '2026-01-01', closingGroup: 31, businessDate: '2026-05-31' },
      ]);
      const closing = close('2026-05-31');
      await untilBlocked();
      await capture(tx, [chargeOf(1, 50n)]);
      return { closing };
    });
    await closing.closing;
    assert.equal((await periodRow('2026-05', 31))?.totalMinor, 150n);
  });
});

describe('a closed period', () => {
  beforeEach(async () => {
    await capture(world.deps, [chargeOf(0, 100n), chargeOf(1, 200n)]);
    await close('2026-05-31');
  });

  it('and its numbered invoices are refused any change by the database', async () => {
    await assert.rejects(
      query().updateTable('line_invoice').set({ totalMinor: 1n }).execute(),
      /line_invoice_is_final/,
    );
    await assert.rejects(query().deleteFrom('line_invoice').execute(), /line_invoice_stays/);
    await assert.rejects(
      query().updateTable('billing_period').set({ state: 'open' }).where('state', '=', 'closed').execute(),
      /billing_period_is_final/,
    );
  });

  it('is left alone by another close', async () => {
    const before = await details('2026-05-31.csv');
    await close('2026-06-01');
    assert.equal(await details('2026-05-31.csv'), before);
    assert.equal((await close('2026-05-31')).kind, 'already-finished');
  });
});

describe('the proof of close', () => {
  const tampering = {
    'an item with another amount': 'UPDATE invoice_item SET amount_minor = amount_minor + 1 LIMIT 1',
    'an invoice with another total': 'UPDATE line_invoice SET total_minor = total_minor + 1 LIMIT 1',
    'two invoices whose errors cancel out':
      'UPDATE line_invoice SET total_minor = total_minor + IF(line_id LIKE "%1", 1, -1)',
    'an item that is missing': 'DELETE FROM invoice_item LIMIT 1',
    'a capture that the ledger does not know': 'DELETE FROM ledger_entry LIMIT 1',
    'a capture of another amount in the ledger':
      'UPDATE ledger_entry SET amount_minor = amount_minor + 1 LIMIT 1',
    'an item booked for another company': 'UPDATE invoice_item SET company_id = company_id + 1 LIMIT 1',
  };
  for (const [what, statement] of Object.entries(tampering)) {
    it(`refuses ${what}: nothing is numbered or exported, and the run fails`, async () => {
      await capture(world.deps, [chargeOf(0, 100n), chargeOf(1, 200n)]);
      await foldOnly();
      await tamper(statement);
      await assert.rejects(close('2026-05-31'), { code: 'proof-of-close-failed' });
      assert.equal((await periodRow('2026-05', 31))?.state, 'closing');
      const numbered = await query()
        .selectFrom('line_invoice')
        .select('number')
        .where('number', 'is not', null)
        .execute();
      assert.deepEqual(numbered, []);
      assert.deepEqual(await readdir(filesDir), []);
      assert.equal(
        (await findRun(world.deps, { job: 'close-periods', businessDate: '2026-05-31' }))?.state,
        'failed',
      );
    });
  }

  it('of one group failing does not keep the others open, and passes once the figures are right again', async () => {
    await capture(world.deps, [chargeOf(0, 100n)]);
    await capture(world.deps, [
      chargeOf(1, 200n, { businessDate: '2026-06-05', period: '2026-05', closingGroup: 5 }),
    ]);
    await foldOnly();
    await tamper('UPDATE line_invoice SET total_minor = total_minor + 1 WHERE closing_group = 31');
    await assert.rejects(close('2026-06-05'), { code: 'proof-of-close-failed' });
    assert.equal((await periodRow('2026-05', 5))?.state, 'closed');
    await tamper('UPDATE line_invoice SET total_minor = total_minor - 1 WHERE closing_group = 31');
    const outcome = await close('2026-06-05');
    assert.equal(outcome.kind === 'finished' && outcome.counts.done, 2);
    assert.equal((await periodRow('2026-05', 31))?.totalMinor, 100n);
  });
});

const details = (name: string) => readFile(join(filesDir, 'invoices', name), 'utf8');

async function foldOnly(): Promise<void> {
  const { foldCharges } = await import('../../src/invoices/fold-charges.ts');
  await executeRun(world.deps, { job: 'fold-charges', businessDate: '2026-06-18' }, foldCharges);
}

/** What only somebody with the database's own password can do. */
async function tamper(statement: string): Promise<void> {
  for (const trigger of [
    'invoice_item_is_final',
    'invoice_item_stays',
    'ledger_entry_is_final',
    'ledger_entry_stays',
  ]) {
    await runAsOwner(world.database, `DROP TRIGGER IF EXISTS ${trigger}`);
  }
  await runAsOwner(world.database, statement);
}

/** Until the close's update of the period has stood still for a while: it waits for the capture. */
async function untilBlocked(): Promise<void> {
  const giveUpAtMs = performance.now() + 5_000;
  while (performance.now() < giveUpAtMs) {
    const { rows } = await sql<{ n: number }>`
      SELECT COUNT(*) AS n FROM information_schema.processlist
      WHERE db = DATABASE() AND info LIKE 'update _billing_period_%' AND time_ms > 50`.execute(query());
    if (Number(rows[0]?.n) > 0) return;
  }
  assert.fail('the close does not wait');
}
