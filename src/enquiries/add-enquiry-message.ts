import { actorName, type Actor } from '../access/actor.ts';
import { recordAudit } from '../access/audit/record-audit.ts';
import { ownedBy } from '../access/owned-by.ts';
import { inTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { findPurchaseSubject } from '../purchases/find-purchase-subject.ts';
import { compileInputCheck } from '../shared/check-input.ts';
import { messageText, normaliseMessage } from '../shared/message-text.rules.ts';
import { Problem } from '../shared/problem.ts';
import { findRepeatedMessage } from './find-repeated-message.ts';
import { lockEnquiry } from './lock-enquiry.ts';
import { sendToCompany } from './send-to-company.ts';
import { takeContactQuota } from './take-contact-quota.ts';

export interface AddEnquiryMessage {
  readonly enquiryId: string;
  readonly text: string;
}

const checkShape = compileInputCheck<AddEnquiryMessage>({ text: messageText });

/**
 * Writes to the company again in an enquiry, with a new link for its answer.
 * @throws Problem `enquiry-not-found`, `invalid-request`, `seller-unreachable`, `contact-limit`; `illegal-state` when the enquiry has
 *   as many messages as it can have.
 */
export async function addEnquiryMessage(deps: Deps, actor: Actor, input: AddEnquiryMessage): Promise<void> {
  const owned = ownedBy(actor, 'enquiries:write');
  const text = normaliseMessage(input.text);
  checkShape({ ...input, text });
  return await inTransaction(deps, async (tx) => {
    if (actor.kind !== 'subscriber') throw new Problem('permission-denied');
    const { subscriberId } = actor;
    const enquiry = await lockEnquiry(tx, owned, input.enquiryId);
    if (enquiry.caseNumber != null) throw new Problem('enquiry-not-found');
    const { subjectId, companyId } = enquiry;
    const purchase = await findPurchaseSubject(tx, owned, { kind: enquiry.subjectKind, id: subjectId });
    await takeContactQuota(tx, [
      { scope: 'subscriber', subject: String(subscriberId) },
      { scope: 'purchase', subject: subjectId },
      { scope: 'company', subject: String(companyId) },
    ]);
    if ((await findRepeatedMessage(tx, { subscriberId, subjectId, text })) !== undefined) return;
    await sendToCompany(tx, enquiry, { purchase, subscriberId, text });
    const subject = `enquiry:${enquiry.id}`;
    await recordAudit(tx, { actor: actorName(actor), action: 'enquiry.write', subject });
  });
}
