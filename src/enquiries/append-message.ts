import { sqlOf } from '../database/sql.ts';
import type { InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../shared/problem.ts';
import { MESSAGES_PER_ENQUIRY } from './enquiry.rules.ts';

interface NewMessage {
  readonly enquiryId: string;
  /** A subscriber, the support centre, or the link by which a company answers. */
  readonly from: { readonly subscriberId: number } | 'support' | { readonly linkId: string };
  readonly text: string;
}

/**
 * Appends a message to an enquiry that this transaction has inserted or locked. @returns its number, from 1.
 * @throws Problem `illegal-state` when the enquiry is full.
 */
export async function appendMessage(
  tx: InTransaction<Deps>,
  { enquiryId, from, text }: NewMessage,
): Promise<number> {
  const sql = sqlOf(tx.em);
  const { newest } = await sql
    .selectFrom('enquiry_message')
    .select(({ fn }) => fn.max('number').as('newest'))
    .where('enquiryId', '=', enquiryId)
    .executeTakeFirstOrThrow();
  const number = (newest ?? 0) + 1;
  if (number > MESSAGES_PER_ENQUIRY) {
    const detail = `An enquiry has at most ${MESSAGES_PER_ENQUIRY} messages: write another one about the purchase.`;
    throw new Problem('illegal-state', { detail });
  }
  await sql
    .insertInto('enquiry_message')
    .values({ enquiryId, number, ...authorOf(from), text, sentAt: tx.clock.now() })
    .execute();
  return number;
}

function authorOf(from: NewMessage['from']) {
  if (from === 'support') return { author: from, linkId: null, subscriberId: null };
  return 'linkId' in from
    ? { author: 'company' as const, linkId: from.linkId, subscriberId: null }
    : { author: 'subscriber' as const, linkId: null, subscriberId: from.subscriberId };
}
