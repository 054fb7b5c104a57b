import { defineEntity, p } from '@mikro-orm/mariadb';

export const PartyChangeSchema = defineEntity({
  name: 'PartyChange',
  tableName: 'party_change',
  properties: {
    id: p.character().length(26).primary(),
    kind: p.string().length(8).$type<'company' | 'service'>(),
    partyId: p.integer().unsigned(),
    validFrom: p.date(),
    /** The fields that change, as their use case takes them. */
    fields: p.json().$type<Readonly<Record<string, unknown>>>(),
    state: p.string().length(10).$type<'waiting' | 'applied' | 'withdrawn' | 'refused'>(),
    createdBy: p.string().length(80),
    createdAt: p.datetime(3),
    decidedBy: p.string().length(80).nullable(),
    decidedAt: p.datetime(3).nullable(),
    /** Why it could not be applied on its day. */
    refusal: p.string().length(300).nullable(),
  },
});

/** A change of a company or service that is to hold from a later day. */
export class PartyChange extends PartyChangeSchema.class {}
PartyChangeSchema.setClass(PartyChange);
