import { executeRun } from '../../src/runs/execute-run.ts';
import { settleCompanies } from '../../src/settlements/settle-companies.ts';
import { CLOSING_GROUPS } from '../../src/shared/calendar.rules.ts';
import { closeMonth, makeLineIds, type Sale } from '../support/closed-month.ts';
import { makeCompany, makeContract, makeService } from '../support/factories.ts';
import { createWorld, type World } from '../support/world.ts';
import { approveDrafts } from '../support/approve-settlements.ts';

/** Two companies that sold for two months, one of them carrying a balance, settled by real runs and approved by two people. */
export async function createSettledWorld(filesDir: string): Promise<World> {
  const world = await createWorld({ FILES_DIR: filesDir });
  const sellers: { companyId: number; serviceId: number }[] = [];
  for (const tariffCode of ['flets-2012', 'west-2004']) {
    const { id: companyId } = await makeCompany(world.deps);
    const { id: serviceId } = await makeService(world.deps, { companyId });
    await makeContract(world.deps, { companyId, tariffCode });
    sellers.push({ companyId, serviceId });
  }
  for (const period of ['2026-01', '2026-02']) {
    const sales: Sale[] = makeLineIds(12).map((lineId, index) => ({
      ...sellers[index < 10 ? 0 : 1]!,
      lineId,
      closingGroup: CLOSING_GROUPS[index % 6]!,
      amountMinor: 1_200n,
      taxCode: index % 3 === 0 ? 'reduced' : 'standard',
    }));
    await closeMonth(world.deps, { period, sales });
  }
  for (const businessDate of ['2026-02-25', '2026-03-25']) {
    await executeRun(world.deps, { job: 'settle-companies', businessDate }, settleCompanies);
    await approveDrafts(world.deps);
  }
  return world;
}
