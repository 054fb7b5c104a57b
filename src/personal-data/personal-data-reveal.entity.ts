import { defineEntity, p } from '@mikro-orm/mariadb';
import type { RevealReason } from './reveal.rules.ts';

export const PersonalDataRevealSchema = defineEntity({
  name: 'PersonalDataReveal',
  tableName: 'personal_data_reveal',
  properties: {
    id: p.character().length(26).primary(),
    /** As `actorName` writes it. */
    actor: p.string().length(100),
    lineId: p.string().length(16),
    holderFrom: p.date(),
    reason: p.string().length(12).$type<RevealReason>(),
    note: p.string().length(200).nullable(),
    at: p.datetime(3),
    endsAt: p.datetime(3),
  },
});

/** A person of the carrier asked to see the personal data of a tenure. Rows never change. */
export class PersonalDataReveal extends PersonalDataRevealSchema.class {}
PersonalDataRevealSchema.setClass(PersonalDataReveal);
