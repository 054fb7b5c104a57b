import { defineEntity, p } from '@mikro-orm/mariadb';

export const RehearsalSchema = defineEntity({
  name: 'Rehearsal',
  tableName: 'rehearsal',
  properties: {
    id: p.character().length(26).primary(),
    /** The groups that close tonight, or the month as a whole. */
    scope: p.string().length(8).$type<'night' | 'month'>(),
    billingPeriod: p.character().length(7),
    businessDate: p.date(),
    state: p.string().length(10).$type<'waiting' | 'running' | 'finished' | 'failed'>(),
    startedBy: p.string().length(80),
    createdAt: p.datetime(3),
    attempts: p.smallint().unsigned().default(0),
    leaseOwner: p.character().length(26).nullable(),
    leaseUntil: p.datetime(3).nullable(),
    /** Closing groups and companies. */
    expected: p.integer().unsigned().default(0),
    done: p.integer().unsigned().default(0),
    /** From when on its figures were read. */
    readAt: p.datetime(3).nullable(),
    finishedAt: p.datetime(3).nullable(),
    error: p.string().length(500).nullable(),
    /** True while it waits or runs, else null: one at a time. Computed by the table. */
    isUnderWay: p.boolean().nullable().persist(false),
  },
});

/** A close and its settlements, rehearsed on the figures as they were. Stays as it is once it is over. */
export class Rehearsal extends RehearsalSchema.class {}
RehearsalSchema.setClass(Rehearsal);
