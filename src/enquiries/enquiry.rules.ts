/** What a subscriber writes about. `usage`: it was not received or does not work. */
export const enquiryTopics = ['usage', 'amount', 'cancellation', 'refund', 'other'] as const;
export type EnquiryTopic = (typeof enquiryTopics)[number];

const DAY_MS = 86_400_000;
/** A company answers within this time of its mail (our decision). */
export const ANSWER_DAYS = 30;
/** One mail is answered at most this often: an answer, and some that complete it. */
export const ANSWERS_PER_LINK = 5;
/** An enquiry that gets longer continues in another one. */
export const MESSAGES_PER_ENQUIRY = 200;

/** The instant from which the link of a mail does not work any more. */
export function answerLinkExpiry(createdAt: Date): Date {
  return new Date(createdAt.getTime() + ANSWER_DAYS * DAY_MS);
}
