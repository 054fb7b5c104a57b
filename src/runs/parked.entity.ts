import { defineEntity, p } from '@mikro-orm/mariadb';

export const ParkedSchema = defineEntity({
  name: 'Parked',
  tableName: 'parked',
  properties: {
    job: p.string().length(32).primary(),
    businessDate: p.date().primary(),
    subject: p.string().length(64).primary(),
    reason: p.string().length(300),
    createdAt: p.datetime(3),
  },
});

/** A subject that a run could not process, with the reason. */
export class Parked extends ParkedSchema.class {}
ParkedSchema.setClass(Parked);
