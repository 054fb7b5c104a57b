import { defineEntity, p } from '@mikro-orm/mariadb';
import type { PublishedType } from './published-types.ts';

export const PublishedEventSchema = defineEntity({
  name: 'PublishedEvent',
  tableName: 'published_event',
  properties: {
    id: p.character().length(26).primary(),
    companyId: p.integer().unsigned(),
    /** Counts the events of the company from 1, without a gap. */
    sequence: p.bigint().unsigned(),
    type: p.string().length(40).$type<PublishedType>(),
    /** As it is stored, without the prefix that it has outside. */
    subjectId: p.string().length(70),
    occurredAt: p.datetime(3),
    /** Rises with the sequence, whatever the clocks of two processes show. */
    publishedAt: p.datetime(3),
    /** Where it comes from: a row of `event`, or a captured usage or monthly charge. */
    eventId: p.bigint().unsigned().nullable(),
    chargeId: p.character().length(26).nullable(),
  },
});

/** An event as its company reads it. Rows never change. */
export class PublishedEvent extends PublishedEventSchema.class {}
PublishedEventSchema.setClass(PublishedEvent);
