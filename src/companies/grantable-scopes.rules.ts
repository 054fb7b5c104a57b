import type { Actor } from '../access/actor.ts';
import { can, scopeOf } from '../access/can.rules.ts';
import { permissions, type Permission, type Role } from '../access/permissions.ts';
import { Problem } from '../shared/problem.ts';
import { scopes as allScopes, type Scope } from './scopes.ts';

const isOfKeys = (permission: Permission) => (permissions[permission] as readonly Role[]).includes('api-key');
const keyPermissions = (Object.keys(permissions) as Permission[]).filter(isOfKeys);

/**
 * The permission for which a scope stands: that of its name, or the one that names the scope (`own-settlements:read` →
 * `settlements:read`). What else it covers comes with it: writing charges includes cancelling them.
 */
export function permissionOfScope(scope: Scope): Permission {
  const found =
    keyPermissions.find((permission) => permission === scope) ??
    keyPermissions.find((permission) => scopeOf(permission) === scope);
  if (!found) throw new RangeError(`no permission has the scope ${scope}`);
  return found;
}

/** What an actor may let a key do: a person of a company nothing that they may not do themselves, the carrier's people everything. */
export function grantableScopes(actor: Actor): readonly Scope[] {
  if (actor.kind !== 'company-user') return allScopes;
  return allScopes.filter((scope) => can(actor, permissionOfScope(scope)));
}

/** @throws Problem `scope-not-held` naming the scopes that the actor may not give to a key */
export function assertGrantable(actor: Actor, scopes: readonly string[]): void {
  const grantable: readonly string[] = grantableScopes(actor);
  const missing = scopes.filter((scope) => !grantable.includes(scope));
  if (missing.length === 0) return;
  throw new Problem('scope-not-held', {
    detail: `Your roles do not permit what the key would: ${missing.join(', ')}.`,
    facts: { scopes: missing.join(' ') },
  });
}
