import { defineEntity, p } from '@mikro-orm/mariadb';
import type { PersonSearchKind } from './person-search.rules.ts';

export const PersonSearchSchema = defineEntity({
  name: 'PersonSearch',
  tableName: 'person_search',
  properties: {
    id: p.character().length(26).primary(),
    /** As `actorName` writes it. */
    actor: p.string().length(100),
    kind: p.string().length(9).$type<PersonSearchKind>(),
    /** Tenures that the search showed. */
    foundCount: p.tinyint().unsigned(),
    at: p.datetime(3),
  },
});

/** A person of the carrier searched for people. What was typed is not kept; rows never change. */
export class PersonSearch extends PersonSearchSchema.class {}
PersonSearchSchema.setClass(PersonSearch);
