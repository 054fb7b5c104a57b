import { Charge } from '../../charges/charge.entity.ts';
import { Checkout } from '../../checkout/checkout.entity.ts';
import { Consent } from '../../consents/consent.entity.ts';
import { Company } from '../../companies/company.entity.ts';
import { Service } from '../../companies/service.entity.ts';
import { emOf } from '../../database/transaction.ts';
import type { Deps } from '../../deps.ts';
import type { Sale } from '../../purchases/sale.ts';
import { isSoldKind, readPublicId } from '../../shared/public-id.rules.ts';
import { Subscription } from '../../subscriptions/subscription.entity.ts';

/** A checkout with everything that its page shows. */
export interface OpenedCheckout {
  readonly publicId: string;
  readonly checkout: Checkout;
  readonly subject: Sale;
  readonly company: Company;
  readonly service: Service;
}

/** The current checkout of a public identifier, if any. */
export async function findCheckout(deps: Deps, publicId: string): Promise<OpenedCheckout | undefined> {
  const named = readPublicId(publicId);
  if (!named || !isSoldKind(named.kind)) return undefined;
  const { kind, id } = { ...named, kind: named.kind };
  const em = emOf(deps);
  const checkout = await em.findOne(Checkout, { subjectId: id, kind });
  const subject = await findSubject(deps, { kind, id });
  if (!checkout || !subject) return undefined;
  const company = await em.findOneOrFail(Company, { id: subject.row.companyId });
  const service = await em.findOneOrFail(Service, { id: subject.row.serviceId });
  return { publicId, checkout, subject, company, service };
}

async function findSubject(
  deps: Deps,
  { kind, id }: { kind: Checkout['kind']; id: string },
): Promise<Sale | undefined> {
  const em = emOf(deps);
  if (kind === 'charge') return withKind(kind, await em.findOne(Charge, { id }));
  if (kind === 'subscription') return withKind(kind, await em.findOne(Subscription, { id }));
  return withKind(kind, await em.findOne(Consent, { id }));
}

function withKind<K, T>(kind: K, row: T | null): { kind: K; row: T } | undefined {
  return row === null ? undefined : { kind, row };
}
