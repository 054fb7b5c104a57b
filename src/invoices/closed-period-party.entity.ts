import { defineEntity, p } from '@mikro-orm/mariadb';
import type { ClosingGroup } from '../shared/calendar.rules.ts';

export const ClosedPeriodPartySchema = defineEntity({
  name: 'ClosedPeriodParty',
  tableName: 'closed_period_party',
  properties: {
    billingPeriod: p.character().length(7).primary(),
    closingGroup: p.tinyint().unsigned().$type<ClosingGroup>().primary(),
    kind: p.string().length(8).$type<'issuer' | 'company' | 'service'>().primary(),
    partyId: p.integer().unsigned().primary(),
    name: p.string().length(240),
    registrationNumber: p.character().length(14).nullable(),
    registeredFrom: p.date().nullable(),
    registeredTo: p.date().nullable(),
    recordVersion: p.integer().unsigned().nullable(),
    recordDigest: p.character().length(64).nullable(),
  },
});

/** The carrier, a company or a service, as named on the invoices of a closed period. */
export class ClosedPeriodParty extends ClosedPeriodPartySchema.class {}
ClosedPeriodPartySchema.setClass(ClosedPeriodParty);
