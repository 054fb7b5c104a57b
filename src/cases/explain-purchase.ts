import type { Actor } from '../access/actor.ts';
import { ownedBy, type Owned } from '../access/owned-by.ts';
import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { findPurchaseSubject } from '../purchases/find-purchase-subject.ts';
import { getPurchaseSeller } from '../purchases/purchase-seller.queries.ts';
import type { PurchaseRef, PurchaseSubject } from '../purchases/purchase-subject.types.ts';
import { listPurchases } from '../purchases/purchase.queries.ts';
import { shortenAddress } from '../purchases/shorten-address.rules.ts';
import { findOpenCaseOf } from './find-open-case.ts';

/** Other purchases at the same company that are shown. */
const OTHERS = 5;

/**
 * What somebody needs to know who does not recognise a purchase, before reporting it: who of the line bought it and when, how it
 * was confirmed, who sold it, what else was bought there, and whether it is reported already.
 * @throws Problem `charge-not-found`, `subscription-not-found`, `consent-not-found`.
 */
export async function explainPurchase(deps: Deps, actor: Actor, ref: PurchaseRef) {
  const owned = ownedBy(actor, 'cases:read');
  const purchase = await findPurchaseSubject(deps, owned, ref);
  const seller = await getPurchaseSeller(deps, purchase.serviceId);
  const { purchases: there } = await listPurchases(deps, actor, { company: seller.code, limit: OTHERS + 1 });
  return {
    purchase,
    buyer: await findBuyer(deps, actor, purchase),
    seller,
    confirmation: await findConfirmation(deps, purchase),
    others: there.filter(({ id }) => id !== purchase.id).slice(0, OTHERS),
    openCase: await findOpenCase(deps, owned, purchase),
  };
}

export type PurchaseExplanation = Awaited<ReturnType<typeof explainPurchase>>;

async function findBuyer(deps: Deps, actor: Actor, { subscriberId }: PurchaseSubject) {
  const person = await sqlOf(emOf(deps))
    .selectFrom('subscriber')
    .select(['displayName', 'issuedId'])
    .where('id', '=', subscriberId)
    .executeTakeFirstOrThrow();
  return { ...person, isReader: actor.kind === 'subscriber' && actor.subscriberId === subscriberId };
}

/** Of the purchase, or of the subscription or consent behind it; purchases of before confirmations were kept have none. */
async function findConfirmation(deps: Deps, { confirmed }: PurchaseSubject) {
  const row = await sqlOf(emOf(deps))
    .selectFrom('confirmation')
    .select(['subjectKind', 'lineId', 'issuedId', 'confirmedAt', 'provenBy', 'address'])
    .where('subjectId', '=', confirmed.id)
    .executeTakeFirst();
  return row && { ...row, address: shortenAddress(row.address) };
}

/** The open case about the purchase that the actor may see. */
async function findOpenCase(
  deps: Deps,
  { rows }: Owned,
  { id }: PurchaseSubject,
): Promise<string | undefined> {
  const found = await findOpenCaseOf(deps, id);
  if (rows.subscriberId !== undefined && found?.subscriberId !== rows.subscriberId) return undefined;
  return found?.number;
}
