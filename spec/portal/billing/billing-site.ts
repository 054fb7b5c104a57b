import { openStaffConsole, type StaffConsole } from '../staff-console.ts';
import { fillBillingWorld, type BillingIds } from './billing-world.ts';
import { fillCompany } from './companies-world.ts';

/** The console over a world of some months of billing; `{company}` is the code of the first one. Its clock is at 2026-05-14, 10:00 in Tokyo. */
export type BillingSite = StaffConsole<BillingIds>;

export async function openBillingSite(): Promise<BillingSite> {
  return await openStaffConsole(async (deps, clock) => {
    const filled = await fillBillingWorld(deps, clock);
    return { ...filled, ...(await fillCompany(deps, filled.company)) };
  });
}
