import type { Deps } from '../deps.ts';
import { emOf } from '../database/transaction.ts';
import { sqlOf } from '../database/sql.ts';
import type { WorkHandle } from '../runs/run-handle.ts';
import { endOfBusinessDate } from '../shared/calendar.rules.ts';

/** Subscriptions in one transaction. */
const CHUNK_SIZE = 5_000;

/**
 * Makes subscriptions due on the business date whose line has another holder, is no longer active, or whose issued ID has
 * ended by then: they end by themselves, before their next month falls due. One read of the live subscriptions by key, once
 * a night, and it finds each such loss however it came about.
 */
export async function makeUnentitledDue(deps: Deps, work: WorkHandle): Promise<void> {
  const { businessDate } = work;
  const ids = await listUnentitled(deps, businessDate);
  for (let from = 0; from < ids.length; from += CHUNK_SIZE) {
    await work.inChunk(async (tx) => {
      await sqlOf(tx.em)
        .updateTable('subscription')
        .set({ nextDueOn: businessDate })
        .where('id', 'in', ids.slice(from, from + CHUNK_SIZE))
        .where('nextDueOn', '>', businessDate)
        .execute();
      return {};
    });
  }
}

async function listUnentitled(deps: Deps, businessDate: string): Promise<string[]> {
  const rows = await sqlOf(emOf(deps))
    .selectFrom('subscription as s')
    .innerJoin('line as l', 'l.lineId', 's.lineId')
    .innerJoin('line_holder as h', (join) =>
      join.onRef('h.lineId', '=', 's.lineId').onRef('h.validFrom', '=', 's.holderFrom'),
    )
    .innerJoin('subscriber as p', 'p.id', 's.subscriberId')
    .select('s.id')
    .where('s.nextDueOn', '>', businessDate)
    .where(({ eb, or }) =>
      or([
        eb('l.status', '<>', 'active'),
        eb('h.validTo', '<=', businessDate),
        eb('p.endedAt', '<', endOfBusinessDate(businessDate, deps.config.timeZone)),
      ]),
    )
    .orderBy('s.id')
    .execute();
  return rows.map(({ id }) => id);
}
