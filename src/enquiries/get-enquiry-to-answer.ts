import type { Actor } from '../access/actor.ts';
import { ownedBy } from '../access/owned-by.ts';
import type { Deps } from '../deps.ts';
import { getPurchaseSubject } from '../purchases/find-purchase-subject.ts';
import { Problem } from '../shared/problem.ts';
import { ANSWERS_PER_LINK } from './enquiry.rules.ts';
import { readEnquiry } from './enquiry.queries.ts';
import type { OpenedLink } from './open-answer-link.ts';

/**
 * What a company sees by the link of a mail: the enquiry up to now, without who wrote, and how many answers are left.
 * @throws Problem `enquiry-not-found`; `answer-link-expired`.
 */
export async function getEnquiryToAnswer(deps: Deps, actor: Actor, link: OpenedLink) {
  const { rows } = ownedBy(actor, 'enquiries:answer');
  if (link.isExpired) throw new Problem('answer-link-expired');
  const { messages, ...enquiry } = await readEnquiry(deps, rows, link.enquiryId);
  const { id, subjectKind, subjectId, topic, createdAt, company, companyEn, service, serviceEn, caseNumber } =
    enquiry;
  const purchase = await getPurchaseSubject(deps, { kind: subjectKind, id: subjectId });
  const { description, amountMinor, boughtAt } = purchase;
  const given = messages.filter(({ linkId }) => linkId === link.linkId).length;
  return {
    id,
    purchase: { kind: purchase.kind, id: purchase.id, description, amountMinor, boughtAt },
    topic,
    createdAt,
    company,
    companyEn,
    service,
    serviceEn,
    messages: messages.map(({ number, author, text, sentAt }) => ({ number, author, text, sentAt })),
    /** The support centre asks: the answer goes there. */
    caseNumber,
    answersGiven: given,
    answersLeft: ANSWERS_PER_LINK - given,
    expiresAt: link.expiresAt,
  };
}
