import { recordAudit } from '../access/audit/record-audit.ts';
import { actorName, type Actor } from '../access/actor.ts';
import { ownedBy } from '../access/owned-by.ts';
import { lockLiveApiKey } from '../companies/lock-api-key.ts';
import { sqlOf } from '../database/sql.ts';
import { inTransaction, type InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../shared/problem.ts';

export interface RequireSignature {
  /** The public part of the API key. */
  readonly id: string;
  readonly isRequired: boolean;
}

/**
 * Says whether an API key works with signed requests alone, from its next request on. Where the contract asks for signatures, every
 * key of the company does, whatever is set here.
 * @throws Problem `api-key-not-found`; `illegal-state` for a key that no longer works, and for a company without a signing key
 */
export async function requireSignature(
  deps: Deps,
  actor: Actor,
  { id, isRequired }: RequireSignature,
): Promise<void> {
  const owned = ownedBy(actor, 'api-keys:write');
  await inTransaction(deps, async (tx) => {
    const key = await lockLiveApiKey(tx, owned, id);
    if (key.requiresSignature === isRequired) return;
    if (isRequired) await assertCanSign(tx, key.companyId);
    tx.em.assign(key, { requiresSignature: isRequired });
    await tx.em.flush();
    await recordAudit(tx, {
      actor: actorName(actor),
      action: 'api-key.require-signature',
      subject: `api-key:${id}`,
      facts: { required: isRequired },
      changed: { table: 'api_key', key: [id] },
    });
  });
}

/** A key that asks for what nobody can send would be dead. */
async function assertCanSign(tx: InTransaction<Deps>, companyId: number): Promise<void> {
  const key = await sqlOf(tx.em)
    .selectFrom('signing_key')
    .select('id')
    .where('companyId', '=', companyId)
    .where('revokedAt', 'is', null)
    .limit(1)
    .executeTakeFirst();
  if (key) return;
  throw new Problem('illegal-state', {
    detail: 'The company has no signing key: register one first.',
    facts: { reason: 'no-signing-key' },
  });
}
