import { changesBetween, type ApprovalKind } from '../access/approvals/approval-kind.ts';
import { lockCommissions } from '../partners/store-commissions.ts';
import { approveSettlement } from './approve-settlement.ts';
import { lockDraft, type DraftKey } from './lock-draft.ts';
import { describeSettlements } from './settlement-document.ts';

/** A drafted settlement: after it, its figures are posted to the ledger and its payout is due. */
export const settlementApproval: ApprovalKind<DraftKey> = {
  kind: 'settlement.approve',
  propose: 'settlements:propose',
  approve: 'settlements:approve',
  readInput: (stored) => stored as unknown as DraftKey,
  /** The figures with all that its statement and payout say besides them, the bank account among it. */
  async lockSubject(tx, { number }) {
    const { settlement, lines } = await lockDraft(tx, number);
    const documents = await describeSettlements(tx, [settlement.id]);
    const commissions = await lockCommissions(tx, settlement.id);
    const { commissionMinor: _, ...figures } = settlement;
    // What has no commissions is hashed as it was before there were any.
    const version =
      commissions.length > 0
        ? { settlement, lines, documents, commissions }
        : { settlement: figures, lines, documents };
    return { subject: `settlement:${number}`, version };
  },
  async preview(tx, draft) {
    const { settlement } = await lockDraft(tx, draft.number, draft.revision);
    const { billedMinor, refundedMinor, feeExTaxMinor, feeTaxMinor, setUpExTaxMinor, setUpTaxMinor } =
      settlement;
    const { clawbackMinor, recoveryMinor, transferFeeMinor, carriedInMinor } = settlement;
    const { payoutMinor, carriedOutMinor, payoutOn } = settlement;
    const sums = { billedMinor, refundedMinor, feeExTaxMinor, feeTaxMinor, setUpExTaxMinor, setUpTaxMinor };
    const further = { clawbackMinor, recoveryMinor, transferFeeMinor, carriedInMinor };
    const { tariffCode, tariffFrom, feeBranch } = settlement;
    const terms = { tariffCode, tariffFrom, feeBranch };
    const outcome = { payoutMinor, carriedOutMinor, payoutOn };
    const commissions =
      settlement.commissionMinor === 0n ? {} : { commissionMinor: settlement.commissionMinor };
    const figures = { ...sums, ...terms, ...further, ...commissions, ...outcome };
    return changesBetween({ state: 'draft' }, { state: 'approved', ...figures });
  },
  async execute(tx, authority, draft) {
    await approveSettlement(tx, authority, draft);
  },
};
