import { changesBetween, type ApprovalKind } from '../access/approvals/approval-kind.ts';
import {
  addPartnerTerms,
  checkPartnerTerms,
  lockPartnerTerms,
  type AddPartnerTerms,
} from './add-partner-terms.ts';
import { describeCommission } from './partner-terms.rules.ts';

/** What a partner gets of a company's sales from a month on: out of the company's payout, or of the carrier's fee. */
export const partnerTermsApproval: ApprovalKind<AddPartnerTerms> = {
  kind: 'partner.terms',
  propose: 'partners:propose',
  approve: 'partners:approve',
  readInput: (stored) => stored as unknown as AddPartnerTerms,
  async lockSubject(tx, { companyCode, partnerCode }) {
    const { partner, versions } = await lockPartnerTerms(tx, { companyCode, partnerCode });
    return { subject: `partner:${partnerCode}/${companyCode}`, version: { partner, versions } };
  },
  async preview(tx, input) {
    const { versions, partner } = await checkPartnerTerms(tx, input);
    const { validFrom, paidBy, commission, services = [] } = input;
    const [latest] = versions;
    const before = latest && { paidBy: latest.paidBy, commission: describeCommission(latest.commission) };
    return changesBetween(before ?? {}, {
      validFrom,
      paidBy,
      commission: describeCommission(commission),
      services: services.length > 0 ? services.join(' ') : null,
      registrationNumber: partner.registrationNumber,
    });
  },
  async execute(tx, authority, input) {
    await addPartnerTerms(tx, authority, input);
  },
};
