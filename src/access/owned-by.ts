import { Problem } from '../shared/problem.ts';
import type { Actor } from './actor.ts';

declare const owned: unique symbol;

/**
 * A condition on `companyId` or `subscriberId` made from an actor, to be spread into the condition of a query. Only
 * `ownedBy` makes one, so that a query which asks for it cannot be called without the actor's scope.
 */
export type Owned = { readonly companyId?: number; readonly subscriberId?: number } & {
  readonly [owned]?: never;
};

/**
 * What an actor may see of the rows that belong to a company and a subscriber: a company its own, a subscriber what
 * was bought with the own issued ID, the carrier's staff and jobs all. Another owner's row is not found, as if it were
 * not there.
 */
export function ownedBy(actor: Actor): Owned {
  switch (actor.kind) {
    case 'company-key':
    case 'company-user':
      return { companyId: actor.companyId };
    case 'subscriber':
      return { subscriberId: actor.subscriberId };
    case 'staff':
    case 'job':
      return {};
    default:
      return actor satisfies never;
  }
}

/** The company an actor acts for. @throws Problem `permission-denied` for one that acts for none. */
export function ownCompanyId(actor: Actor): number {
  if (actor.kind === 'company-key' || actor.kind === 'company-user') return actor.companyId;
  throw new Problem('permission-denied', { detail: 'Only a company can do this.' });
}
