import { defineEntity, p } from '@mikro-orm/mariadb';

/** The last number of each company. */
export const EventSequenceSchema = defineEntity({
  name: 'EventSequence',
  tableName: 'event_sequence',
  properties: {
    companyId: p.integer().unsigned().primary(),
    lastSequence: p.bigint().unsigned(),
    lastPublishedAt: p.datetime(3),
  },
});

/** One row, which a publisher writes first: another one waits, or loses at its commit on another node. */
export const EventPublisherSchema = defineEntity({
  name: 'EventPublisher',
  tableName: 'event_publisher',
  properties: {
    id: p.tinyint().unsigned().primary(),
    chunks: p.bigint().unsigned(),
    lookedMinutesAt: p.datetime(3).nullable(),
    lookedHoursAt: p.datetime(3).nullable(),
    lookedDaysAt: p.datetime(3).nullable(),
  },
});

/** The newest identifier of `event` at an instant. */
export const EventMarkSchema = defineEntity({
  name: 'EventMark',
  tableName: 'event_mark',
  properties: {
    takenAt: p.datetime(3).primary(),
    eventId: p.bigint().unsigned(),
  },
});
