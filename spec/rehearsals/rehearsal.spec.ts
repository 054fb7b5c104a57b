import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import { sqlOf } from '../../src/database/sql.ts';
import { inTransaction } from '../../src/database/transaction.ts';
import { foldCharges } from '../../src/invoices/fold-charges.ts';
import { executeRehearsals } from '../../src/rehearsals/execute-rehearsal.ts';
import { getRehearsal, listRehearsals } from '../../src/rehearsals/rehearsal.queries.ts';
import { compareRehearsal } from '../../src/rehearsals/rehearsal-comparison.queries.ts';
import { readRanges, type RehearsedRange } from '../../src/rehearsals/rehearsed-ranges.ts';
import { addBilled } from '../../src/rehearsals/add-billed.rules.ts';
import { startRehearsal } from '../../src/rehearsals/start-rehearsal.ts';
import { executeRun } from '../../src/runs/execute-run.ts';
import type { BilledCompany } from '../../src/settlements/billed-companies.queries.ts';
import { CLOSING_GROUPS } from '../../src/shared/calendar.rules.ts';
import { runNight } from '../explanations/explained-world.ts';
import { staff } from '../support/actors.ts';
import { asOwner } from '../support/as-owner.ts';
import { billing, makeRehearsedWorld, rehearse } from './rehearsed-world.ts';

let at: Awaited<ReturnType<typeof makeRehearsedWorld>>;
before(async () => {
  at = await makeRehearsedWorld();
  at.billed.world.clock.set(new Date('2026-03-05T01:00:00.000Z'));
});
after(() => at.billed.close());

const auditor = staff('kansa', 'auditor');
const compare = (id: string) => compareRehearsal(at.billed.deps, auditor, { id });

/** What a group comes to in ranges of a size. */
async function readGroup(size: number) {
  const { deps } = at.billed;
  const groups = [];
  for (const closingGroup of CLOSING_GROUPS) {
    const companies = new Map<number, BilledCompany>();
    const ranges: Omit<RehearsedRange, 'companies'>[] = [];
    for await (const { companies: own, ...range } of readRanges(
      deps,
      { period: '2026-02', closingGroup, isClosed: false },
      size,
    )) {
      ranges.push(range);
      addBilled(companies, own);
    }
    const total = ranges.reduce((sum, { totalMinor }) => sum + totalMinor, 0n);
    const items = ranges.reduce((sum, { itemCount }) => sum + itemCount, 0);
    groups.push({ closingGroup, total, items, companies, ranges: ranges.length });
  }
  return groups;
}

describe('a rehearsal', () => {
  it('is one at a time, leaves an audit row, and is started by those who bill', async () => {
    const { deps } = at.billed;
    await assert.rejects(startRehearsal(deps, auditor, { scope: 'night' }), { code: 'permission-denied' });
    await assert.rejects(startRehearsal(deps, billing, { scope: 'month', period: '2031-01' }), {
      code: 'nothing-to-rehearse',
    });
    const { id } = await startRehearsal(deps, billing, { scope: 'month', period: '2026-02' });
    await assert.rejects(startRehearsal(deps, billing, { scope: 'night' }), { code: 'rehearsal-under-way' });
    const audit = await at.billed.rows<{ actor: string }>(
      "SELECT actor FROM audit_entry WHERE action = 'rehearsal.start' AND subject = ?",
      [`rehearsal:${id}`],
    );
    assert.deepEqual(
      audit.map(({ actor }) => actor),
      ['staff:hanako'],
    );
    await executeRehearsals(deps);
    assert.equal((await getRehearsal(deps, auditor, { id })).state, 'finished');
    assert.deepEqual(await executeRehearsals(deps), { rehearsed: 0 });
  });

  it('reads in ranges of lines, and comes to the same whatever their size', async () => {
    const [whole, ranges] = [await readGroup(10_000), await readGroup(1)];
    assert.ok(ranges.every((group) => group.ranges > 1));
    const plain = (groups: typeof whole) =>
      groups.map(({ ranges: _ranges, companies, ...group }) => ({
        ...group,
        companies: [...companies].sort(([a], [b]) => a - b),
      }));
    assert.deepEqual(plain(ranges), plain(whole));
  });

  it('waits for no lock, so it takes none: months, lanes, companies and lines are held meanwhile', async () => {
    const { deps } = at.billed;
    const { id } = await startRehearsal(deps, billing, { scope: 'month', period: '2026-02' });
    await inTransaction(deps, async (tx) => {
      for (const table of [
        'billing_period',
        'billing_period_lane',
        'company',
        'charge',
        'line_period',
        'invoice_item',
      ])
        await sql`SELECT 1 FROM ${sql.table(table)} FOR UPDATE`.execute(sqlOf(tx.em));
      await executeRehearsals(deps);
    });
    assert.equal((await getRehearsal(deps, auditor, { id })).state, 'finished');
  });

  it('of a night has the group that closes, and is what its close proves', async () => {
    const id = await rehearse(at.billed, { scope: 'night' });
    await runNight(at.billed, '2026-03-05');
    const { groups, companies } = await compare(id);
    assert.deepEqual(
      new Set(groups.map(({ closingGroup }) => closingGroup)),
      // The month end of February has been over since the 28th and is closed with it.
      new Set([31, 5]),
    );
    for (const { real, invoiceCount, itemCount, totalMinor } of groups)
      assert.deepEqual({ invoiceCount, itemCount, totalMinor }, real);
    assert.deepEqual(companies, []);
  });

  it('of a month, half of it folded and closed, is what the nights then make of it', async () => {
    const { billed, steady, fresh, collecting } = at;
    billed.world.clock.set(new Date('2026-03-07T01:00:00.000Z'));
    await executeRun(billed.deps, { job: 'fold-charges', businessDate: '2026-03-06' }, foldCharges);
    // Two groups are closed.
    await at.sell('2026-02', fresh, [0n, 0n, 2_000n, 1n, 3_000n, 1n]);
    billed.world.clock.set(new Date('2026-03-25T01:00:00.000Z'));
    const id = await rehearse(billed, { scope: 'month', period: '2026-02' });
    const outcome = await getRehearsal(billed.deps, auditor, { id });
    assert.deepEqual(
      new Map(outcome.settlements.map((row) => [row.companyId, row.outcome])),
      new Map([
        [steady.companyId, 'drafted'],
        [fresh.companyId, 'drafted'],
        [collecting.companyId, 'uncollected'],
      ]),
    );
    const figures = outcome.settlements.find(({ companyId }) => companyId === steady.companyId)!.figures!;
    assert.deepEqual(
      [figures.refundedMinor, figures.clawbackMinor, figures.lineCount],
      ['1950', '2000', '12'],
    );
    assert.equal(
      outcome.settlements.find(({ companyId }) => companyId === fresh.companyId)!.figures!.setUpExTaxMinor,
      '3000',
    );
    await runNight(billed, '2026-03-25');
    const { groups, companies, isSettled } = await compare(id);
    assert.equal(groups.length, 6);
    for (const { real, invoiceCount, itemCount, totalMinor } of groups)
      assert.deepEqual({ invoiceCount, itemCount, totalMinor }, real);
    assert.ok(isSettled);
    assert.deepEqual(companies, []);
  });

  it('marks a first sale, and stands beside the month before', async () => {
    const { billed, fresh, steady } = at;
    const [{ id } = { id: '' }] = await listRehearsals(billed.deps, auditor);
    const { settlements, counts } = await getRehearsal(billed.deps, auditor, { id });
    const of = (companyId: number) => settlements.find((row) => row.companyId === companyId)!;
    assert.equal(of(fresh.companyId).outliers, 'first-sale');
    assert.equal(of(steady.companyId).beforeMinor, 24_000n);
    assert.equal(settlements[0]!.outlierCount > 0, true);
    assert.equal(counts.outlying, settlements.filter(({ outlierCount }) => outlierCount > 0).length);
  });

  it('shows which figures of which company became others', async () => {
    const { billed, steady, fresh } = at;
    await at.sell('2026-03', steady, [500n]);
    billed.world.clock.set(new Date('2026-03-26T01:00:00.000Z'));
    const id = await rehearse(billed, { scope: 'month', period: '2026-03' });
    const waits = (await getRehearsal(billed.deps, auditor, { id })).settlements;
    assert.equal(waits.find(({ companyId }) => companyId === steady.companyId)!.outcome, 'waits');
    const [row] = await billed.rows<{ id: string }>(
      'SELECT id FROM rehearsal WHERE billing_period = ? ORDER BY id LIMIT 1',
      ['2026-02'],
    );
    const { companies } = await compare(row!.id);
    const changed = companies.find(({ companyId }) => companyId === fresh.companyId)!;
    assert.equal(changed.kind, 'changed');
    assert.deepEqual(
      changed.figures.find(({ figure }) => figure === 'billedMinor'),
      { figure: 'billedMinor', rehearsed: '9000', real: '14002' },
    );
  });

  it('is begun again when its process dies, by another one and from the start', async () => {
    const { billed } = at;
    const { id } = await startRehearsal(billed.deps, billing, { scope: 'month', period: '2026-02' });
    await asOwner(billed.world.database, async (connection) => {
      await connection.query(
        "UPDATE rehearsal SET state = 'running', attempts = 1, lease_owner = ?, lease_until = ? WHERE id = ?",
        ['01JV0000000000000000000000', '2026-03-26 01:01:00.000', id],
      );
      await connection.query("INSERT INTO rehearsal_group VALUES (?, 5, '2026-03-05', FALSE, 9, 9, 9, 9)", [
        id,
      ]);
    });
    assert.deepEqual(await executeRehearsals(billed.deps), { rehearsed: 0 });
    billed.world.clock.set(new Date('2026-03-26T01:02:00.000Z'));
    assert.deepEqual(await executeRehearsals(billed.deps), { rehearsed: 1 });
    const { groups, state } = await getRehearsal(billed.deps, auditor, { id });
    assert.equal(state, 'finished');
    assert.notEqual(groups.find(({ closingGroup }) => closingGroup === 5)!.totalMinor, 9n);
  });

  it('stays as it was kept, even for the owner of the schema', async () => {
    const { billed } = at;
    for (const statement of [
      "UPDATE rehearsal SET error = 'x'",
      'DELETE FROM rehearsal',
      'UPDATE rehearsal_group SET total_minor = 0',
      'DELETE FROM rehearsal_settlement',
      'DELETE FROM rehearsal_company_group',
    ])
      await assert.rejects(
        asOwner(billed.world.database, (connection) => connection.query(statement)),
        /rehearsal_is_kept/,
        statement,
      );
  });
});
