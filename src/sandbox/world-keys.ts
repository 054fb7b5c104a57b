import type { Actor } from '../access/actor.ts';
import { issueApiKey } from '../companies/issue-api-key.ts';
import { scopes } from '../companies/scopes.ts';
import type { Deps } from '../deps.ts';
import { sandboxKeyOf } from './sandbox-key.rules.ts';
import type { WorldDeps } from './world-deps.ts';

/** Issues a key of a world with all scopes. Its token is in this result and nowhere else. */
export async function issueSandboxKey(
  world: WorldDeps,
  actor: Actor,
  input: { readonly companyCode: string; readonly label: string },
): Promise<{ id: string; token: string }> {
  const { id, token } = await issueApiKey(world as Deps, actor, { ...input, scopes });
  const { world: settings } = world.config;
  if (!settings) throw new Error('a live key is not issued by the sandbox');
  return { id, token: sandboxKeyOf(settings.id, token) };
}
