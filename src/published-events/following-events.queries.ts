import type { Actor } from '../access/actor.ts';
import { actingCompany } from '../access/owned-by.ts';
import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import type { PublishedEvent } from './published-event.entity.ts';
import { readableTypes } from './readable-types.ts';

/**
 * The events of the company after one of its numbers, in their order: those of types that the actor may read. Numbers are given one
 * after another and are seen in that order, so what follows a number is whole.
 * @throws Problem `api-key-scope-missing`, `permission-denied`
 */
export async function listFollowingEvents(
  deps: Deps,
  actor: Actor,
  { after, limit }: { readonly after: bigint; readonly limit: number },
): Promise<PublishedEvent[]> {
  const companyId = actingCompany(actor, 'events:read');
  const types = readableTypes(actor);
  let query = sqlOf(emOf(deps))
    .selectFrom('published_event')
    .selectAll()
    .where('companyId', '=', companyId)
    .where('sequence', '>', after)
    .orderBy('sequence')
    .limit(limit);
  if (types !== null) query = query.where('type', 'in', types);
  return await query.execute();
}

/** The newest number of each company that has one. */
export async function findNewestSequences(
  deps: Deps,
  companyIds: readonly number[],
): Promise<ReadonlyMap<number, bigint>> {
  const rows = await sqlOf(emOf(deps))
    .selectFrom('event_sequence')
    .select(['companyId', 'lastSequence'])
    .where('companyId', 'in', companyIds)
    .execute();
  return new Map(rows.map(({ companyId, lastSequence }) => [companyId, lastSequence]));
}
