import { actorName, type Actor } from '../access/actor.ts';
import { recordAudit } from '../access/audit/record-audit.ts';
import { ownedBy } from '../access/owned-by.ts';
import { sqlOf } from '../database/sql.ts';
import { inTransaction, type InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { appendEvents } from '../events/append-events.ts';
import { findPurchaseSubject } from '../purchases/find-purchase-subject.ts';
import type { PurchaseRef, PurchaseSubject } from '../purchases/purchase-subject.types.ts';
import { compileInputCheck } from '../shared/check-input.ts';
import { messageText, normaliseMessage } from '../shared/message-text.rules.ts';
import { Problem } from '../shared/problem.ts';
import type { Enquiry } from './enquiry.entity.ts';
import { enquiryTopics, type EnquiryTopic } from './enquiry.rules.ts';
import { findRepeatedMessage } from './find-repeated-message.ts';
import { sendToCompany } from './send-to-company.ts';
import { takeContactQuota } from './take-contact-quota.ts';

export interface WriteEnquiry {
  readonly purchase: PurchaseRef;
  readonly topic: EnquiryTopic;
  /** Plain text of several lines. */
  readonly text: string;
}

const checkShape = compileInputCheck<WriteEnquiry>({
  topic: { type: 'string', enum: enquiryTopics },
  text: messageText,
});

/**
 * Writes to the company about a purchase: stores the message with the purchase, and queues the mail that relays it. Neither side
 * learns the other's address. The same text again within some minutes is the same message.
 * @throws Problem `charge-not-found`, `subscription-not-found`, `consent-not-found`, `invalid-request`; `seller-unreachable` when the
 *   service has no address for enquiries; `contact-limit` with `retry_after_seconds`.
 */
export async function writeEnquiry(deps: Deps, actor: Actor, input: WriteEnquiry): Promise<{ id: string }> {
  const owned = ownedBy(actor, 'enquiries:write');
  const text = normaliseMessage(input.text);
  const { topic } = input;
  checkShape({ ...input, text });
  return await inTransaction(deps, async (tx) => {
    if (actor.kind !== 'subscriber') throw new Problem('permission-denied');
    const { subscriberId } = actor;
    const purchase = await findPurchaseSubject(tx, owned, input.purchase);
    await takeContactQuota(tx, [
      { scope: 'subscriber', subject: String(subscriberId) },
      { scope: 'purchase', subject: purchase.id },
      { scope: 'company', subject: String(purchase.companyId) },
    ]);
    const repeated = await findRepeatedMessage(tx, { subscriberId, subjectId: purchase.id, text });
    if (repeated !== undefined) return { id: repeated };
    const enquiry = await insertEnquiry(tx, purchase, { topic, subscriberId });
    await sendToCompany(tx, enquiry, { purchase, subscriberId, text });
    await record(tx, actor, enquiry);
    return { id: enquiry.id };
  });
}

async function insertEnquiry(
  tx: InTransaction<Deps>,
  purchase: PurchaseSubject,
  written: Pick<Enquiry, 'topic'> & { readonly subscriberId: number },
): Promise<Enquiry> {
  const { kind: subjectKind, id: subjectId, companyId, serviceId, lineId, holderFrom } = purchase;
  const subject = { subjectKind, subjectId, companyId, serviceId, lineId, holderFrom };
  const row = { id: tx.ids.next(), ...subject, ...written, createdAt: tx.clock.now(), caseNumber: null };
  await sqlOf(tx.em).insertInto('enquiry').values(row).execute();
  return row;
}

async function record(tx: InTransaction<Deps>, actor: Actor, enquiry: Enquiry): Promise<void> {
  const { id, companyId, serviceId, subjectKind, subjectId, topic } = enquiry;
  const snapshot = { serviceId, subjectKind, subjectId, topic };
  await appendEvents(tx, [{ type: 'enquiry.created', subject: id, companyId, snapshot }]);
  const facts = { subject: `${subjectKind}:${subjectId}`, topic };
  await recordAudit(tx, {
    actor: actorName(actor),
    action: 'enquiry.write',
    subject: `enquiry:${id}`,
    facts,
  });
}
