import type { Owned } from '../access/owned-by.ts';
import { effectiveState } from '../charges/effective-state.rules.ts';
import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { sumMinor } from '../shared/money.ts';
import { Problem } from '../shared/problem.ts';

export type PurchaseForReceipt = Awaited<ReturnType<typeof getPurchaseForReceipt>>;

/**
 * A purchase that is charged, or reserved for it, with its seller, its buyer and its invoice.
 * @throws Problem `charge-not-found`; `illegal-state` for one that was cancelled or has expired.
 */
export async function getPurchaseForReceipt(deps: Deps, owned: Owned, chargeId: string) {
  const row = await selectPurchase(deps, owned).where('c.id', '=', chargeId).executeTakeFirst();
  if (!row || row.state === 'pending') throw new Problem('charge-not-found');
  const state = effectiveState(row, deps.clock.now());
  if (state !== 'authorized' && state !== 'captured')
    throw new Problem('illegal-state', { detail: 'Nothing was charged for this purchase.' });
  return { ...row, isCharged: state === 'captured', refunded: await sumRefunds(deps, chargeId) };
}

/** What was given back of a purchase, and when last; undefined for most. */
async function sumRefunds(deps: Deps, chargeId: string) {
  const rows = await sqlOf(emOf(deps))
    .selectFrom('refund')
    .select(['amountMinor', 'businessDate'])
    .where('chargeId', '=', chargeId)
    .orderBy('refundedBeforeMinor')
    .execute();
  const last = rows.at(-1);
  return last && { amountMinor: sumMinor(rows.map((row) => row.amountMinor)), lastOn: last.businessDate };
}

function selectPurchase(deps: Deps, { rows }: Owned) {
  const { lineId, holderFrom, subscriberId, companyId, id } = rows;
  return sqlOf(emOf(deps))
    .selectFrom('charge as c')
    .innerJoin('company as co', 'co.id', 'c.companyId')
    .innerJoin('service as s', 's.id', 'c.serviceId')
    .leftJoin('subscriber as p', 'p.id', 'c.subscriberId')
    .leftJoin('billing_period as b', (join) =>
      join.onRef('b.period', '=', 'c.billingPeriod').onRef('b.closingGroup', '=', 'c.closingGroup'),
    )
    .leftJoin('line_invoice as l', (join) =>
      join
        .onRef('l.billingPeriod', '=', 'c.billingPeriod')
        .onRef('l.closingGroup', '=', 'c.closingGroup')
        .onRef('l.lineId', '=', 'c.lineId')
        .onRef('l.holderFrom', '=', 'c.holderFrom'),
    )
    .select(['c.id', 'c.kind', 'c.state', 'c.openUntil', 'c.description', 'c.amountMinor', 'c.capturedMinor'])
    .select([
      'c.taxCode',
      'c.taxRateBps',
      'c.businessDate',
      'c.lineId',
      'c.holderFrom',
      'c.subscriptionId',
      'c.consentId',
    ])
    .select(['c.createdAt', 'c.authorizedAt', 'c.capturedAt', 'c.billingPeriod', 'b.dueOn'])
    .select(['l.number as invoiceNumber', 'p.issuedId', 'p.displayName'])
    .select(['co.name as company', 'co.nameEn as companyEn', 'co.address as companyAddress'])
    .select(['co.registrationNumber', 'co.registeredFrom', 'co.registeredTo'])
    .select(['s.name as service', 's.nameEn as serviceEn'])
    .select(['s.sellerAddress', 's.sellerAddressEn', 's.sellerTelephone'])
    .$if(lineId !== undefined, (query) => query.where('c.lineId', '=', lineId!))
    .$if(holderFrom !== undefined, (query) => query.where('c.holderFrom', '=', holderFrom!))
    .$if(subscriberId !== undefined, (query) => query.where('c.subscriberId', '=', subscriberId!))
    .$if(companyId !== undefined, (query) => query.where('c.companyId', '=', companyId!))
    .$if(id !== undefined, (query) => query.where('c.id', '=', id!));
}

/** How the purchase, or the subscription or consent behind it, was confirmed; none for those of before it was kept. */
export async function findConfirmationOf(
  deps: Deps,
  { id, subscriptionId, consentId }: Pick<PurchaseForReceipt, 'id' | 'subscriptionId' | 'consentId'>,
) {
  return await sqlOf(emOf(deps))
    .selectFrom('confirmation')
    .select(['subjectKind', 'confirmedAt', 'provenBy', 'address'])
    .where('subjectId', '=', subscriptionId ?? consentId ?? id)
    .executeTakeFirst();
}
