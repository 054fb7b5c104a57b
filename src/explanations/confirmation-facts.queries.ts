import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import type { ConfirmationFacts } from './figure-node.types.ts';

interface Confirmed {
  readonly id: string;
  readonly subscriptionId: string | null;
  readonly consentId: string | null;
}

/** The confirmation of a charge, or of the subscription or consent that it comes from; older ones were not kept. */
export async function findConfirmationFacts(
  deps: Deps,
  { id, subscriptionId, consentId }: Confirmed,
  seesBuyer: boolean,
): Promise<ConfirmationFacts | undefined> {
  const row = await sqlOf(emOf(deps))
    .selectFrom('confirmation')
    .select(['subjectKind', 'confirmedAt', 'provenBy', 'lineId', 'issuedId', 'address'])
    .select(['aaaServer', 'aaaAnswer', 'lineProvenAt'])
    .where('subjectId', '=', subscriptionId ?? consentId ?? id)
    .executeTakeFirst();
  if (!row) return undefined;
  const { subjectKind, confirmedAt, provenBy, ...buyer } = row;
  return { of: subjectKind, confirmedAt, provenBy, ...(seesBuyer && { buyer }) };
}
