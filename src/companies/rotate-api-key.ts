import { recordAudit } from '../access/audit/record-audit.ts';
import { actorName, type Actor } from '../access/actor.ts';
import { ownedBy } from '../access/owned-by.ts';
import { inTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { appendEvents } from '../events/append-events.ts';
import { compileInputCheck } from '../shared/check-input.ts';
import { Problem } from '../shared/problem.ts';
import { ApiKeySchema } from './api-key.entity.ts';
import { generateApiKey, hashSecret } from './api-key.rules.ts';
import { assertGrantable } from './grantable-scopes.rules.ts';
import { lockLiveApiKey } from './lock-api-key.ts';

export interface RotateApiKey {
  /** The public part of the key that is replaced. */
  readonly id: string;
  /** For how long both keys work. */
  readonly overlapHours: number;
}

/** Longer than a month is no rotation. */
const MAX_OVERLAP_HOURS = 720;
const HOUR_MS = 3_600_000;

const checkShape = compileInputCheck<Pick<RotateApiKey, 'overlapHours'>>({
  overlapHours: { type: 'integer', minimum: 1, maximum: MAX_OVERLAP_HOURS },
});

/**
 * Replaces a key: issues a successor with the same label, scopes, addresses and need of a signature, and ends the old one after some hours, in which
 * both work. `token` is in this result and nowhere else. A key is replaced once, so two people at once do not leave two successors.
 * Who sees the new key may use it: a person of a company replaces no key that may do more than they themselves.
 * @throws Problem `invalid-request`, `api-key-not-found`, `scope-not-held`, `illegal-state` for a key that is revoked, over or replaced already
 */
export async function rotateApiKey(
  deps: Deps,
  actor: Actor,
  input: RotateApiKey,
): Promise<{
  readonly id: string;
  readonly token: string;
  readonly replaces: string;
  readonly endsAt: Date;
}> {
  const owned = ownedBy(actor, 'api-keys:write');
  checkShape(input);
  return inTransaction(deps, async (tx) => {
    const old = await lockLiveApiKey(tx, owned, input.id);
    assertGrantable(actor, old.scopes.split(' '));
    if (old.successorId)
      throw new Problem('illegal-state', {
        detail: `The key has been replaced by ${old.successorId} already.`,
      });
    const { id, secret, token } = generateApiKey(tx.ids);
    const now = tx.clock.now();
    const endsAt = new Date(now.getTime() + input.overlapHours * HOUR_MS);
    const { companyId, label, scopes, allowedAddresses = null, requiresSignature } = old;
    const successor = { id, companyId, label, scopes, allowedAddresses, requiresSignature, createdAt: now };
    tx.em.create(ApiKeySchema, { ...successor, secretHash: hashSecret(secret), revokedAt: null });
    await tx.em.flush();
    tx.em.assign(old, { successorId: id, endsAt });
    await tx.em.flush();
    await appendEvents(tx, [{ type: 'api-key.issued', subject: id, companyId, snapshot: { label, scopes } }]);
    const line = { actor: actorName(actor), action: 'api-key.rotate' };
    const issued = { facts: { replaces: old.id }, changed: { table: 'api_key', key: [id] } } as const;
    await recordAudit(tx, { ...line, subject: `api-key:${id}`, ...issued });
    const ending = {
      facts: { successor: id, endsAt: endsAt.toISOString() },
      changed: { table: 'api_key', key: [old.id] },
    } as const;
    await recordAudit(tx, { ...line, subject: `api-key:${old.id}`, ...ending });
    return { id, token, replaces: old.id, endsAt };
  });
}
