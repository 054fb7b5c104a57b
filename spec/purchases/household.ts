import assert from 'node:assert/strict';
import { authorizeCharge } from '../../src/charges/authorize-charge.ts';
import { createCharge, type NewCharge } from '../../src/charges/create-charge.ts';
import { recordUsageCharges } from '../../src/charges/record-usage-charges.ts';
import type { UsageItem } from '../../src/charges/usage.types.ts';
import type { Deps } from '../../src/deps.ts';
import { createSubscription, type NewSubscription } from '../../src/subscriptions/create-subscription.ts';
import { joinSubscription } from '../../src/subscriptions/join-subscription.ts';
import { closePeriods } from '../../src/invoices/close-periods.ts';
import { foldCharges } from '../../src/invoices/fold-charges.ts';
import type { Buyer } from '../../src/lines/entitlement.queries.ts';
import { executeRun } from '../../src/runs/execute-run.ts';
import { renewSubscriptions } from '../../src/subscriptions/renew-subscriptions.ts';
import { keyOf, signedIn } from '../support/actors.ts';
import { makeConsent, makeSale, makeSubscriber } from '../support/factories.ts';

/** A person of the line, with a consent to uses of the seller's service. */
export interface Member {
  readonly buyer: Buyer;
  readonly consentId: string;
}

/** A line with five issued IDs, the first of them its holder's, and a company that sells to them. */
export async function makeHousehold(deps: Deps) {
  const sale = await makeSale(deps);
  const { company, service, line } = sale;
  const people: Member[] = [];
  for (const [index, displayName] of ['花子', '太郎', '一郎', '二郎', '三郎'].entries()) {
    people.push(
      index === 0
        ? { buyer: sale.buyer, consentId: sale.consent.id }
        : await addMember(
            deps,
            { companyId: company.id, serviceId: service.id },
            { ...sale.buyer, slot: index + 1, displayName },
          ),
    );
  }
  const [holder, taro] = people as [Member, Member];
  return {
    company,
    service,
    line,
    people,
    holder,
    taro,
    ...selling(deps, {
      companyId: company.id,
      serviceCode: service.code,
      returnUrl: 'https://shop.example/',
    }),
  };
}

export type Household = Awaited<ReturnType<typeof makeHousehold>>;

/** Issues an ID and grants the seller's service a consent. */
export async function addMember(
  deps: Deps,
  seller: { companyId: number; serviceId: number },
  {
    lineId,
    holderFrom,
    slot,
    displayName,
  }: Pick<Buyer, 'lineId' | 'holderFrom'> & { slot: number; displayName: string },
): Promise<Member> {
  const { id } = await makeSubscriber(deps, { lineId, holderFrom, slot, displayName });
  const buyer = { subscriberId: id, lineId, holderFrom };
  const consent = await makeConsent(deps, { ...seller, subscriberId: id, lineId, holderFrom });
  return { buyer, consentId: consent.id };
}

/** The holder of the line, signed in. */
export const asHolder = ({ buyer }: Member) => signedIn(buyer, { isHolder: true });
/** Another person of the line, signed in. */
export const asMember = ({ buyer }: Member) => signedIn(buyer);

type Goods = Partial<Pick<UsageItem, 'description' | 'taxCode' | 'occurredAt'>>;

interface Selling {
  readonly companyId: number;
  readonly serviceCode: string;
  readonly returnUrl: string;
}

/** What the company of a sale does with people of the line. */
export function selling(deps: Deps, { companyId, serviceCode, returnUrl }: Selling) {
  const key = keyOf(companyId);
  return {
    /** Charges a use; returns the identifier of the charge. */
    async use({ consentId }: Member, amountMinor: bigint, goods: Goods = {}): Promise<string> {
      const item = { consentId, amountMinor, taxCode: 'standard' as const, description: '楽曲', ...goods };
      const [outcome] = await recordUsageCharges(deps, key, { items: [item] });
      if (outcome?.kind !== 'captured') throw new Error(`the use was ${outcome?.kind}`);
      return outcome.charge.id;
    },
    /** Has somebody confirm a purchase that is charged later. */
    async reserve({ buyer }: Member, amountMinor: bigint, over: Partial<NewCharge> = {}): Promise<string> {
      const goods = {
        amountMinor,
        taxCode: 'standard' as const,
        description: 'カメラ',
        automaticCapture: false,
      };
      const { id } = await createCharge(deps, key, { ...goods, serviceCode, returnUrl, ...over });
      await authorizeCharge(deps, signedIn(buyer), { chargeId: id });
      return id;
    },
    /** Has somebody join a monthly subscription; returns its identifier. */
    async subscribe({ buyer }: Member, over: Partial<NewSubscription> = {}): Promise<string> {
      const { id } = await createSubscription(deps, key, {
        serviceCode,
        itemCode: 'monthly',
        amountMinor: 500n,
        taxCode: 'standard',
        description: '動画見放題',
        chargeDay: 10,
        firstMonthFree: false,
        lastMonthFree: false,
        returnUrl,
        ...over,
      });
      await joinSubscription(deps, signedIn(buyer), { subscriptionId: id });
      return id;
    },
  };
}

/** Runs a night: renews, folds and closes what is due by its date. */
export async function runNight(deps: Deps, businessDate: string): Promise<void> {
  const jobs = {
    'renew-subscriptions': renewSubscriptions,
    'fold-charges': foldCharges,
    'close-periods': closePeriods,
  };
  for (const [job, work] of Object.entries(jobs)) {
    const outcome = await executeRun(deps, { job, businessDate }, work);
    assert.equal(outcome.kind, 'finished', job);
  }
}
