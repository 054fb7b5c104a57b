import { actorName, type Actor } from '../access/actor.ts';
import { authorize } from '../access/authorize.ts';
import type { Deps } from '../deps.ts';
import { renderMail } from '../mails/render-mail.ts';
import { maskMail, maskName } from '../personal-data/mask.rules.ts';
import { findReveal } from '../personal-data/personal-data.queries.ts';
import { normaliseMessage } from '../shared/message-text.rules.ts';
import { Problem } from '../shared/problem.ts';
import { checkAnswer, type AnswerCaseByMail } from './answer-case-by-mail.ts';
import { getCase } from './case.queries.ts';
import { findCaseRecipient } from './case-recipient.ts';
import { caseMessageFacts } from './queue-case-message.ts';

/**
 * An answer as its reader will get it; nothing is written. The reader's name and address are masked for readers who have not asked to see them.
 * @throws Problem `permission-denied`, `case-not-found`, `invalid-request`, `case-without-address`.
 */
export async function previewCaseMail(
  deps: Deps,
  actor: Actor,
  input: Pick<AnswerCaseByMail, 'number' | 'subject' | 'text'>,
) {
  authorize(actor, 'cases:take');
  const answer = checkAnswer(input);
  const found = await getCase(deps, actor, input.number);
  const recipient = await findCaseRecipient(deps, found);
  if (!recipient) throw new Problem('case-without-address');
  const { lineId, holderFrom } = found;
  const revealed =
    lineId !== null && holderFrom !== null
      ? await findReveal(deps, actorName(actor), { lineId, holderFrom })
      : undefined;
  const isMasked = revealed === undefined;
  const { to, toName, language } = recipient;
  const mail = renderMail(deps.config, {
    kind: 'case-message',
    language,
    toName: toName !== null && isMasked ? maskName(toName) : toName,
    replyTo: deps.config.cases.mailAddress ?? null,
    facts: caseMessageFacts(deps, input.number, {
      what: 'answered',
      ...answer,
      hasPage: recipient.hasPage,
    }),
  });
  return {
    number: input.number,
    seenEvents: found.history.at(-1)?.sequence ?? 0,
    to: isMasked ? maskMail(to) : to,
    subject: mail.subject,
    text: normaliseMessage(mail.text),
    written: answer,
  };
}

export type CaseMailPreview = Awaited<ReturnType<typeof previewCaseMail>>;
