import { Problem } from '../shared/problem.ts';
import type { Actor } from './actor.ts';
import { can, scopeOf } from './can.rules.ts';
import type { Permission } from './permissions.ts';
import { RefusedKey } from './refused-key.ts';

/**
 * Refuses an actor that may not do something. Every use case calls it first, by itself or through `ownedBy`.
 * @throws Problem `api-key-scope-missing` for an API key, else `permission-denied`.
 */
export function authorize(actor: Actor, permission: Permission): void {
  if (can(actor, permission)) return;
  if (actor.kind === 'company-key') {
    const scope = scopeOf(permission);
    throw new Problem('api-key-scope-missing', {
      detail: `This needs a key with ${scope}.`,
      facts: { scope },
      cause: new RefusedKey('scope', actor.keyId),
    });
  }
  throw new Problem('permission-denied', { detail: `This needs ${permission}.`, facts: { permission } });
}
