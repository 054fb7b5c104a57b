import { approveChange, rejectChange } from '../../../src/access/approvals/decide-approval.ts';
import { proposeChange } from '../../../src/access/approvals/propose-change.ts';
import { bankAccountApproval } from '../../../src/bank-accounts/bank-account-approval.ts';
import { person } from '../../support/people.ts';
import * as shadow from '../shadow/accounts.ts';
import { NOTHING } from '../shadow/outcome.ts';
import type { EventKinds } from './event-kind.ts';

/** Somebody who may propose and approve, though not the same. */
export const banker = (name: string) => person(name, 'billing', 'billing-approver');

/** Planned with the payouts: `plan/plan-payouts.ts`. */
export const accountKinds: Pick<EventKinds, 'propose-account' | 'decide-account'> = {
  'propose-account': {
    foresee: shadow.proposeAccount,
    async perform({ deps, names }, { account, company: companyCode, number, by }) {
      const input = {
        companyCode,
        bankCode: '9999',
        bankName: 'ミホン',
        branchCode: '001',
        branchName: 'ホンテン',
        accountType: 'ordinary',
        accountNumber: number,
        accountHolder: 'カ）コンテンツ',
      } as const;
      const proposal = { input, reason: 'their letter' };
      names.accounts.set(account, await proposeChange(deps, banker(by), bankAccountApproval, proposal));
      return 'proposed';
    },
  },
  'decide-account': {
    foresee: shadow.decideAccount,
    async perform({ deps, names }, { account, by, approves }) {
      const approvalId = names.accounts.idOf(account);
      if (approvalId === undefined) return NOTHING;
      const decide = approves ? approveChange : rejectChange;
      await decide(deps, banker(by), [bankAccountApproval], { approvalId });
      return approves ? 'approved' : 'rejected';
    },
  },
};
