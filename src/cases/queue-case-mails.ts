import type { InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { queueCaseMessage } from './queue-case-message.ts';
import { findMailRecipient } from '../identity/find-mail-recipient.ts';
import { queueMail } from '../mails/queue-mail.ts';
import { getPurchaseSeller, purchaseFacts } from '../purchases/purchase-seller.queries.ts';
import { getPurchaseSubject } from '../purchases/find-purchase-subject.ts';
import type { PurchaseSubject } from '../purchases/purchase-subject.types.ts';
import type { SupportCase } from './support-case.entity.ts';

interface Reported {
  readonly number: string;
  readonly subscriberId: number;
  readonly purchase: PurchaseSubject;
}

/** Queues the mail that confirms a report, with the number of its case. */
export async function queueReportMail(
  tx: InTransaction<Deps>,
  { number, subscriberId, purchase }: Reported,
): Promise<void> {
  const recipient = await findMailRecipient(tx, subscriberId);
  if (!recipient) return;
  const seller = await getPurchaseSeller(tx, purchase.serviceId);
  await queueMail(tx, {
    kind: 'purchase-reported',
    ...recipient,
    facts: {
      ...purchaseFacts(purchase, seller),
      caseNumber: number,
      reportedAt: tx.clock.now(),
      sellerContact: seller.telephone,
      url: `${tx.config.publicOrigin}/my/cases/${number}`,
    },
    dedupeKey: `purchase-reported:${number}`,
  });
}

interface Updated {
  readonly what: 'asked' | 'noted' | 'closed';
  readonly text: string | undefined;
  readonly sequence: number;
}

/**
 * Queues the mail about what the support centre wrote or decided, which the subscriber would otherwise find only by looking. `sequence`
 * is that of the case's event.
 */
export async function queueUpdateMail(
  tx: InTransaction<Deps>,
  updated: SupportCase,
  { what, text, sequence }: Updated,
): Promise<void> {
  const { number, subscriberId, subjectKind, subjectId, serviceId, kind } = updated;
  // Its words speak of a purchase that was reported.
  const isReport = kind === 'unrecognised-purchase' && subscriberId != null;
  if (!isReport || subjectKind == null || subjectId == null || serviceId == null) {
    await queueCaseMessage(tx, updated, { what, text, sequence });
    return;
  }
  const recipient = await findMailRecipient(tx, subscriberId);
  if (!recipient) return;
  const { description } = await getPurchaseSubject(tx, { kind: subjectKind, id: subjectId });
  const { company, service } = await getPurchaseSeller(tx, serviceId);
  await queueMail(tx, {
    kind: 'case-updated',
    ...recipient,
    facts: {
      company,
      service,
      description,
      caseNumber: number,
      what,
      words: text ?? null,
      url: `${tx.config.publicOrigin}/my/cases/${number}`,
    },
    dedupeKey: `case-updated:${number}:${sequence}`,
  });
}
