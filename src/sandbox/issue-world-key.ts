import type { Actor } from '../access/actor.ts';
import { ownedBy } from '../access/owned-by.ts';
import { issueApiKey } from '../companies/issue-api-key.ts';
import { inWorldOf, type SandboxDeps } from './company-world.ts';
import { sandboxKeyOf } from './sandbox-key.rules.ts';

/**
 * Issues a key to the world of a company; it may do what the issuer may give to a key. `token` is in this result and nowhere else: the
 * world keeps the hash of its secret, and the live database nothing.
 * @throws Problem `permission-denied`, `invalid-request`, `company-not-found`, `not-found` if the company has no world
 */
export async function issueWorldKey(
  deps: SandboxDeps,
  actor: Actor,
  input: { readonly companyCode: string; readonly label: string },
): Promise<{ id: string; token: string }> {
  const owned = ownedBy(actor, 'api-keys:write');
  return await inWorldOf(deps, owned, input.companyCode, async ({ deps: world, row }) => {
    const { id, token } = await issueApiKey(world, actor, input);
    return { id, token: sandboxKeyOf(row.id, token) };
  });
}
