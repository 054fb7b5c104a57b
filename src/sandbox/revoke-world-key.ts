import type { Actor } from '../access/actor.ts';
import { ownedBy } from '../access/owned-by.ts';
import { revokeApiKey } from '../companies/revoke-api-key.ts';
import { inWorldOf, type SandboxDeps } from './company-world.ts';

/**
 * Revokes a key to the world of a company, by its public part.
 * @throws Problem `permission-denied`, `company-not-found`, `not-found` if the company has no world, `api-key-not-found`
 */
export async function revokeWorldKey(
  deps: SandboxDeps,
  actor: Actor,
  { companyCode, id }: { readonly companyCode: string; readonly id: string },
): Promise<{ revokedAt: Date }> {
  const owned = ownedBy(actor, 'api-keys:write');
  return await inWorldOf(deps, owned, companyCode, ({ deps: world }) => revokeApiKey(world, actor, { id }));
}
