import { LockMode } from '@mikro-orm/mariadb';
import { recordAudit } from '../access/audit/record-audit.ts';
import { actorName, type Actor } from '../access/actor.ts';
import { ownedBy } from '../access/owned-by.ts';
import { inTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../shared/problem.ts';
import { SigningKeySchema } from './signing-key.entity.ts';

/**
 * Revokes a signing key: no request that it signed is accepted from now on, for good. A second time changes nothing.
 * @throws Problem `signing-key-not-found`
 */
export async function revokeSigningKey(
  deps: Deps,
  actor: Actor,
  { id }: { readonly id: string },
): Promise<{ readonly revokedAt: Date }> {
  const owned = ownedBy(actor, 'api-keys:write');
  return inTransaction(deps, async (tx) => {
    const where = { $and: [owned.rows, { id }] };
    const key = await tx.em.findOne(SigningKeySchema, where, { lockMode: LockMode.PESSIMISTIC_WRITE });
    if (!key) throw new Problem('signing-key-not-found', { detail: `There is no signing key ${id}.` });
    if (key.revokedAt) return { revokedAt: key.revokedAt };
    const revokedAt = tx.clock.now();
    tx.em.assign(key, { revokedAt });
    await tx.em.flush();
    await recordAudit(tx, {
      actor: actorName(actor),
      action: 'signing-key.revoke',
      subject: `signing-key:${id}`,
      changed: { table: 'signing_key', key: [id] },
    });
    return { revokedAt };
  });
}
