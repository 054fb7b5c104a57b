import { insertRows } from '../database/rows.ts';
import { queryRows, runStatement } from '../database/statement-pipeline.ts';
import { sqlOf } from '../database/sql.ts';
import { emOf, inTransaction, type InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { readTypes } from './endpoint.queries.ts';
import { newDelivery } from './new-delivery.ts';

/** Events that are considered for an endpoint in one transaction. */
const CHUNK = 500;
/** An endpoint with so many deliveries waiting gets no further ones: events wait in their table, and memory of the dead is bounded. */
export const MAX_PENDING = 2_000;
/** An event that happened so long before its endpoint was created, and is published afterwards, is no news for it. */
const BEFORE_CREATION_MINUTES = 10;
const MAX_ENDPOINTS = 500;
const MAX_REPLAYS = 20;

/** Makes deliveries of published events for the endpoints that want them, and of what is to be sent again. Returns how many. */
export async function planDeliveries(deps: Deps): Promise<number> {
  let planned = 0;
  for (const endpoint of await listBehind(deps)) planned += await planEndpoint(deps, endpoint);
  for (const replay of await listReplays(deps)) planned += await planReplay(deps, replay);
  return planned;
}

interface Behind {
  readonly id: string;
  readonly companyId: number;
  readonly eventTypes: string | null;
  readonly consideredSequence: string;
  readonly lastSequence: string;
}

/** In no order, so that none waits for ever behind others; those that are full have no part. */
function listBehind(deps: Deps): Promise<readonly Behind[]> {
  return queryRows<Behind>(
    emOf(deps),
    `SELECT w.id, w.company_id AS companyId, w.event_types AS eventTypes,
       CAST(w.considered_sequence AS CHAR) AS consideredSequence, CAST(s.last_sequence AS CHAR) AS lastSequence
     FROM webhook_endpoint w JOIN event_sequence s ON s.company_id = w.company_id
     WHERE w.state = 'enabled' AND w.considered_sequence < s.last_sequence
       AND (SELECT 1 FROM webhook_delivery d WHERE d.endpoint_id = w.id AND d.state = 'pending'
         LIMIT 1 OFFSET ${MAX_PENDING - 1}) IS NULL
     ORDER BY RAND() LIMIT ?`,
    [MAX_ENDPOINTS],
  );
}

/** One endpoint that cannot be planned for ends nothing for the others: the next pass tries it again. */
async function guarded(deps: Deps, endpointId: string, plan: () => Promise<number>): Promise<number> {
  try {
    return await plan();
  } catch (err) {
    deps.log.error({ err, endpoint: endpointId }, 'webhook-not-planned');
    return 0;
  }
}

/** The number is moved on under the condition that it is still the one that was read: of two processes one makes the deliveries. */
async function planEndpoint(deps: Deps, endpoint: Behind): Promise<number> {
  const [from, last] = [BigInt(endpoint.consideredSequence), BigInt(endpoint.lastSequence)];
  const through = last - from > CHUNK ? from + BigInt(CHUNK) : last;
  const plan = async (tx: InTransaction<Deps>) => {
    const { numUpdatedRows } = await sqlOf(tx.em)
      .updateTable('webhook_endpoint')
      .set({ consideredSequence: through })
      .where('id', '=', endpoint.id)
      .where('consideredSequence', '=', from)
      .where('state', '=', 'enabled')
      .executeTakeFirstOrThrow();
    if (numUpdatedRows === 0n) return 0;
    const range = { from: from + 1n, through, missedBy: undefined, newsFor: endpoint.id };
    return await insertDeliveries(tx, {
      endpoint,
      kind: 'event',
      eventIds: await listWanted(tx, endpoint, range),
    });
  };
  return await guarded(deps, endpoint.id, () => inTransaction(deps, plan));
}

/** Whether as much waits for an endpoint as may wait. */
export async function isFull(deps: Deps, endpointId: string): Promise<boolean> {
  const [row] = await queryRows<{ pending: number }>(
    emOf(deps),
    `SELECT COUNT(*) AS pending FROM (SELECT 1 FROM webhook_delivery
       WHERE endpoint_id = ? AND state = 'pending' LIMIT ${MAX_PENDING}) d`,
    [endpointId],
  );
  return (row?.pending ?? 0) >= MAX_PENDING;
}

interface ReplayRow {
  readonly id: string;
  readonly endpointId: string;
  readonly nextSequence: bigint;
  readonly throughSequence: bigint;
  readonly onlyMissed: boolean;
}

/**
 * Replays that can go on, of each endpoint its oldest one, the first of each company before the second of any: an endpoint that is
 * full, and a company with many, keep nobody else waiting.
 */
async function listReplays(deps: Deps): Promise<readonly ReplayRow[]> {
  const found = await queryRows<{ id: string }>(
    emOf(deps),
    `SELECT o.id FROM (
       SELECT r.id, ROW_NUMBER() OVER (PARTITION BY w.company_id ORDER BY r.id) AS nth
       FROM (SELECT MIN(id) AS id, endpoint_id FROM webhook_replay WHERE finished_at IS NULL GROUP BY endpoint_id) r
       JOIN webhook_endpoint w ON w.id = r.endpoint_id
       WHERE w.state = 'enabled'
         AND (SELECT d.id FROM webhook_delivery d WHERE d.endpoint_id = w.id AND d.state = 'pending'
              ORDER BY d.next_attempt_at LIMIT 1 OFFSET ${MAX_PENDING - 1}) IS NULL) o
     ORDER BY o.nth, o.id LIMIT ?`,
    [MAX_REPLAYS],
  );
  if (found.length === 0) return [];
  const ids = found.map(({ id }) => id);
  return await sqlOf(emOf(deps))
    .selectFrom('webhook_replay')
    .selectAll()
    .where('id', 'in', ids)
    .orderBy('id')
    .execute();
}

async function planReplay(deps: Deps, replay: ReplayRow): Promise<number> {
  if (await isFull(deps, replay.endpointId)) return 0;
  const [from, last] = [replay.nextSequence, replay.throughSequence];
  const through = last - from >= CHUNK ? from + BigInt(CHUNK) - 1n : last;
  const plan = async (tx: InTransaction<Deps>) => {
    // Locked: who switches it off or deletes it also cancels what is planned here, or finds the replay over.
    const endpoint = await sqlOf(tx.em)
      .selectFrom('webhook_endpoint')
      .select(['id', 'companyId', 'eventTypes'])
      .where('id', '=', replay.endpointId)
      .where('state', '=', 'enabled')
      .forUpdate()
      .executeTakeFirst();
    if (!endpoint) return 0;
    const { numUpdatedRows } = await sqlOf(tx.em)
      .updateTable('webhook_replay')
      .set({ nextSequence: through + 1n, finishedAt: through === last ? tx.clock.now() : null })
      .where('id', '=', replay.id)
      .where('nextSequence', '=', from)
      .where('finishedAt', 'is', null)
      .executeTakeFirstOrThrow();
    if (numUpdatedRows === 0n) return 0;
    const missedBy = replay.onlyMissed ? endpoint.id : undefined;
    const range = { from, through, missedBy, newsFor: undefined };
    const eventIds = await listWanted(tx, endpoint, range);
    return await insertDeliveries(tx, { endpoint, kind: 'replay', eventIds });
  };
  return await guarded(deps, replay.endpointId, () => inTransaction(deps, plan));
}

interface Range {
  readonly from: bigint;
  readonly through: bigint;
  /** Only those that this endpoint has neither accepted nor waiting. */
  readonly missedBy: string | undefined;
  /** Only those that have happened since this endpoint is there: a first look publishes a whole history. */
  readonly newsFor: string | undefined;
}

async function listWanted(
  tx: InTransaction<Deps>,
  { companyId, eventTypes }: { readonly companyId: number; readonly eventTypes: unknown },
  { from, through, missedBy, newsFor }: Range,
): Promise<string[]> {
  const types = readTypes(eventTypes);
  const rows = await queryRows<{ id: string; type: string }>(
    tx.em,
    `SELECT e.id, e.type FROM published_event e WHERE e.company_id = ? AND e.sequence BETWEEN ? AND ?
     ${missedBy === undefined ? '' : `AND NOT EXISTS (SELECT 1 FROM webhook_delivery d WHERE d.event_id = e.id AND d.endpoint_id = ? AND d.state IN ('succeeded', 'pending'))`}
     ${newsFor === undefined ? '' : `AND e.occurred_at >= (SELECT w.created_at FROM webhook_endpoint w WHERE w.id = ?) - INTERVAL ${BEFORE_CREATION_MINUTES} MINUTE`}
     ORDER BY e.sequence`,
    [companyId, String(from), String(through), ...[missedBy, newsFor].filter((id) => id !== undefined)],
  );
  return rows.flatMap(({ id, type }) =>
    types === null || (types as readonly string[]).includes(type) ? [id] : [],
  );
}

interface Planned {
  readonly endpoint: { readonly id: string };
  readonly kind: 'event' | 'replay';
  readonly eventIds: readonly string[];
}

async function insertDeliveries(
  tx: InTransaction<Deps>,
  { endpoint, kind, eventIds }: Planned,
): Promise<number> {
  const rows = eventIds.map((eventId) => newDelivery(tx, { endpointId: endpoint.id, kind, eventId }));
  // A first delivery that is there already stays the only one.
  await runStatement(
    tx.em,
    insertRows('webhook_delivery', rows as never, 'ON DUPLICATE KEY UPDATE id = webhook_delivery.id'),
  );
  return rows.length;
}
