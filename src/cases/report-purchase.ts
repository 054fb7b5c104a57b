import type { Actor } from '../access/actor.ts';
import { ownedBy, type Owned } from '../access/owned-by.ts';
import { inTransaction, type InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { takeContactQuota } from '../enquiries/take-contact-quota.ts';
import { findPurchaseSubject } from '../purchases/find-purchase-subject.ts';
import type { PurchaseRef } from '../purchases/purchase-subject.types.ts';
import { compileInputCheck } from '../shared/check-input.ts';
import { normaliseMessage, optionalMessageText } from '../shared/message-text.rules.ts';
import { Problem } from '../shared/problem.ts';
import { appendCaseEvent } from './append-case-event.ts';
import { findOpenCaseOf } from './find-open-case.ts';
import { insertCase } from './insert-case.ts';
import { nextCaseNumber } from './next-case-number.ts';
import { queueReportMail } from './queue-case-mails.ts';

export interface ReportPurchase {
  readonly purchase: PurchaseRef;
  /** What the subscriber adds; a report needs no words. */
  readonly text?: string | undefined;
}

const checkShape = compileInputCheck<ReportPurchase>({ text: optionalMessageText });

/**
 * Reports a purchase that the subscriber does not recognise: opens a case at the support centre. It moves no money and stops
 * nothing. A purchase has one open case: reporting it again returns that case, unchanged.
 * @returns the number of the case, and whether it is a new one.
 * @throws Problem `charge-not-found`, `subscription-not-found`, `consent-not-found`, `invalid-request`, `contact-limit`; `case-exists` when
 *   somebody else of the line has reported it, whose case the actor may not see.
 */
export async function reportPurchase(
  deps: Deps,
  actor: Actor,
  input: ReportPurchase,
): Promise<{ number: string; isNew: boolean }> {
  const owned = ownedBy(actor, 'cases:report');
  const text = input.text === undefined ? undefined : normaliseMessage(input.text) || undefined;
  checkShape({ ...input, text });
  return await inTransaction(deps, async (tx) => {
    if (actor.kind !== 'subscriber') throw new Problem('permission-denied');
    const purchase = await findPurchaseSubject(tx, owned, input.purchase);
    const before = await findOpenCase(tx, owned, purchase.id);
    if (before !== undefined) return { number: before, isNew: false };
    await takeContactQuota(tx, [{ scope: 'support', subject: String(actor.subscriberId) }]);
    const number = await nextCaseNumber(tx);
    const { companyId, serviceId, lineId, holderFrom } = purchase;
    const subject = {
      subjectKind: purchase.kind,
      subjectId: purchase.id,
      companyId,
      serviceId,
      lineId,
      holderFrom,
    };
    await insertCase(tx, {
      number,
      kind: 'unrecognised-purchase',
      ...subject,
      subscriberId: actor.subscriberId,
    });
    await appendCaseEvent(tx, actor, {
      caseNumber: number,
      kind: 'opened',
      isPublic: true,
      state: 'open',
      text,
    });
    await queueReportMail(tx, { number, subscriberId: actor.subscriberId, purchase });
    return { number, isNew: true };
  });
}

/** The open case of a purchase. Of two reports at once the loser of the unique key runs again, and finds the winner's. */
async function findOpenCase(
  tx: InTransaction<Deps>,
  { rows }: Owned,
  subjectId: string,
): Promise<string | undefined> {
  const row = await findOpenCaseOf(tx, subjectId);
  if (!row) return undefined;
  const isVisible = Object.entries(rows).every(
    ([column, value]) => row[column as keyof typeof row] === value,
  );
  if (!isVisible) throw new Problem('case-exists');
  return row.number;
}
