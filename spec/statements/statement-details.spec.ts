import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { emOf } from '../../src/database/transaction.ts';
import { sqlOf } from '../../src/database/sql.ts';
import { settleCompanies } from '../../src/settlements/settle-companies.ts';
import { streamDetails } from '../../src/statements/statement-details.queries.ts';
import type { ClosingGroup } from '../../src/shared/calendar.rules.ts';
import { closeMonth, makeLineIds, type Sale } from '../support/closed-month.ts';
import { makeCompany, makeContract, makeService } from '../support/factories.ts';
import { fakeRun } from '../support/fake-run.ts';
import { createWorld, type World } from '../support/world.ts';

let world: World;

before(async () => {
  world = await createWorld();
});
after(() => world.close());

test('lists details closing day by closing day, the month end first, over pages that end within a day', async () => {
  const company = await makeCompany(world.deps);
  await makeContract(world.deps, { companyId: company.id });
  const services: number[] = [];
  for (let made = 0; made < 270; made += 1) {
    services.push((await makeService(world.deps, { companyId: company.id, name: `第${made}巻` })).id);
  }
  // 540 rows of the month end and 1,080 of the other days: both spans of the key go on over further pages.
  const days: readonly ClosingGroup[] = [31, 5, 25];
  const sales = days.flatMap((closingGroup) => {
    const [lineId = ''] = makeLineIds(1);
    return services.flatMap((serviceId): Sale[] => {
      const sale = { companyId: company.id, serviceId, lineId, closingGroup };
      return [
        { ...sale, amountMinor: 1_000n + BigInt(serviceId) },
        { ...sale, amountMinor: 500n, taxCode: 'reduced' },
      ];
    });
  });
  await closeMonth(world.deps, { period: '2026-05', sales });
  await fakeRun(world.deps, settleCompanies, { job: 'settle-companies', businessDate: '2026-06-25' });

  const { id } = await sqlOf(emOf(world.deps))
    .selectFrom('settlement')
    .select('id')
    .executeTakeFirstOrThrow();
  const kept = services.map((serviceId, made) => ({
    id: serviceId,
    code: '',
    name: `第${made}巻`,
    nameEn: '',
  }));
  const settlement = { id, billingPeriod: '2026-05' };
  const details = await Array.fromAsync(streamDetails(world.deps, settlement, kept));
  const figures = (closingDate: string) =>
    services.flatMap((serviceId, made) => {
      const row = { closingDate, serviceName: `第${made}巻`, lineCount: 1, itemCount: 1 };
      return [
        { ...row, taxCode: 'reduced', taxRateBps: 800, totalMinor: 500n },
        { ...row, taxCode: 'standard', taxRateBps: 1000, totalMinor: 1_000n + BigInt(serviceId) },
      ];
    });
  assert.deepEqual(details, ['2026-05-31', '2026-06-05', '2026-06-25'].flatMap(figures));
});
