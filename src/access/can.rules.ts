import type { Actor, FormerTenure, SubscriberActor } from './actor.ts';
import {
  permissions,
  scopeOfPermission,
  type Permission,
  type Role,
  type SubscriberRole,
} from './permissions.ts';

/**
 * Whether an actor may do something at all; whose rows it may do it to is another question. The same
 * answer guards the use case and the route, and hides the button.
 */
export function can(actor: Actor, permission: Permission): boolean {
  const roles: readonly Role[] = permissions[permission];
  switch (actor.kind) {
    case 'company-key':
      return roles.includes('api-key') && actor.scopes.has(scopeOf(permission));
    case 'company-user':
    case 'staff':
      return actor.roles.some((role) => roles.includes(role));
    case 'subscriber':
      return roles.includes(subscriberRole(actor));
    case 'visitor':
    case 'job':
      return roles.includes(actor.kind);
    default:
      return actor satisfies never;
  }
}

/** The scope by which an API key has a permission. */
export function scopeOf(permission: Permission): string {
  return scopeOfPermission[permission] ?? permission;
}

/** Whether an actor holds the contract of a line and sees what everybody on it bought. */
export const isLineHolder = (actor: Actor): boolean => actor.kind === 'subscriber' && actor.isHolder;

/** The ended tenure of which a person only reads what was theirs; undefined for everybody else. */
export const formerTenureOf = (actor: Actor): FormerTenure | undefined =>
  actor.kind === 'subscriber' ? actor.former : undefined;

/** The one role of a person with an issued ID. */
export function subscriberRole({
  isHolder,
  isOnLine,
  former,
}: Pick<SubscriberActor, 'isHolder' | 'isOnLine' | 'former'>): SubscriberRole {
  const role = isHolder ? 'line-holder' : 'subscriber';
  if (former) return `former-${role}`;
  return isOnLine ? role : `${role}-elsewhere`;
}
