import type { Actor } from '../access/actor.ts';
import { ownedBy } from '../access/owned-by.ts';
import { inTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { sendCaseToCompany } from '../enquiries/send-case-to-company.ts';
import { compileInputCheck } from '../shared/check-input.ts';
import { messageText, normaliseMessage } from '../shared/message-text.rules.ts';
import { Problem } from '../shared/problem.ts';
import { answerDueAt } from './answer-due.rules.ts';
import { appendCaseEvent } from './append-case-event.ts';
import { assertCaseMove } from './case.rules.ts';
import { lockCase } from './lock-case.ts';
import { assertOpen } from './lock-live-case.ts';
import type { SupportCase } from './support-case.entity.ts';

export interface AskCompany {
  readonly number: string;
  readonly text: string;
}

const checkShape = compileInputCheck<Pick<AskCompany, 'text'>>({ text: messageText });

/**
 * Asks the company about the purchase of a case: its mail has a link by which it answers, and the case waits for it until `companyDueAt`.
 * Asked again while it waits, the mail is a reminder. The company learns neither who reported it nor whose line it is.
 * @throws Problem `invalid-request`, `case-not-found`, `case-without-purchase`, `seller-unreachable`, `illegal-state` for a case that is
 *   closed or that nobody has taken.
 */
export async function askCompany(deps: Deps, actor: Actor, input: AskCompany): Promise<SupportCase> {
  const owned = ownedBy(actor, 'cases:take');
  const text = normaliseMessage(input.text);
  checkShape({ text });
  return await inTransaction(deps, async (tx) => {
    const asking = await lockCase(tx, owned, input.number);
    assertOpen(asking);
    const { number, subjectKind, subjectId, companyId, serviceId, lineId, holderFrom } = asking;
    if (!subjectKind || !subjectId || !companyId || !serviceId || !lineId || !holderFrom)
      throw new Problem('case-without-purchase');
    const isReminder = asking.state === 'waiting-company';
    if (!isReminder) assertCaseMove(asking.state, 'waiting-company');
    const { timeZone, cases } = tx.config;
    const companyDueAt = answerDueAt(tx.clock.now(), { timeZone, days: cases.companyDays });
    Object.assign(asking, { state: 'waiting-company', companyDueAt });
    await tx.em.flush();
    const subject = { subjectKind, subjectId, companyId, serviceId, lineId, holderFrom };
    const terms = { text, isReminder, dueAt: companyDueAt };
    const enquiryId = await sendCaseToCompany(tx, { caseNumber: number, ...subject }, terms);
    await appendCaseEvent(tx, actor, {
      caseNumber: number,
      kind: 'handed',
      isPublic: false,
      state: 'waiting-company',
      text,
      refersTo: enquiryId,
    });
    return asking;
  });
}
