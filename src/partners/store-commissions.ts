import { sqlOf } from '../database/sql.ts';
import type { InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { postEntries } from '../ledger/post-entries.ts';
import { commissionEntries } from './commission-entries.rules.ts';
import type { Commission } from './determine-commissions.ts';

/** A draft, and the commissions in its figures. */
interface CommissionsOfDraft {
  readonly settlementId: string;
  readonly commissions: readonly Commission[];
}

/** Stores the commissions of drafts in the transaction that makes the drafts. */
export async function storeCommissions(
  tx: InTransaction<Deps>,
  drafts: readonly CommissionsOfDraft[],
): Promise<void> {
  const createdAt = tx.clock.now();
  const rows = drafts.flatMap(({ settlementId, commissions }) =>
    commissions.map((commission) => ({ ...commission, settlementId, id: tx.ids.next(), createdAt })),
  );
  if (rows.length > 0) await sqlOf(tx.em).insertInto('partner_commission').values(rows).execute();
}

/** Removes those of a rejected draft, which is drafted again. */
export async function removeCommissions(tx: InTransaction<Deps>, settlementId: string): Promise<void> {
  await sqlOf(tx.em).deleteFrom('partner_commission').where('settlementId', '=', settlementId).execute();
}

/** The commissions of a settlement, as they are stored. */
export function lockCommissions(tx: InTransaction<Deps>, settlementId: string) {
  return sqlOf(tx.em)
    .selectFrom('partner_commission')
    .selectAll()
    .where('settlementId', '=', settlementId)
    .orderBy('partnerId')
    .forUpdate()
    .execute();
}

/** Posts the commissions of a settlement that is approved in the same transaction. */
export async function postCommissions(
  tx: InTransaction<Deps>,
  settlementId: string,
  bookedOn: string,
): Promise<void> {
  const commissions = await lockCommissions(tx, settlementId);
  await postEntries(
    tx,
    commissions.flatMap((commission) => commissionEntries(commission, bookedOn)),
  );
}
