import { changesBetween, type ApprovalKind } from '../access/approvals/approval-kind.ts';
import { shownAccount, type BankAccountInput } from './bank-account.rules.ts';
import { checkListedAccount } from './check-account.ts';
import { lockBankAccount } from './bank-account.queries.ts';
import { recordBankAccount } from './record-bank-account.ts';

/** Another bank account of a company, or its first one. */
export const bankAccountApproval: ApprovalKind<BankAccountInput> = {
  kind: 'company.bank-account',
  propose: 'bank-accounts:propose',
  approve: 'bank-accounts:approve',
  readInput: (stored) => stored as unknown as BankAccountInput,
  async lockSubject(tx, { companyCode }) {
    const { companyId, current } = await lockBankAccount(tx, companyCode);
    return { subject: `company:${companyCode}`, version: { companyId, current } };
  },
  async preview(tx, input) {
    await checkListedAccount(tx.config, input);
    const { current, approvalId } = await lockBankAccount(tx, input.companyCode);
    const changes = changesBetween(current ? shownAccount(current) : {}, shownAccount(input));
    if (current === undefined || approvalId !== null || Object.keys(changes).length > 0) return changes;
    // The same account again, after one person had entered it: that two people stand for it is the change.
    return changesBetween({ decidedBy: 'one person' }, { decidedBy: 'two people', ...shownAccount(input) });
  },
  async execute(tx, authority, input) {
    await recordBankAccount(tx, authority, input);
  },
};
