import { validOn } from '../database/date-range.sql.ts';
import { sqlOf } from '../database/sql.ts';
import type { InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { businessDateOf } from '../shared/business-date.rules.ts';
import type { TenureOfCase } from '../cases/case-tenure.queries.ts';
import type { SupportCase } from '../cases/support-case.entity.ts';

/** The one line whose holder has an address today; undefined when it is of none, or of several. */
export async function findTenureOfSender(
  tx: InTransaction<Deps>,
  address: string,
): Promise<TenureOfCase | undefined> {
  const today = businessDateOf(tx.clock.now(), tx.config.timeZone);
  const rows = await sqlOf(tx.em)
    .selectFrom('line_holder')
    .select(['lineId', 'validFrom'])
    .where('email', '=', address)
    .where(validOn('line_holder', today))
    .limit(2)
    .execute();
  const [row] = rows;
  return rows.length === 1 && row ? { lineId: row.lineId, holderFrom: row.validFrom } : undefined;
}

/**
 * Whether an address may write in a case: that of the holder of its line, or, while it has no line, of the mail that opened it.
 */
export async function isSenderOf(
  tx: InTransaction<Deps>,
  found: Pick<SupportCase, 'number' | 'lineId' | 'holderFrom'>,
  address: string,
): Promise<boolean> {
  const { number, lineId, holderFrom } = found;
  const sql = sqlOf(tx.em);
  if (lineId != null && holderFrom != null) {
    const holder = await sql
      .selectFrom('line_holder')
      .select('email')
      .where('lineId', '=', lineId)
      .where('validFrom', '=', holderFrom)
      .executeTakeFirst();
    return holder?.email?.toLowerCase() === address.toLowerCase();
  }
  const first = await sql
    .selectFrom('case_mail')
    .select('fromAddress')
    .where('caseNumber', '=', number)
    .orderBy('sequence')
    .limit(1)
    .executeTakeFirst();
  return first?.fromAddress.toLowerCase() === address.toLowerCase();
}
