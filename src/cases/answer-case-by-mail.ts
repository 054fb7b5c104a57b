import type { Actor } from '../access/actor.ts';
import { ownedBy } from '../access/owned-by.ts';
import { inTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { compileInputCheck } from '../shared/check-input.ts';
import { messageText, normaliseMessage } from '../shared/message-text.rules.ts';
import { Problem } from '../shared/problem.ts';
import { readableText } from '../shared/readable-text.rules.ts';
import { appendCaseEvent } from './append-case-event.ts';
import { markAnswered } from './first-answer.rules.ts';
import { lockCase } from './lock-case.ts';
import { assertOpen } from './lock-live-case.ts';
import { queueCaseMessage } from './queue-case-message.ts';
import type { SupportCase } from './support-case.entity.ts';

export interface AnswerCaseByMail {
  readonly number: string;
  readonly subject: string;
  /** The whole text, with greeting and signature. */
  readonly text: string;
  /** How many events the case had when the text was written: another answer since then is seen first. */
  readonly seenEvents: number;
}

const checkShape = compileInputCheck<Pick<AnswerCaseByMail, 'subject' | 'text'>>({
  subject: readableText(100),
  text: messageText,
});

/** An answer as it is stored and sent. @throws Problem `invalid-request` */
export function checkAnswer(
  input: Pick<AnswerCaseByMail, 'subject' | 'text'>,
): Pick<AnswerCaseByMail, 'subject' | 'text'> {
  const answer = { subject: input.subject.trim(), text: normaliseMessage(input.text) };
  checkShape(answer);
  return answer;
}

/**
 * Answers the reporter of a case by mail: the answer and its mail are written together. Of two people who answer at once, or one who sends
 * twice, one is refused, because the case has changed since.
 * @throws Problem `invalid-request`, `case-not-found`, `illegal-state` for a closed case, `case-changed`, `case-without-address`.
 */
export async function answerCaseByMail(
  deps: Deps,
  actor: Actor,
  input: AnswerCaseByMail,
): Promise<SupportCase> {
  const owned = ownedBy(actor, 'cases:take');
  const { subject, text } = checkAnswer(input);
  return await inTransaction(deps, async (tx) => {
    const answered = await lockCase(tx, owned, input.number);
    assertOpen(answered);
    markAnswered(answered, actor, tx.clock.now());
    await tx.em.flush();
    const { number: caseNumber, state } = answered;
    const event = { caseNumber, kind: 'mailed', isPublic: true, state, text } as const;
    const sequence = await appendCaseEvent(tx, actor, event);
    if (sequence !== input.seenEvents + 1) throw new Problem('case-changed');
    const isQueued = await queueCaseMessage(tx, answered, { what: 'answered', subject, text, sequence });
    if (!isQueued) throw new Problem('case-without-address');
    return answered;
  });
}
