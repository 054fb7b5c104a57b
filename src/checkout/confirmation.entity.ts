import { defineEntity, p } from '@mikro-orm/mariadb';
import type { Locale } from '../shared/money.ts';
import type { SoldKind } from '../shared/public-id.rules.ts';

export const ConfirmationSchema = defineEntity({
  name: 'Confirmation',
  tableName: 'confirmation',
  properties: {
    id: p.character().length(26).primary(),
    /** Of the charge, subscription or consent. */
    subjectId: p.character().length(26),
    subjectKind: p.string().length(12).$type<SoldKind>(),
    companyId: p.integer().unsigned(),
    subscriberId: p.integer().unsigned(),
    lineId: p.string().length(16),
    holderFrom: p.date(),
    issuedId: p.string().length(32),
    /** Of a consent the maximum of one use; null without a maximum. */
    amountMinor: p.bigint().nullable(),
    currency: p.character().length(3),
    texts: p.json().$type<Readonly<Record<string, unknown>>>(),
    language: p.character().length(2).$type<Locale>(),
    templateVersion: p.character().length(64),
    address: p.string().length(45),
    aaaServer: p.string().length(80),
    aaaAnswer: p.string().length(16).$type<'accept'>(),
    lineProvenAt: p.datetime(3),
    provenBy: p.string().length(10).$type<'password' | 'passkey'>(),
    confirmedAt: p.datetime(3),
  },
});

/** What a person was shown and confirmed, and how person and line were proven. Rows never change. */
export class Confirmation extends ConfirmationSchema.class {}
ConfirmationSchema.setClass(Confirmation);
