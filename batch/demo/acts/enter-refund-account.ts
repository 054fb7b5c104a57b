import { approveChange } from '../../../src/access/approvals/decide-approval.ts';
import { proposeChange } from '../../../src/access/approvals/propose-change.ts';
import { refundAccountApproval } from '../../../src/refunds/refund-account-approval.ts';
import { demoApprover, demoBiller } from '../demo-staff.ts';
import type { PlannedSubscriber } from '../plan/world-plan.ts';
import type { DemoWorld } from './demo-world.ts';

/** The former holder of a line has named an account in a letter: one person enters it, another approves. */
export async function enterRefundAccount(
  { site: { deps } }: DemoWorld,
  { line }: PlannedSubscriber,
): Promise<void> {
  const input = {
    lineId: line.lineId,
    holderFrom: line.holder.validFrom,
    bankCode: '9999',
    bankName: 'ミホンギンコウ',
    branchCode: '002',
    branchName: 'キタ',
    accountType: 'ordinary',
    accountNumber: '7654321',
    accountHolder: 'ミホン タロウ',
  } as const;
  const proposal = { input, reason: 'the letter of the former holder' };
  const approvalId = await proposeChange(deps, demoBiller, refundAccountApproval, proposal);
  await approveChange(deps, demoApprover, [refundAccountApproval], { approvalId });
}
