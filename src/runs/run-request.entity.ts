import { defineEntity, p } from '@mikro-orm/mariadb';

export const RunRequestSchema = defineEntity({
  name: 'RunRequest',
  tableName: 'run_request',
  properties: {
    id: p.character().length(26).primary(),
    /** A job, or `night` for all of them. */
    job: p.string().length(32),
    businessDate: p.date(),
    state: p.string().length(8).$type<'waiting' | 'taken' | 'ended'>(),
    outcome: p.string().length(8).$type<'done' | 'parked' | 'failed' | 'stopped'>().nullable(),
    requestedBy: p.string().length(80),
    requestedAt: p.datetime(3),
    /** The process that runs it. */
    takenBy: p.string().length(120).nullable(),
    leaseUntil: p.datetime(3).nullable(),
    endedAt: p.datetime(3).nullable(),
    /** True until it has ended, else null: a job and date has one such row. Computed by the table. */
    isOpen: p.boolean().nullable().persist(false),
  },
});

/** What a person asked of the nights on a page. */
export class RunRequest extends RunRequestSchema.class {}
RunRequestSchema.setClass(RunRequest);
