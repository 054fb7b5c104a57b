import type { Actor } from '../access/actor.ts';
import type { InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { appendCaseEvent } from './append-case-event.ts';
import { lockLiveCase } from './lock-live-case.ts';
import type { SupportCase } from './support-case.entity.ts';

interface CompanyAnswer {
  readonly caseNumber: string;
  readonly enquiryId: string;
  readonly text: string;
}

/**
 * Records on a case, or on the one it was merged into, what the company answered. A case that waited for it is in progress again. The people of the
 * line do not see it: the support centre answers them.
 */
export async function recordCompanyAnswer(
  tx: InTransaction<Deps>,
  actor: Actor,
  { caseNumber, enquiryId, text }: CompanyAnswer,
): Promise<SupportCase> {
  const answered = await lockLiveCase(tx, caseNumber);
  if (answered.state === 'waiting-company') {
    Object.assign(answered, { state: 'in-progress', companyDueAt: null });
    await tx.em.flush();
  }
  const { number, state } = answered;
  const event = { caseNumber: number, kind: 'answered', isPublic: false, state, text } as const;
  await appendCaseEvent(tx, actor, { ...event, refersTo: enquiryId });
  return answered;
}
