import { actorName, type Actor } from '../access/actor.ts';
import { ownedBy } from '../access/owned-by.ts';
import { inTransaction, type InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { findPurchaseSubject } from '../purchases/find-purchase-subject.ts';
import type { PurchaseRef } from '../purchases/purchase-subject.types.ts';
import { compileInputCheck, invalidInput } from '../shared/check-input.ts';
import { messageText, normaliseMessage } from '../shared/message-text.rules.ts';
import { appendCaseEvent } from './append-case-event.ts';
import { caseKinds, type CaseKind } from './case-kinds.rules.ts';
import { requireTenure, type TenureOfCase } from './case-tenure.queries.ts';
import { findOpenCaseOf } from './find-open-case.ts';
import { insertCase, NO_PURCHASE } from './insert-case.ts';
import { lockCase } from './lock-case.ts';
import { nextCaseNumber } from './next-case-number.ts';
import { queueCaseMessage } from './queue-case-message.ts';

export interface OpenCase {
  readonly kind: CaseKind;
  /** What it is about: a purchase, or a tenure of a line in general. */
  readonly about: { readonly purchase: PurchaseRef } | { readonly tenure: TenureOfCase };
  /** Of the line; undefined: its holder, who may have no issued ID. */
  readonly subscriberId?: number | undefined;
  /** What the caller said. The reporter sees it. */
  readonly text: string;
  /** The person who opens it works on it. */
  readonly isTaken: boolean;
}

const checkShape = compileInputCheck<Pick<OpenCase, 'kind' | 'text'>>({
  kind: { type: 'string', enum: caseKinds },
  text: messageText,
});

/**
 * Opens a case for somebody who has called, and mails its number. A purchase has one open case: for another call the one that is there
 * is returned, unchanged.
 * @returns the number of the case, and whether it is a new one.
 * @throws Problem `invalid-request`, `charge-not-found`, `subscription-not-found`, `consent-not-found`, `line-not-found`,
 *   `subscriber-not-found` when the issued ID is not of that tenure.
 */
export async function openCase(
  deps: Deps,
  actor: Actor,
  input: OpenCase,
): Promise<{ number: string; isNew: boolean }> {
  const owned = ownedBy(actor, 'cases:take');
  const text = normaliseMessage(input.text);
  const { kind, about, isTaken } = input;
  checkShape({ ...input, text });
  if (kind === 'unrecognised-purchase' && !('purchase' in about))
    throw invalidInput([{ pointer: '/kind', message: 'needs the purchase that is not recognised' }]);
  return await inTransaction(deps, async (tx) => {
    const purchase = 'purchase' in about ? await findPurchaseSubject(tx, owned, about.purchase) : undefined;
    const before = purchase && (await findOpenCaseOf(tx, purchase.id));
    if (before) return { number: before.number, isNew: false };
    const tenure = 'tenure' in about ? about.tenure : purchase!;
    const { lineId, holderFrom } = await requireTenure(tx, tenure, input.subscriberId);
    const number = await nextCaseNumber(tx);
    const subscriberId = input.subscriberId ?? null;
    const subject = purchase
      ? {
          subjectKind: purchase.kind,
          subjectId: purchase.id,
          companyId: purchase.companyId,
          serviceId: purchase.serviceId,
        }
      : NO_PURCHASE;
    await insertCase(tx, { number, kind, ...subject, subscriberId, lineId, holderFrom });
    const opened = { caseNumber: number, kind: 'opened', isPublic: true, state: 'open', text } as const;
    const sequence = await appendCaseEvent(tx, actor, { ...opened, facts: { kind } });
    if (isTaken) await takeAtOnce(tx, actor, number);
    await queueCaseMessage(
      tx,
      { number, subscriberId, lineId, holderFrom },
      { what: 'opened', text, sequence },
    );
    return { number, isNew: true };
  });
}

async function takeAtOnce(tx: InTransaction<Deps>, actor: Actor, number: string): Promise<void> {
  const taken = await lockCase(tx, ownedBy(actor, 'cases:take'), number);
  Object.assign(taken, { state: 'in-progress', assignedTo: actorName(actor) });
  await tx.em.flush();
  const event = { caseNumber: number, kind: 'taken', isPublic: false, state: 'in-progress' } as const;
  await appendCaseEvent(tx, actor, event);
}
