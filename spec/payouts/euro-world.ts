import { approveChange } from '../../src/access/approvals/decide-approval.ts';
import { proposeChange } from '../../src/access/approvals/propose-change.ts';
import { bankAccountApproval } from '../../src/bank-accounts/bank-account-approval.ts';
import type { EnteredAccount } from '../../src/bank-accounts/bank-account.rules.ts';
import type { Deps } from '../../src/deps.ts';
import { executeRun } from '../../src/runs/execute-run.ts';
import { settleCompanies } from '../../src/settlements/settle-companies.ts';
import { CLOSING_GROUPS } from '../../src/shared/calendar.rules.ts';
import { approveDrafts } from '../support/approve-settlements.ts';
import { closeMonth, makeLineIds, type Sale } from '../support/closed-month.ts';
import { makeCompany, makeContract, makeService } from '../support/factories.ts';
import { hanako, jiro } from '../support/people.ts';
import { createWorld, type World } from '../support/world.ts';
import type { PayoutWorld } from './payout-world.ts';

export const EURO = { CURRENCY: 'EUR', TIME_ZONE: 'Europe/Berlin' } as const;

/** Accounts of two companies: one in Germany without a BIC, one in Switzerland, which needs it. */
export const accounts = {
  german: { iban: 'DE75512108001245126199', accountHolder: 'Müller + Söhne GmbH' },
  swiss: { iban: 'CH9300762011623852957', bic: 'UBSWCHZH80A', accountHolder: "L'Atelier du Son SA" },
  french: { iban: 'FR1420041010050500013M02606', bic: 'PSSTFRPPPAR', accountHolder: 'Contenu SARL' },
} as const satisfies Record<string, EnteredAccount>;

/** One person proposes the account of a company, another approves it. */
export async function giveEuroAccount(
  deps: Deps,
  companyCode: string,
  account: EnteredAccount,
): Promise<void> {
  const input = { companyCode, ...account };
  const approvalId = await proposeChange(deps, hanako, bankAccountApproval, {
    input,
    reason: 'their letter',
  });
  await approveChange(deps, jiro, [bankAccountApproval], { approvalId });
}

/** Companies paid in euro that sold in January and are settled; each payout was due on 2026-03-31. */
export async function createEuroWorld(): Promise<PayoutWorld> {
  const world = await createWorld(EURO);
  return { ...world, companies: await fillEuroWorld(world) };
}

/** The same in a world that there is; returns the codes of the companies. */
export async function fillEuroWorld(world: Pick<World, 'deps' | 'clock'>): Promise<string[]> {
  const sales: Sale[] = [];
  const companies: string[] = [];
  for (const account of [accounts.german, accounts.swiss]) {
    const { id: companyId, code } = await makeCompany(world.deps);
    const { id: serviceId } = await makeService(world.deps, { companyId });
    await giveEuroAccount(world.deps, code, account);
    await makeContract(world.deps, { companyId, tariffCode: 'flets-2012' });
    companies.push(code);
    for (const [index, lineId] of makeLineIds(6).entries()) {
      const amountMinor = 5_049n + 1_000n * BigInt(companies.length);
      sales.push({ companyId, serviceId, lineId, closingGroup: CLOSING_GROUPS[index]!, amountMinor });
    }
  }
  await closeMonth(world.deps, { period: '2026-01', sales });
  await executeRun(world.deps, { job: 'settle-companies', businessDate: '2026-02-25' }, settleCompanies);
  await approveDrafts(world.deps);
  // A Monday: what was due is moved to the first day that can be ordered, 2026-05-12.
  world.clock.set(new Date('2026-05-11T09:00:00.000Z'));
  return companies;
}
