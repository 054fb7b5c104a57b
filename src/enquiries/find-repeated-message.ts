import { sqlOf } from '../database/sql.ts';
import type { InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';

/** A form that is sent twice, or again after a lost response, is one message. */
const REPEATED_WITHIN_MS = 10 * 60_000;

interface Written {
  readonly subscriberId: number;
  readonly subjectId: string;
  readonly text: string;
}

/**
 * The enquiry about a purchase in which the same person has just written the same text. Called when the quota of the purchase is
 * taken: two at once wait there for each other.
 */
export async function findRepeatedMessage(
  tx: InTransaction<Deps>,
  written: Written,
): Promise<string | undefined> {
  const since = new Date(tx.clock.now().getTime() - REPEATED_WITHIN_MS);
  const row = await sqlOf(tx.em)
    .selectFrom('enquiry as e')
    .innerJoin('enquiry_message as m', 'm.enquiryId', 'e.id')
    .select('e.id')
    .where('e.subjectId', '=', written.subjectId)
    .where('m.subscriberId', '=', written.subscriberId)
    .where('m.sentAt', '>=', since)
    .where('m.text', '=', written.text)
    .orderBy('e.id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.id;
}
