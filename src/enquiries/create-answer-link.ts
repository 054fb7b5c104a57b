import { sqlOf } from '../database/sql.ts';
import type { InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { generateAnswerToken } from './answer-token.rules.ts';
import { answerLinkExpiry } from './enquiry.rules.ts';

/** Creates the link by which a company answers one mail; only the hash of its secret is kept. */
export async function createAnswerLink(
  tx: InTransaction<Deps>,
  enquiryId: string,
): Promise<{ token: string; expiresAt: Date }> {
  const { id, secretHash, token } = generateAnswerToken(tx.ids);
  const createdAt = tx.clock.now();
  const expiresAt = answerLinkExpiry(createdAt);
  await sqlOf(tx.em)
    .insertInto('answer_link')
    .values({ id, secretHash, enquiryId, createdAt, expiresAt })
    .execute();
  return { token, expiresAt };
}
