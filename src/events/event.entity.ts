import { defineEntity, p } from '@mikro-orm/mariadb';
import type { EventType } from './event-types.ts';

export const EventSchema = defineEntity({
  name: 'Event',
  tableName: 'event',
  properties: {
    id: p.bigint().unsigned().primary().autoincrement(),
    type: p.string().length(40).$type<EventType>(),
    /** The noun of the type: `charge`. */
    subjectKind: p.string().length(20),
    /** As it is stored, without the prefix that it has outside. */
    subjectId: p.string().length(70),
    /** None for what concerns no company, or all. */
    companyId: p.integer().unsigned().nullable(),
    occurredAt: p.datetime(3),
    snapshot: p.json().$type<Readonly<Record<string, unknown>>>(),
  },
});

/** Something that has happened. Rows never change. */
export class Event extends EventSchema.class {}
EventSchema.setClass(Event);
