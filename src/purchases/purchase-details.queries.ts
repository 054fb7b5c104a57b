import type { Actor } from '../access/actor.ts';
import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../shared/problem.ts';
import { getPurchaseScope } from './purchase-scope.queries.ts';
import { readPurchases, type Purchase } from './purchase.queries.ts';
import { shortenAddress } from './shorten-address.rules.ts';

/** How a purchase was confirmed on the carrier's page. */
export interface ConfirmedHow {
  /** The purchase itself, or the subscription or consent that it was charged under. */
  readonly subjectKind: 'charge' | 'subscription' | 'consent';
  readonly lineId: string;
  readonly issuedId: string;
  readonly confirmedAt: Date;
  readonly provenBy: 'password' | 'passkey';
  /** Without its last part: enough to recognise a connection, not to find a device. */
  readonly address: string;
}

export type PurchaseDetails = Awaited<ReturnType<typeof getPurchase>>;

/** One purchase with its seller and how it was confirmed. @throws Problem `charge-not-found`. */
export async function getPurchase(deps: Deps, actor: Actor, chargeId: string) {
  const scope = await getPurchaseScope(deps, actor);
  const [purchase] = await readPurchases(deps, scope, [chargeId]);
  if (!purchase) throw new Problem('charge-not-found');
  return {
    ...purchase,
    seller: await readContact(deps, purchase),
    confirmation: await findConfirmation(deps, purchase),
    isHolder: scope.isHolder,
  };
}

/** How to reach the seller: of the service where it says so, else the address of the company. */
function readContact(deps: Deps, { serviceId }: Purchase) {
  return sqlOf(emOf(deps))
    .selectFrom('service as s')
    .innerJoin('company as co', 'co.id', 's.companyId')
    .select(['co.code', 'co.registrationNumber', 'co.address', 's.sellerAddress', 's.sellerAddressEn'])
    .select(['s.sellerTelephone', 's.contactEmail', 's.siteOrigin', 's.cancellation', 's.cancellationEn'])
    .where('s.id', '=', serviceId)
    .executeTakeFirstOrThrow();
}

/** Of the purchase, or of the subscription or consent behind it; purchases of before confirmations were kept have none. */
async function findConfirmation(
  deps: Deps,
  { id, subscriptionId, consentId }: Purchase,
): Promise<ConfirmedHow | undefined> {
  const row = await sqlOf(emOf(deps))
    .selectFrom('confirmation')
    .select(['subjectKind', 'lineId', 'issuedId', 'confirmedAt', 'provenBy', 'address'])
    .where('subjectId', '=', subscriptionId ?? consentId ?? id)
    .executeTakeFirst();
  return row && { ...row, address: shortenAddress(row.address) };
}
