import { defineEntity, p } from '@mikro-orm/mariadb';
import type { SoldKind } from '../shared/public-id.rules.ts';
import type { StoredRefusal } from './refusal.rules.ts';

export const CheckoutSchema = defineEntity({
  name: 'Checkout',
  tableName: 'checkout',
  properties: {
    subjectId: p.character().length(26).primary(),
    kind: p.string().length(12).$type<SoldKind | 'request'>(),
    companyId: p.integer().unsigned(),
    returnUrl: p.string().length(2048),
    state: p.string().length(10).$type<'open' | 'confirmed' | 'declined' | 'expired' | 'withdrawn'>(),
    expiresAt: p.datetime(3),
    decidedAt: p.datetime(3).nullable(),
    /** Why the buyer was refused last. */
    refusedAs: p.string().length(24).$type<StoredRefusal>().nullable(),
    refusedAt: p.datetime(3).nullable(),
  },
});

/** Something a subscriber is asked to confirm on the carrier's own page. */
export class Checkout extends CheckoutSchema.class {}
CheckoutSchema.setClass(Checkout);
