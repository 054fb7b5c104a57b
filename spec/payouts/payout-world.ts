import { approveChange } from '../../src/access/approvals/decide-approval.ts';
import { proposeChange } from '../../src/access/approvals/propose-change.ts';
import { bankAccountApproval } from '../../src/bank-accounts/bank-account-approval.ts';
import type { BankAccountTerms } from '../../src/bank-accounts/bank-account.rules.ts';
import { sqlOf } from '../../src/database/sql.ts';
import type { Deps } from '../../src/deps.ts';
import { payoutRunApproval } from '../../src/payouts/payout-run-approval.ts';
import { preparePayouts } from '../../src/payouts/prepare-payouts.ts';
import { executeRun } from '../../src/runs/execute-run.ts';
import { settleCompanies } from '../../src/settlements/settle-companies.ts';
import { CLOSING_GROUPS } from '../../src/shared/calendar.rules.ts';
import { closeMonth, makeLineIds, type Sale } from '../support/closed-month.ts';
import { makeCompany, makeContract, makeService } from '../support/factories.ts';
import { hanako, jiro, person } from '../support/people.ts';
import { createWorld, type World } from '../support/world.ts';
import { approveDrafts } from '../support/approve-settlements.ts';

export const kenji = person('kenji', 'billing-approver');

/** Companies that sold in January and are settled: each payout was due on 2026-03-31. Their codes. */
export interface PayoutWorld extends World {
  readonly companies: readonly string[];
}

export async function createPayoutWorld(companyCount = 2): Promise<PayoutWorld> {
  const world = await createWorld();
  const sales: Sale[] = [];
  const companies: string[] = [];
  for (let made = 0; made < companyCount; made += 1) {
    const { id: companyId, code } = await makeCompany(world.deps);
    const { id: serviceId } = await makeService(world.deps, { companyId });
    await makeContract(world.deps, { companyId, tariffCode: 'flets-2012' });
    companies.push(code);
    for (const [index, lineId] of makeLineIds(6).entries()) {
      const amountMinor = 5_000n + 1_000n * BigInt(made);
      sales.push({ companyId, serviceId, lineId, closingGroup: CLOSING_GROUPS[index]!, amountMinor });
    }
  }
  await closeMonth(world.deps, { period: '2026-01', sales });
  await executeRun(world.deps, { job: 'settle-companies', businessDate: '2026-02-25' }, settleCompanies);
  await approveDrafts(world.deps);
  // A Monday: what was due is moved to the first day that can be ordered, 2026-05-12.
  world.clock.set(new Date('2026-05-11T01:00:00.000Z'));
  return { ...world, companies };
}

/** Prepares one run of all that is due, and returns its number. */
export async function prepareRun(deps: Deps): Promise<string> {
  const { runs } = await preparePayouts(deps, hanako);
  if (runs.length !== 1) throw new Error(`${runs.length} runs`);
  return runs[0]!;
}

/** Proposes a run by one person and approves it by another. */
export async function approveRun(deps: Deps, number: string, approver = jiro): Promise<void> {
  const approvalId = await proposeRun(deps, number);
  await approveChange(deps, approver, [payoutRunApproval], { approvalId });
}

export function proposeRun(deps: Deps, number: string): Promise<string> {
  return proposeChange(deps, hanako, payoutRunApproval, { input: { number }, reason: 'payouts of January' });
}

/** Gives a company another account, proposed by one person and approved by another. */
export async function changeAccount(
  deps: Deps,
  companyCode: string,
  over: Partial<BankAccountTerms> = {},
  kind = bankAccountApproval,
) {
  const input = {
    companyCode,
    bankCode: '9999',
    bankName: 'ミホン',
    branchCode: '002',
    branchName: 'シブヤ',
    accountType: 'current',
    accountNumber: '7654321',
    accountHolder: '株式会社コンテンツ',
    ...over,
  } as const;
  const approvalId = await proposeChange(deps, hanako, bankAccountApproval, {
    input,
    reason: 'their letter',
  });
  await approveChange(deps, jiro, [kind], { approvalId });
}

/** The ledger's entries of some kinds: kind, amount and accounts. */
export async function listPosted(deps: Deps, kinds: readonly ('payout-sent' | 'payout-returned')[]) {
  const rows = await sqlOf(deps.orm.em.fork())
    .selectFrom('ledger_entry as e')
    .innerJoin('ledger_account as d', 'd.id', 'e.debitAccount')
    .innerJoin('ledger_account as c', 'c.id', 'e.creditAccount')
    .select(['e.kind', 'e.amountMinor', 'd.code as debit', 'c.code as credit', 'e.businessDate'])
    .where('e.kind', 'in', kinds)
    .orderBy('e.journalId')
    .execute();
  return rows.map(({ kind, debit, credit, amountMinor }) => `${kind} ${debit} < ${credit} ${amountMinor}`);
}

/** A file of results, one row per text. */
export function resultsOf(...rows: string[]): Buffer {
  return Buffer.from(['customer_code_1,customer_code_2,amount,result,date,reason', ...rows, ''].join('\n'));
}
