import { sql as kysely } from 'kysely';
import { sqlOf } from '../../src/database/sql.ts';
import { inTransaction } from '../../src/database/transaction.ts';
import type { Deps } from '../../src/deps.ts';
import { recordLineChanges } from '../../src/lines/record-line-changes.ts';

/** Gives a line to another person from a date on; the issued IDs of the former holder end, as for the first of the next. */
export async function changeHolder(deps: Deps, lineId: string, validFrom: string): Promise<void> {
  await inTransaction(deps, async (tx) => {
    const sql = sqlOf(tx.em);
    const now = tx.clock.now();
    await sql.updateTable('line_holder').set({ validTo: validFrom }).where('lineId', '=', lineId).execute();
    await sql
      .updateTable('subscriber')
      .set({
        leftAs: kysely<'holder' | 'person'>`IF(is_holder, 'holder', 'person')`,
        state: 'ended',
        slot: null,
        isHolder: null,
        endedAt: now,
      })
      .where('lineId', '=', lineId)
      .execute();
    const facts = { validTo: null, birthDate: null, email: null, updatedAt: now };
    await sql
      .insertInto('line_holder')
      .values({ lineId, validFrom, holder: '新しい保有者', ...facts })
      .execute();
    await recordLineChanges(tx, { actor: 'spec', action: 'spec.change', subject: lineId }, [lineId]);
  });
}
