import { defineEntity, p } from '@mikro-orm/mariadb';

export const RunSchema = defineEntity({
  name: 'Run',
  tableName: 'run',
  properties: {
    job: p.string().length(32).primary(),
    businessDate: p.date().primary(),
    /** Name of a partition; '' is the run itself. The column keeps its old name: renaming a key column of a table in use gains nothing. */
    part: p.string().length(64).primary(),
    state: p.string().length(10).$type<'running' | 'finished' | 'failed'>(),
    attempt: p.integer().unsigned(),
    heldBy: p.string().length(120).nullable(),
    leaseToken: p.character().length(26).nullable(),
    leaseUntil: p.datetime(3).nullable(),
    expected: p.bigint().unsigned(),
    done: p.bigint().unsigned(),
    skipped: p.bigint().unsigned(),
    parked: p.bigint().unsigned(),
    manifest: p.json().$type<Record<string, unknown>>().nullable(),
    startedAt: p.datetime(3),
    finishedAt: p.datetime(3).nullable(),
    error: p.string().length(500).nullable(),
    /** True while a process holds the run itself, else null: a job has one such row. Computed by the table. */
    isUnderWay: p.boolean().nullable().persist(false),
  },
});

/** One execution of one batch job for one business date. */
export class Run extends RunSchema.class {}
RunSchema.setClass(Run);
