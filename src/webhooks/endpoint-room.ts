import { sqlOf } from '../database/sql.ts';
import type { InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../shared/problem.ts';
import { isFull } from './plan-deliveries.ts';

/**
 * Refuses a further delivery by request while as many wait as may. The endpoint is locked.
 * @throws Problem `webhook-endpoint-busy`
 */
export async function assertRoom(tx: InTransaction<Deps>, endpointId: string): Promise<void> {
  if (await isFull(tx, endpointId))
    throw busy('Too many deliveries wait for this endpoint: ask again when some of them are over.');
}

/**
 * An endpoint has one test at a time. The endpoint is locked.
 * @throws Problem `webhook-endpoint-busy`
 */
export async function assertNoTest(tx: InTransaction<Deps>, endpointId: string): Promise<void> {
  const waiting = await sqlOf(tx.em)
    .selectFrom('webhook_delivery')
    .select('id')
    .where('endpointId', '=', endpointId)
    .where('state', '=', 'pending')
    .where('kind', '=', 'test')
    .limit(1)
    .executeTakeFirst();
  if (waiting) throw busy('A test event waits to be sent already: look at its attempts.');
}

/**
 * An endpoint has one replay since an instant at a time. The endpoint is locked.
 * @throws Problem `webhook-endpoint-busy`
 */
export async function assertNoReplay(tx: InTransaction<Deps>, endpointId: string): Promise<void> {
  const waiting = await sqlOf(tx.em)
    .selectFrom('webhook_replay')
    .select('id')
    .where('endpointId', '=', endpointId)
    .where('finishedAt', 'is', null)
    .limit(1)
    .executeTakeFirst();
  if (waiting) throw busy('Events are being sent again already: ask again when that is over.');
}

const busy = (detail: string) => new Problem('webhook-endpoint-busy', { detail });
