import { Charge } from '../../charges/charge.entity.ts';
import { Checkout } from '../../checkout/checkout.entity.ts';
import { Consent } from '../../consents/consent.entity.ts';
import { Company } from '../../companies/company.entity.ts';
import { Service } from '../../companies/service.entity.ts';
import { emOf } from '../../database/transaction.ts';
import type { Deps } from '../../deps.ts';
import type { Sale } from '../../purchases/sale.ts';
import { isSoldKind, publicId, readPublicId, type SoldKind } from '../../shared/public-id.rules.ts';
import { chargeOfRequest } from '../../payment-requests/confirm-payment-request.ts';
import { PaymentRequest } from '../../payment-requests/payment-request.entity.ts';
import { Subscription } from '../../subscriptions/subscription.entity.ts';

/** A checkout with everything that its page shows. */
export interface OpenedCheckout {
  readonly publicId: string;
  readonly checkout: Checkout;
  readonly subject: Sale;
  readonly company: Company;
  readonly service: Service;
  /** The payment request whose page it is; its charge is created when it is confirmed. */
  readonly request?: PaymentRequest;
}

/** The current checkout of a public identifier, if any. */
export async function findCheckout(deps: Deps, shownId: string): Promise<OpenedCheckout | undefined> {
  const named = readPublicId(shownId);
  if (named?.kind === 'payment-request') return findRequestCheckout(deps, named.id);
  if (!named || !isSoldKind(named.kind)) return undefined;
  const { kind, id } = { ...named, kind: named.kind };
  const em = emOf(deps);
  const checkout = await em.findOne(Checkout, { subjectId: id, kind });
  const subject = await findSubject(deps, { kind, id });
  if (!checkout || !subject) return undefined;
  const company = await em.findOneOrFail(Company, { id: subject.row.companyId });
  const service = await em.findOneOrFail(Service, { id: subject.row.serviceId });
  return { publicId: shownId, checkout, subject, company, service };
}

/** The page of a payment request: of the charge that it is to become, and then of the one that it has become. */
async function findRequestCheckout(deps: Deps, id: string): Promise<OpenedCheckout | undefined> {
  const em = emOf(deps);
  const request = await em.findOne(PaymentRequest, { id });
  const checkout = await em.findOne(Checkout, { subjectId: id, kind: 'request' });
  if (!request || !checkout) return undefined;
  const { chargeId } = request;
  const paid = chargeId == null ? undefined : await em.findOneOrFail(Charge, { id: chargeId });
  const row = paid ?? Object.assign(new Charge(), chargeOfRequest(request));
  const company = await em.findOneOrFail(Company, { id: request.companyId });
  const service = await em.findOneOrFail(Service, { id: request.serviceId });
  const shownId = paid ? publicId('charge', paid.id) : publicId('payment-request', id);
  return { publicId: shownId, checkout, subject: { kind: 'charge', row }, company, service, request };
}

async function findSubject(
  deps: Deps,
  { kind, id }: { kind: SoldKind; id: string },
): Promise<Sale | undefined> {
  const em = emOf(deps);
  if (kind === 'charge') return withKind(kind, await em.findOne(Charge, { id }));
  if (kind === 'subscription') return withKind(kind, await em.findOne(Subscription, { id }));
  return withKind(kind, await em.findOne(Consent, { id }));
}

function withKind<K, T>(kind: K, row: T | null): { kind: K; row: T } | undefined {
  return row === null ? undefined : { kind, row };
}
