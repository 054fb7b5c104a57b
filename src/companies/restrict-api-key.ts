import { recordAudit } from '../access/audit/record-audit.ts';
import { actorName, type Actor } from '../access/actor.ts';
import { ownedBy } from '../access/owned-by.ts';
import { inTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { readNetworks } from './allowed-addresses.rules.ts';
import { lockLiveApiKey } from './lock-api-key.ts';

export interface RestrictApiKey {
  /** The public part of the key. */
  readonly id: string;
  /** IP addresses and networks (CIDR) from which it may be used; null for any. */
  readonly addresses: readonly string[] | null;
}

/**
 * Sets the addresses from which a key may be used, from its next request on. The same list again changes nothing.
 * @throws Problem `invalid-request`, `api-key-not-found`, `illegal-state` for a key that no longer works
 */
export async function restrictApiKey(
  deps: Deps,
  actor: Actor,
  { id, addresses }: RestrictApiKey,
): Promise<{ readonly addresses: readonly string[] | null }> {
  const owned = ownedBy(actor, 'api-keys:write');
  const allowedAddresses = addresses === null ? null : readNetworks(addresses);
  const result = { addresses: allowedAddresses?.split(' ') ?? null };
  return inTransaction(deps, async (tx) => {
    const key = await lockLiveApiKey(tx, owned, id);
    const before = key.allowedAddresses ?? null;
    if (before === allowedAddresses) return result;
    tx.em.assign(key, { allowedAddresses });
    await tx.em.flush();
    await recordAudit(tx, {
      actor: actorName(actor),
      action: 'api-key.restrict',
      subject: `api-key:${id}`,
      facts: { before: before ?? 'any', after: allowedAddresses ?? 'any' },
      changed: { table: 'api_key', key: [id] },
    });
    return result;
  });
}
