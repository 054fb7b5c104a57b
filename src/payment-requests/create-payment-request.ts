import { actorName, type Actor } from '../access/actor.ts';
import { actingCompany } from '../access/owned-by.ts';
import { recordAudit } from '../access/audit/record-audit.ts';
import { Checkout } from '../checkout/checkout.entity.ts';
import { getTermsOfNewSale } from '../contracts/selling-terms.queries.ts';
import { inTransaction, type InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { assertWithinContract } from '../limits/assert-within-limits.ts';
import { businessDateOf } from '../shared/calendar.rules.ts';
import { compileInputCheck, invalidInput } from '../shared/check-input.ts';
import { publicId } from '../shared/public-id.rules.ts';
import { readableText } from '../shared/readable-text.rules.ts';
import type { TaxCode } from '../shared/tax.rules.ts';
import { readAddressee, storedAddressee, type TypedAddressee } from './addressee.rules.ts';
import { findAddressee } from './find-addressee.queries.ts';
import { PaymentRequest } from './payment-request.entity.ts';
import { assertAddresseeQuota, takeDayQuota } from './take-request-quota.ts';

export interface NewPaymentRequest extends TypedAddressee {
  readonly serviceCode: string;
  /** Tax included. */
  readonly amountMinor: bigint;
  readonly taxCode: TaxCode;
  /** The purpose, as the addressee reads it. */
  readonly description: string;
  readonly reference?: string | undefined;
  /** Days until it expires; by configuration when left out. */
  readonly days?: number | undefined;
  /** Of the page on which it was typed: posted again, the first request is the answer. */
  readonly formKey?: string | undefined;
}

const checkTexts = compileInputCheck<Pick<NewPaymentRequest, 'description'>>({
  description: readableText(120),
});

const DAY_MS = 24 * 60 * 60_000;

/**
 * Asks a line, a telephone number or an issued ID for a payment. The same rows are written and the same is returned whether or not
 * there is such a subscriber: one to nobody is open until it expires.
 * @throws Problem `invalid-request`, `addressee-mistyped`, `payment-request-limit`, `service-not-found`, `company-suspended`, `contract-missing`,
 * `service-incomplete`, `amount-above-contract`
 */
export function createPaymentRequest(
  deps: Deps,
  actor: Actor,
  input: NewPaymentRequest,
): Promise<PaymentRequest> {
  const companyId = actingCompany(actor, 'payment-requests:write');
  checkTexts(input);
  if (input.amountMinor < 1n) throw invalidInput([{ pointer: '/amount', message: 'must be at least 1' }]);
  const addressee = readAddressee(deps.config, input);
  return inTransaction(deps, async (tx) => {
    const createdAt = tx.clock.now();
    const businessDate = businessDateOf(createdAt, tx.config.timeZone);
    const { serviceCode, amountMinor, taxCode, description, reference = null, formKey = null } = input;
    const sent = () => (formKey === null ? null : tx.em.findOne(PaymentRequest, { companyId, formKey }));
    const before = await sent();
    if (before) return before;
    await takeDayQuota(tx, { companyId, businessDate });
    const meanwhile = await sent();
    if (meanwhile) return meanwhile;
    const seller = await getTermsOfNewSale(tx, { companyId, service: { code: serviceCode }, businessDate });
    assertWithinContract(amountMinor, seller);
    const stored = storedAddressee(tx.config, addressee);
    await assertAddresseeQuota(tx, { companyId, toHash: stored.toHash });
    const found = await findAddressee(tx, addressee, businessDate);
    const days = input.days ?? tx.config.paymentRequests.days;
    const request = tx.em.create(PaymentRequest, {
      id: tx.ids.next(),
      companyId,
      serviceId: seller.serviceId,
      state: 'pending',
      amountMinor,
      taxCode,
      description,
      reference,
      ...stored,
      ...found,
      formKey,
      createdBy: actorName(actor),
      createdAt,
      openUntil: new Date(createdAt.getTime() + days * DAY_MS),
    });
    openPage(tx, request);
    await tx.em.flush();
    await audit(tx, actor, request);
    return request;
  });
}

/** The page on which the addressee confirms; it leads back to the addressee's own pages. */
function openPage(tx: InTransaction<Deps>, { id, companyId, openUntil }: PaymentRequest): void {
  const returnUrl = `${tx.config.publicOrigin}/my/payment-requests/${publicId('payment-request', id)}`;
  tx.em.create(Checkout, {
    subjectId: id,
    kind: 'request',
    companyId,
    returnUrl,
    state: 'open',
    expiresAt: openUntil!,
  });
}

/** A person leaves an audit row, a program does not. */
async function audit(tx: InTransaction<Deps>, actor: Actor, { id }: PaymentRequest): Promise<void> {
  if (actor.kind === 'company-key') return;
  const line = { actor: actorName(actor), action: 'payment-request.create', facts: {} };
  await recordAudit(tx, { ...line, subject: `payment-request:${id}` });
}
