import { LockMode } from '@mikro-orm/mariadb';
import { recordAudit } from '../access/audit/record-audit.ts';
import { inTransaction } from '../database/transaction.ts';
import { actorName, type Actor } from '../access/actor.ts';
import { ownedBy } from '../access/owned-by.ts';
import type { Deps } from '../deps.ts';
import { appendEvents } from '../events/append-events.ts';
import { Problem } from '../shared/problem.ts';
import { ApiKeySchema } from './api-key.entity.ts';

export interface RevokeApiKey {
  /** The public part of the key, 26 characters. */
  readonly id: string;
}

/**
 * Revokes an API key: worthless from the next request on, for good. A second time changes nothing.
 * @throws Problem `api-key-not-found`
 */
export async function revokeApiKey(
  deps: Deps,
  actor: Actor,
  { id }: RevokeApiKey,
): Promise<{ revokedAt: Date }> {
  const owned = ownedBy(actor, 'api-keys:write');
  return inTransaction(deps, async (tx) => {
    const key = await tx.em.findOne(
      ApiKeySchema,
      { $and: [owned.rows, { id }] },
      { lockMode: LockMode.PESSIMISTIC_WRITE },
    );
    if (!key) throw new Problem('api-key-not-found', { detail: `There is no API key ${id}.` });
    if (key.revokedAt) return { revokedAt: key.revokedAt };
    const revokedAt = tx.clock.now();
    tx.em.assign(key, { revokedAt });
    await tx.em.flush();
    const { companyId, label } = key;
    await appendEvents(tx, [{ type: 'api-key.revoked', subject: id, companyId, snapshot: { label } }]);
    const changed = { table: 'api_key', key: [id] } as const;
    await recordAudit(tx, {
      actor: actorName(actor),
      action: 'api-key.revoke',
      subject: `api-key:${id}`,
      changed,
    });
    return { revokedAt };
  });
}
