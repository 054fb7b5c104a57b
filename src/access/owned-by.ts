import { Problem } from '../shared/problem.ts';
import type { Actor, SubscriberActor } from './actor.ts';
import { authorize } from './authorize.ts';
import type { Permission } from './permissions.ts';

declare const made: unique symbol;

/**
 * Which rows an actor may read or change, as conditions on columns. Queries that find a row by its identifier or list
 * rows require one, and only `ownedBy` and `offeredTo` create one: a query without this condition does not compile. A row
 * that does not match is not found, as if it did not exist.
 */
export interface Owned {
  readonly [made]: true;
  /** For tables with `company_id`, `subscriber_id`, `line_id` and `holder_from`; empty for actors that may reach all rows. */
  readonly rows: Readonly<{
    companyId?: number;
    subscriberId?: number;
    lineId?: string;
    holderFrom?: string;
    id?: string;
  }>;
  /** For the table of companies. */
  readonly companies: Readonly<{ id?: number }>;
}

/**
 * The rows for which an actor has a permission: a company's key and people reach the rows of their company, a subscriber
 * their own, the holder of a line those of everybody on it in the holder's own tenure, the carrier's people and jobs all.
 * @throws Problem `api-key-scope-missing`, `permission-denied`.
 */
export function ownedBy(actor: Actor, permission: Permission): Owned {
  authorize(actor, permission);
  switch (actor.kind) {
    case 'company-key':
    case 'company-user':
      return owned({ companyId: actor.companyId }, { id: actor.companyId });
    case 'subscriber':
      return owned(rowsOfPerson(actor), NONE);
    case 'visitor':
      return owned({ id: actor.subject }, NONE);
    case 'staff':
    case 'job':
      return owned({}, {});
    default:
      return actor satisfies never;
  }
}

/**
 * The sales that a signed-in subscriber may confirm: any, because a pending sale has no buyer yet, and the subscriber came
 * by its sealed address. A sale that another subscriber has confirmed is refused by its state.
 * @throws Problem `permission-denied`.
 */
export function offeredTo(actor: Actor): { readonly offered: Owned; readonly buyer: OfferedBuyer } {
  authorize(actor, 'checkouts:confirm');
  if (actor.kind !== 'subscriber')
    throw new Problem('permission-denied', { detail: 'Only a subscriber buys.' });
  const { subscriberId, lineId, holderFrom } = actor;
  return { offered: owned({}, NONE), buyer: { subscriberId, lineId, holderFrom } };
}

/** The buyer, as sales record it. */
interface OfferedBuyer {
  readonly subscriberId: number;
  readonly lineId: string;
  readonly holderFrom: string;
}

/** The company that an actor speaks for. */
export type ActingCompany = number & { readonly [made]: true };

/**
 * The company in whose name an actor sells.
 * @throws Problem `api-key-scope-missing`, `permission-denied`, also for actors that speak for no company.
 */
export function actingCompany(actor: Actor, permission: Permission): ActingCompany {
  authorize(actor, permission);
  if (actor.kind === 'company-key' || actor.kind === 'company-user') return actor.companyId as ActingCompany;
  throw new Problem('permission-denied', { detail: 'Only a company sells.' });
}

/**
 * The company for which a job finishes what a key or person of that company has ordered, with the permission to sell.
 * @throws Problem `permission-denied` for anybody who is not that job.
 */
export function orderingCompany(
  actor: Actor,
  permission: Permission,
  ordered: { readonly companyId: number },
): ActingCompany {
  authorize(actor, permission);
  return ordered.companyId as ActingCompany;
}

function rowsOfPerson({ isHolder, subscriberId, lineId, holderFrom }: SubscriberActor): Owned['rows'] {
  return isHolder ? { lineId, holderFrom } : { subscriberId };
}

/** No company has this number. */
const NONE = { id: 0 };

function owned(rows: Owned['rows'], companies: Owned['companies']): Owned {
  return { rows, companies } as Owned;
}
