import assert from 'node:assert/strict';
import { authorizeCharge } from '../../src/charges/authorize-charge.ts';
import { createCharge } from '../../src/charges/create-charge.ts';
import { recordUsageCharges } from '../../src/charges/record-usage-charges.ts';
import { closePeriods } from '../../src/invoices/close-periods.ts';
import { foldCharges } from '../../src/invoices/fold-charges.ts';
import { executeRun } from '../../src/runs/execute-run.ts';
import type { JobWork } from '../../src/runs/run-handle.ts';
import { renderStatements } from '../../src/statements/render-statements.ts';
import { settleCompanies } from '../../src/settlements/settle-companies.ts';
import { CLOSING_GROUPS, endOfBusinessDate } from '../../src/shared/calendar.rules.ts';
import { makeApiKey, makeConsent, makeLine, makeSale, makeSubscriber } from '../support/factories.ts';
import { createWorld, type World } from '../support/world.ts';
import { subscribe } from '../subscriptions/subscribing.ts';
import { keyOf, signedIn } from '../support/actors.ts';
import { approveDrafts } from '../support/approve-settlements.ts';

type Sale = Awaited<ReturnType<typeof makeSale>>;

const CLOSING_DATES = ['2026-05-31', '2026-06-05', '2026-06-10', '2026-06-15', '2026-06-20', '2026-06-25'];
const jobs: Record<string, JobWork> = {
  'fold-charges': foldCharges,
  'close-periods': closePeriods,
  'settle-companies': settleCompanies,
  'render-statements': renderStatements,
};

/** A company whose sales of May, one on a line of each closing group, are closed, settled and rendered; and sales of June. */
export async function createMonthOfSales(
  settings: Readonly<Record<string, string>> = {},
): Promise<{ world: World; sale: Sale }> {
  const world = await createWorld(settings);
  const sale = await makeSale(world.deps);
  await makeApiKey(world.deps, { companyId: sale.company.id });
  world.clock.set(new Date('2026-05-27T03:00:00.000Z'));
  for (const closingGroup of CLOSING_GROUPS) await sellOn(world, sale, closingGroup);
  for (const businessDate of CLOSING_DATES) await runNight(world, businessDate);
  world.clock.set(new Date('2026-06-27T03:00:00.000Z'));
  await sellAll(world, sale);
  return { world, sale };
}

/** The jobs of the night after a business date, in their order; what it drafts is approved before statements are rendered. */
export async function runNight(world: World, businessDate: string): Promise<void> {
  world.clock.set(endOfBusinessDate(businessDate, world.config.timeZone));
  for (const [job, work] of Object.entries(jobs)) {
    const { kind } = await executeRun(world.deps, { job, businessDate }, work);
    assert.equal(kind, 'finished', `${job} of ${businessDate}`);
    if (job === 'settle-companies') await approveDrafts(world.deps);
  }
}

async function sellOn(
  { deps }: World,
  { company, service }: Sale,
  closingGroup: (typeof CLOSING_GROUPS)[number],
): Promise<void> {
  const { lineId } = await makeLine(deps, { closingGroup });
  const { id: subscriberId } = await makeSubscriber(deps, { lineId });
  const party = { companyId: company.id, serviceId: service.id, subscriberId, lineId };
  const { id: consentId } = await makeConsent(deps, party);
  const item = { consentId, amountMinor: 400n, taxCode: 'standard' as const, description: '記事' };
  await recordUsageCharges(deps, keyOf(company.id), { items: [item] });
}

/** One of each kind, by the use cases. */
async function sellAll({ deps }: World, sale: Sale): Promise<void> {
  const item = {
    consentId: sale.consent.id,
    amountMinor: 300n,
    taxCode: 'standard' as const,
    description: '記事',
  };
  await recordUsageCharges(deps, keyOf(sale.company.id), { items: [item] });
  const { id: chargeId } = await createCharge(deps, keyOf(sale.company.id), {
    serviceCode: sale.service.code,
    amountMinor: 800n,
    taxCode: 'standard',
    description: '映画',
    returnUrl: 'https://shop.example/thanks',
    automaticCapture: true,
  });
  await authorizeCharge(deps, signedIn(sale.buyer), { chargeId });
  await subscribe(deps, sale, { chargeDay: 1 });
}
