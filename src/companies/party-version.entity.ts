import { defineEntity, p } from '@mikro-orm/mariadb';

export const PartyVersionSchema = defineEntity({
  name: 'PartyVersion',
  tableName: 'party_version',
  properties: {
    kind: p.string().length(8).$type<'company' | 'service'>().primary(),
    partyId: p.integer().unsigned().primary(),
    /** First day on which it holds; of two of one day the one with the higher record version. */
    validFrom: p.date().primary(),
    /** Version and digest of the company or service in the audit trail at that time. */
    recordVersion: p.integer().unsigned().primary(),
    recordDigest: p.character().length(64).nullable(),
    name: p.string().length(120),
    nameEn: p.string().length(120),
    /** Address and registration are of companies. */
    address: p.string().length(240).nullable(),
    registrationNumber: p.character().length(14).nullable(),
    registeredFrom: p.date().nullable(),
    registeredTo: p.date().nullable(),
    createdAt: p.datetime(3),
  },
});

/** How documents name a company or service from a day on. Rows never change. */
export class PartyVersion extends PartyVersionSchema.class {}
PartyVersionSchema.setClass(PartyVersion);
