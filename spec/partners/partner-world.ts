import { approveChange } from '../../src/access/approvals/decide-approval.ts';
import { proposeChange } from '../../src/access/approvals/propose-change.ts';
import type { Deps } from '../../src/deps.ts';
import type { AddPartnerTerms } from '../../src/partners/add-partner-terms.ts';
import { createPartner } from '../../src/partners/create-partner.ts';
import { partnerTermsApproval } from '../../src/partners/partner-terms-approval.ts';
import { hanako, jiro } from '../support/people.ts';

/** Creates a partner, registered unless it is not to be. */
export async function makePartner(deps: Deps, code: string, isRegistered = true): Promise<void> {
  const registration = { registrationNumber: 'T7010705000725', registeredFrom: '2023-10-01' };
  const party = { code, name: `株式会社${code}`, nameEn: `${code} Inc.`, address: '東京都港区1-1' };
  await createPartner(deps, hanako, { ...party, ...(isRegistered && registration) });
}

/** Two people agree to the terms of a partner. */
export async function agree(deps: Deps, input: AddPartnerTerms): Promise<void> {
  const approvalId = await proposeChange(deps, hanako, partnerTermsApproval, { input, reason: 'signed' });
  await approveChange(deps, jiro, [partnerTermsApproval], { approvalId });
}
