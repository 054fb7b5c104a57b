import type { Owned } from '../access/owned-by.ts';
import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../shared/problem.ts';
import { isSoldKind, readPublicId, requireStoredId, type SoldKind } from '../shared/public-id.rules.ts';
import type { PurchaseRef, PurchaseSubject } from './purchase-subject.types.ts';

/**
 * What the public identifier of a purchase names: `ch_…`, `sb_…` or `cs_…`.
 * @throws Problem `charge-not-found` for any other text.
 */
export function readPurchaseRef(text: string): PurchaseRef {
  const named = readPublicId(text);
  const kind = named && isSoldKind(named.kind) ? named.kind : 'charge';
  return { kind, id: requireStoredId(kind, text) };
}

/**
 * A purchase that somebody has confirmed, if the actor may see it.
 * @throws Problem `charge-not-found`, `subscription-not-found`, `consent-not-found`.
 */
export async function findPurchaseSubject(
  deps: Deps,
  owned: Owned,
  ref: PurchaseRef,
): Promise<PurchaseSubject> {
  const found = await getPurchaseSubject(deps, ref);
  if (!isOwned(found, owned)) throw new Problem(`${ref.kind}-not-found`);
  return found;
}

/** A purchase that somebody has confirmed, of anybody: for what is done about it later. @throws like `findPurchaseSubject`. */
export async function getPurchaseSubject(deps: Deps, ref: PurchaseRef): Promise<PurchaseSubject> {
  const found = await finders[ref.kind](deps, ref.id);
  if (!found) throw new Problem(`${ref.kind}-not-found`);
  return found;
}

/** The conditions of `ownedBy`, for a row that is read by its identifier. */
function isOwned(purchase: PurchaseSubject, { rows }: Owned): boolean {
  return Object.entries(rows).every(([column, value]) => purchase[column as keyof PurchaseSubject] === value);
}

type Finder = (deps: Deps, id: string) => Promise<PurchaseSubject | undefined>;

const finders: Readonly<Record<SoldKind, Finder>> = {
  async charge(deps, id) {
    const row = await sqlOf(emOf(deps))
      .selectFrom('charge')
      .select(['id', 'companyId', 'serviceId', 'subscriberId', 'lineId', 'holderFrom', 'description'])
      .select(['amountMinor', 'subscriptionId', 'consentId', 'createdAt', 'authorizedAt', 'capturedAt'])
      .where('id', '=', id)
      .executeTakeFirst();
    if (!row) return undefined;
    const { subscriptionId, consentId, createdAt, authorizedAt, capturedAt, ...rest } = row;
    const boughtAt = authorizedAt ?? capturedAt ?? createdAt;
    return bought({
      kind: 'charge',
      ...rest,
      boughtAt,
      confirmed: confirmedOf({ id, subscriptionId, consentId }),
    });
  },
  async subscription(deps, id) {
    const row = await sqlOf(emOf(deps))
      .selectFrom('subscription')
      .select(['id', 'companyId', 'serviceId', 'subscriberId', 'lineId', 'holderFrom', 'description'])
      .select(['amountMinor', 'joinedAt'])
      .where('id', '=', id)
      .executeTakeFirst();
    if (row?.joinedAt == null) return undefined;
    const { joinedAt, ...rest } = row;
    return bought({
      kind: 'subscription',
      ...rest,
      boughtAt: joinedAt,
      confirmed: { kind: 'subscription', id },
    });
  },
  async consent(deps, id) {
    const row = await sqlOf(emOf(deps))
      .selectFrom('consent')
      .select(['id', 'companyId', 'serviceId', 'subscriberId', 'lineId', 'holderFrom', 'description'])
      .select('agreedAt')
      .where('id', '=', id)
      .executeTakeFirst();
    if (row?.agreedAt == null) return undefined;
    const { agreedAt, ...rest } = row;
    const confirmed = { kind: 'consent', id } as const;
    return bought({ kind: 'consent', ...rest, amountMinor: null, boughtAt: agreedAt, confirmed });
  },
};

interface ConfirmedWith {
  readonly id: string;
  readonly subscriptionId: string | null;
  readonly consentId: string | null;
}

function confirmedOf({ id, subscriptionId, consentId }: ConfirmedWith): PurchaseRef {
  if (subscriptionId !== null) return { kind: 'subscription', id: subscriptionId };
  if (consentId !== null) return { kind: 'consent', id: consentId };
  return { kind: 'charge', id };
}

type Unbought = { readonly [K in keyof PurchaseSubject]: PurchaseSubject[K] | null };

/** What nobody has confirmed yet has no buyer, and is nobody's purchase. */
function bought(row: Unbought): PurchaseSubject | undefined {
  return row.subscriberId === null || row.lineId === null || row.holderFrom === null
    ? undefined
    : (row as PurchaseSubject);
}
