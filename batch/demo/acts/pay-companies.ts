import { stringify } from 'csv-stringify/sync';
import { approveChange } from '../../../src/access/approvals/decide-approval.ts';
import { proposeChange } from '../../../src/access/approvals/propose-change.ts';
import { bankAccountApproval } from '../../../src/bank-accounts/bank-account-approval.ts';
import { sqlOf } from '../../../src/database/sql.ts';
import { emOf } from '../../../src/database/transaction.ts';
import type { Deps } from '../../../src/deps.ts';
import { importPayoutResults } from '../../../src/payouts/import-payout-results.ts';
import { payoutRunApproval } from '../../../src/payouts/payout-run-approval.ts';
import { preparePayouts } from '../../../src/payouts/prepare-payouts.ts';
import { resultColumns, type PayoutResult } from '../../../src/payouts/read-results.ts';
import { writePayoutFile } from '../../../src/payouts/write-payout-file.ts';
import { businessDateOf } from '../../../src/shared/calendar.rules.ts';
import { demoApprover, demoBiller } from '../demo-staff.ts';
import type { DemoWorld } from './demo-world.ts';

/** One person of the demo prepares what is due and proposes it, another approves, and the files for the bank are written. */
export async function orderPayouts({ site: { deps } }: DemoWorld): Promise<void> {
  const { runs } = await preparePayouts(deps, demoBiller);
  for (const number of runs) {
    const proposal = { input: { number }, reason: 'due' };
    const approvalId = await proposeChange(deps, demoBiller, payoutRunApproval, proposal);
    await approveChange(deps, demoApprover, [payoutRunApproval], { approvalId });
    await writePayoutFile(deps, demoBiller, { number });
  }
}

/** The bank says what became of its transfers. The account of the company whose transfer came back is then corrected. */
export async function bookPayoutResults({ site: { deps } }: DemoWorld, returnsOf?: string): Promise<void> {
  const transfers = await listTransferred(deps);
  const back = transfers.find(({ company }) => company === returnsOf);
  const rows = transfers.map((transfer) => ({
    customer_code_1: transfer.number,
    customer_code_2: String(transfer.lineNumber),
    amount: String(transfer.amountMinor),
    result: (transfer === back ? 'returned' : 'settled') satisfies PayoutResult['result'],
    date: transfer.payOn,
    reason: transfer === back ? '口座番号相違' : '',
  }));
  if (rows.length === 0) return;
  const file = Buffer.from(stringify(rows, { header: true, columns: [...resultColumns] }));
  const { refused } = await importPayoutResults(deps, demoBiller, { file });
  for (const { row, fault } of refused) throw new Error(`row ${row} of the bank's results: ${fault}`);
  if (back?.company) await correctAccount(deps, back.company);
}

/** What the bank has transferred by today. */
function listTransferred(deps: Deps) {
  const today = businessDateOf(deps.clock.now(), deps.config.timeZone);
  return sqlOf(emOf(deps))
    .selectFrom('payout as p')
    .innerJoin('payout_run as n', 'n.id', 'p.runId')
    .leftJoin('company as c', 'c.id', 'p.companyId')
    .select(['n.number', 'p.lineNumber', 'p.amountMinor', 'p.payOn', 'c.code as company'])
    .where('p.state', '=', 'sent')
    .where('p.payOn', '<=', today)
    .orderBy('n.number')
    .orderBy('p.lineNumber')
    .execute();
}

/** The company has named a wrong number; two people enter the right one. */
async function correctAccount(deps: Deps, companyCode: string): Promise<void> {
  const { accountType, accountNumber, accountHolder, ...bank } = await sqlOf(emOf(deps))
    .selectFrom('bank_account as b')
    .innerJoin('company as c', 'c.id', 'b.companyId')
    .select(['b.bankCode', 'b.bankName', 'b.branchCode', 'b.branchName'])
    .select(['b.accountType', 'b.accountNumber', 'b.accountHolder'])
    .where('c.code', '=', companyCode)
    .orderBy('b.version', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow();
  const corrected = String(Number(accountNumber) + 1_000_000);
  const input = { companyCode, ...bank, accountType, accountNumber: corrected, accountHolder };
  const proposal = { input, reason: 'the bank returned a transfer' };
  const approvalId = await proposeChange(deps, demoBiller, bankAccountApproval, proposal);
  await approveChange(deps, demoApprover, [bankAccountApproval], { approvalId });
}
