import type { Actor } from '../access/actor.ts';
import type { InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { mayReopen } from './answer-due.rules.ts';
import { appendCaseEvent } from './append-case-event.ts';
import { findOpenCaseOf } from './find-open-case.ts';
import { lockAnyCase, lockLiveCase } from './lock-live-case.ts';
import { takeUpAgain } from './reopen-case.ts';
import type { SupportCase } from './support-case.entity.ts';

interface CompanyAnswer {
  readonly caseNumber: string;
  readonly enquiryId: string;
  readonly text: string;
}

/**
 * Records what the company answered on the case that asked, or on the one it was merged into. A case that waited for this answer is in
 * progress again; one that waits for another company continues waiting. If the case is closed, the answer goes to the open case of its
 * purchase, or takes the closed one up again. The people of the line do not see the answer: the support centre answers them.
 */
export async function recordCompanyAnswer(
  tx: InTransaction<Deps>,
  actor: Actor,
  { caseNumber, enquiryId, text }: CompanyAnswer,
): Promise<SupportCase> {
  const answered = await findAnswered(tx, actor, caseNumber);
  if (answered.number === caseNumber && answered.state === 'waiting-company') {
    Object.assign(answered, { state: 'in-progress', companyDueAt: null });
    await tx.em.flush();
  }
  const { number, state } = answered;
  const event = { caseNumber: number, kind: 'answered', isPublic: false, state, text } as const;
  await appendCaseEvent(tx, actor, { ...event, refersTo: enquiryId });
  return answered;
}

/** Locks the case on which somebody sees the answer. */
async function findAnswered(tx: InTransaction<Deps>, actor: Actor, caseNumber: string): Promise<SupportCase> {
  const live = await lockLiveCase(tx, caseNumber);
  if (live.state !== 'closed') return live;
  const asked = await lockAnyCase(tx, caseNumber);
  const open = await findOpenOf(tx, [asked, live]);
  if (open !== undefined) return await lockAnyCase(tx, open);
  // The link of the answer ends no later than the days in which a case is taken up again.
  if (live.closedAt == null || live.outcome === 'merged' || !mayReopen(live.closedAt, tx.clock.now()))
    return live;
  // A company is asked by the person who has the case.
  await takeUpAgain(tx, actor, { case: live, assignedTo: live.assignedTo ?? asked.assignedTo ?? null });
  return live;
}

/** The number of an open case about the purchase of one of these cases. */
async function findOpenOf(
  tx: InTransaction<Deps>,
  cases: readonly SupportCase[],
): Promise<string | undefined> {
  for (const { subjectId } of cases) {
    const open = subjectId == null ? undefined : await findOpenCaseOf(tx, subjectId);
    if (open) return open.number;
  }
  return undefined;
}
