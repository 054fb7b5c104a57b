import { defineEntity, p } from '@mikro-orm/mariadb';

export const RunStopSchema = defineEntity({
  name: 'RunStop',
  tableName: 'run_stop',
  properties: {
    job: p.string().length(32).primary(),
    businessDate: p.date().primary(),
    stoppedBy: p.string().length(80),
    stoppedAt: p.datetime(3),
  },
});

/** A run that a person has stopped, until somebody starts it again. */
export class RunStop extends RunStopSchema.class {}
RunStopSchema.setClass(RunStop);
