import { defineEntity, p } from '@mikro-orm/mariadb';
import type { TaxCode } from '../shared/tax.rules.ts';
import type { AddresseeKind } from './addressee.rules.ts';
import type { PaymentRequestState } from './payment-request.rules.ts';

export const PaymentRequestSchema = defineEntity({
  name: 'PaymentRequest',
  tableName: 'payment_request',
  properties: {
    id: p.character().length(26).primary(),
    companyId: p.integer().unsigned(),
    serviceId: p.integer().unsigned(),
    state: p.string().length(10).$type<PaymentRequestState>(),
    amountMinor: p.bigint(),
    taxCode: p.string().length(10).$type<TaxCode>(),
    description: p.string().length(120),
    reference: p.string().length(64).nullable(),
    toKind: p.string().length(9).$type<AddresseeKind>(),
    /** Keyed hash of what the company typed: counted and searched by, never shown. */
    toHash: p.character().length(64),
    /** Its last characters, by which the company recognises it. */
    toEnding: p.string().length(4),
    /** The tenure that was found; null when nobody was, which the company does not learn. */
    lineId: p.string().length(16).nullable(),
    holderFrom: p.date().nullable(),
    /** The only person who may confirm; null for everybody on the line. */
    subscriberId: p.integer().unsigned().nullable(),
    /** Of the one who confirmed. */
    chargeId: p.character().length(26).nullable(),
    /** Of the page on which it was typed, which sends one however often it is posted. */
    formKey: p.character().length(26).nullable(),
    /** As `actorName` writes it. */
    createdBy: p.string().length(80),
    createdAt: p.datetime(3),
    openUntil: p.datetime(3).nullable(),
    /** When the addressee's mail was queued, or was not because there is nobody to write to. */
    announcedAt: p.datetime(3).nullable(),
    endedAt: p.datetime(3).nullable(),
  },
});

/** What a company asks somebody to pay, until it is confirmed, declined, withdrawn or over. */
export class PaymentRequest extends PaymentRequestSchema.class {}
PaymentRequestSchema.setClass(PaymentRequest);
