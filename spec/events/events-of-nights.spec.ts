import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { sqlOf } from '../../src/database/sql.ts';
import type { EventType } from '../../src/events/event-types.ts';
import { closePeriods } from '../../src/invoices/close-periods.ts';
import { settleCompanies } from '../../src/settlements/settle-companies.ts';
import { executeRun } from '../../src/runs/execute-run.ts';
import { createSettledWorld } from '../invariants/settled-world.ts';
import { makeSale } from '../support/factories.ts';
import type { World } from '../support/world.ts';
import { SellingTerms } from '../charges/selling.ts';

describe('events of the nights', () => {
  let world: World;
  let filesDir: string;
  before(async () => {
    filesDir = await mkdtemp(join(tmpdir(), 'tabane-spec-'));
    world = await createSettledWorld(filesDir);
  });
  after(async () => {
    await world.close();
    await rm(filesDir, { recursive: true });
  });

  const listEvents = (type: EventType) =>
    sqlOf(world.deps.orm.em.fork())
      .selectFrom('event')
      .select(['subjectId', 'companyId', 'snapshot'])
      .where('type', '=', type)
      .orderBy('subjectId')
      .execute();

  it('say what each settlement came to, once however often the night runs', async () => {
    const settlements = await sqlOf(world.deps.orm.em.fork())
      .selectFrom('settlement')
      .selectAll()
      .orderBy('id')
      .execute();
    assert.equal(settlements.length, 4);
    await executeRun(world.deps, { job: 'settle-companies', businessDate: '2026-03-26' }, settleCompanies);
    assert.deepEqual(
      await listEvents('settlement.drafted'),
      settlements.map((settlement) => ({
        subjectId: settlement.id,
        companyId: settlement.companyId,
        snapshot: {
          number: settlement.number,
          revision: 1,
          billingPeriod: settlement.billingPeriod,
          billedMinor: String(settlement.billedMinor),
          refundedMinor: String(settlement.refundedMinor),
          feeExTaxMinor: String(settlement.feeExTaxMinor),
          feeTaxMinor: String(settlement.feeTaxMinor),
          setUpExTaxMinor: '0',
          setUpTaxMinor: '0',
          clawbackMinor: '0',
          recoveryMinor: '0',
          transferFeeMinor: '0',
          payoutMinor: String(settlement.payoutMinor),
          carriedOutMinor: String(settlement.carriedOutMinor),
          payoutOn: settlement.payoutOn,
        },
      })),
    );
  });

  it('say that a period has closed, and nothing before it has', async () => {
    assert.deepEqual(await listEvents('billing-period.closed'), []);
    assert.equal(await new SellingTerms(world, await makeSale(world.deps)).use(500n), '2026-05');
    world.clock.set(new Date('2026-06-01T01:00:00.000+09:00'));
    const night = { job: 'close-periods', businessDate: '2026-05-31' };
    await executeRun(world.deps, night, closePeriods);
    const events = await listEvents('billing-period.closed');
    assert.deepEqual(
      events.filter(({ subjectId }) => subjectId === '2026-05/31'),
      [
        {
          subjectId: '2026-05/31',
          companyId: null,
          snapshot: { invoiceCount: 1, itemCount: 1, totalMinor: '500' },
        },
      ],
    );
  });
});
