import type { Actor } from '../../src/access/actor.ts';
import { proposeChange } from '../../src/access/approvals/propose-change.ts';
import { suspendAccount } from '../../src/accounts/change-account-state.ts';
import { bankAccountApproval } from '../../src/bank-accounts/bank-account-approval.ts';
import { authorizeCharge } from '../../src/charges/authorize-charge.ts';
import { createCharge } from '../../src/charges/create-charge.ts';
import { createConsent } from '../../src/consents/create-consent.ts';
import type { Deps } from '../../src/deps.ts';
import { createPaymentRequest } from '../../src/payment-requests/create-payment-request.ts';
import { refundCharge } from '../../src/refunds/refund-charge.ts';
import { setOwnLimit } from '../../src/safeguards/set-own-limit.ts';
import { createSubscription } from '../../src/subscriptions/create-subscription.ts';
import { joinSubscription } from '../../src/subscriptions/join-subscription.ts';
import { makeAccount, makeInvited } from '../support/accounts.ts';
import { createEndpoint } from '../../src/webhooks/create-endpoint.ts';
import { job, keyOf, signedIn, staff, userOf, visitorOf } from '../support/actors.ts';
import { makeApiKey, makeCompany, makeSale, makeSubscriber } from '../support/factories.ts';
import { makeSigner } from '../support/signing.ts';

export const bank = {
  bankCode: '9999',
  bankName: 'ミホン',
  branchCode: '001',
  branchName: 'ホンテン',
  accountType: 'ordinary',
  accountNumber: '7654321',
  accountHolder: 'シノノメ',
} as const;

export const goods = {
  amountMinor: 500n,
  taxCode: 'standard',
  description: '動画',
  returnUrl: 'https://shop.example/thanks',
} as const;

const months = { itemCode: 'all', chargeDay: 25, firstMonthFree: false, lastMonthFree: false };

/** What one company sells and one subscriber buys, in the states that use cases begin with, and an approval that waits. */
export async function makeUseCaseWorld(deps: Deps) {
  const sale = await makeSale(deps);
  const other = await makeSale(deps);
  const { company, service, buyer } = sale;
  const { id: subscriberId } = await makeSubscriber(deps, { lineId: buyer.lineId, slot: 2 });
  const holder = { ...buyer, subscriberId };
  const [key, requested] = [keyOf(company.id), { ...goods, serviceCode: service.code }];
  const charge = () => createCharge(deps, key, { ...requested, automaticCapture: false });
  const [pending, held] = [await charge(), await charge()];
  await authorizeCharge(deps, signedIn(buyer), { chargeId: held.id });
  const sold = await createCharge(deps, key, { ...requested, automaticCapture: true });
  await authorizeCharge(deps, signedIn(buyer), { chargeId: sold.id });
  const given = { chargeId: sold.id, amountMinor: 100n, reason: 'requested' } as const;
  const refunded = await refundCharge(deps, key, given);
  const subscription = (itemCode: string) =>
    createSubscription(deps, key, { ...requested, ...months, itemCode });
  const [offered, joined] = [await subscription('offered'), await subscription('joined')];
  await joinSubscription(deps, signedIn(buyer), { subscriptionId: joined.id });
  const asked = await createConsent(deps, key, requested);
  const { returnUrl: _, ...billed } = requested;
  const bill = await createPaymentRequest(deps, key, { ...billed, toKind: 'line', to: buyer.lineId });
  const line = signedIn(holder, { isHolder: true });
  const limit = { subscriberId: null, kind: 'monthly-limit' } as const;
  for (const limitMinor of [9_000n, 9_500n]) await setOwnLimit(deps, line, { ...limit, limitMinor });
  const apiKey = await makeApiKey(deps, { companyId: company.id });
  const signer = await makeSigner(deps, company.id);
  const { endpoint: hook } = await createEndpoint(deps, key, { url: 'https://shop.example/webhooks' });
  const proposal = { input: { companyCode: company.code, ...bank }, reason: 'a new account' };
  const people = { companyCode: company.code, app: false } as const;
  const { account: member } = await makeAccount(deps, people);
  const { account: away } = await makeAccount(deps, people);
  await suspendAccount(deps, staff(), { accountId: away.id });
  const { account: guest } = await makeInvited(deps, { companyCode: company.code });
  const approval = await proposeChange(deps, staff('maker'), bankAccountApproval, proposal);
  return {
    sale,
    other,
    /** Another person on the buyer's line. */
    holder,
    requested,
    months,
    pending: pending.id,
    held: held.id,
    /** A captured charge and a refund of a part of it. */
    sold: sold.id,
    refunded: refunded.id,
    offered: offered.id,
    joined: joined.id,
    asked: asked.id,
    /** A payment request to the buyer's line. */
    bill: bill.id,
    apiKey: apiKey.id,
    signingKey: signer.keyId,
    hook: hook.id,
    approval,
    /** People of the company: signed up, suspended, and invited. */
    member: member.id,
    away: away.id,
    guest: guest.id,
    /** A company that has neither account nor contract. */
    newcomer: await makeCompany(deps),
  };
}

export type UseCaseWorld = Awaited<ReturnType<typeof makeUseCaseWorld>>;

/** People of the buyer's line after it has gone to another holder: who bought, and who held it. */
export function formerActorsOf({ sale, holder }: UseCaseWorld): readonly Actor[] {
  const former = { heldThrough: '2026-05-09', readsThrough: '2026-11-09' };
  const left = { isOnLine: false, former } as const;
  return [signedIn(sale.buyer, left), signedIn(holder, { ...left, isHolder: true })];
}

/** One actor of every kind, in the order of the columns of the table. */
export function actorsOf({
  sale,
  other,
  holder,
  pending,
}: UseCaseWorld): readonly (readonly [string, Actor])[] {
  const { id } = sale.company;
  return [
    ['its key', keyOf(id)],
    ['a key of another company', keyOf(other.company.id)],
    ['its key without scopes', keyOf(id, [])],
    ['its owner', userOf(id, 'owner')],
    ['the owner of another company', userOf(other.company.id, 'owner')],
    ['its partner', userOf(id, 'partner')],
    ['the buyer', signedIn(sale.buyer)],
    ['the buyer elsewhere', signedIn(sale.buyer, { isOnLine: false })],
    ["the line's holder", signedIn(holder, { isHolder: true })],
    ["the line's holder elsewhere", signedIn(holder, { isHolder: true, isOnLine: false })],
    ['a subscriber of another line', signedIn(other.buyer)],
    ['a visitor', visitorOf(pending)],
    ['an agent', staff('x', 'agent')],
    ['a lead', staff('x', 'lead')],
    ['billing', staff('x', 'billing')],
    ['an approver', staff('x', 'billing-approver')],
    ['an administrator', staff('x', 'administrator')],
    ['an auditor', staff('x', 'auditor')],
    ['a job', job()],
  ];
}
