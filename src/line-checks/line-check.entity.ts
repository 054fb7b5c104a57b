import { defineEntity, p } from '@mikro-orm/mariadb';

export const LineCheckSchema = defineEntity({
  name: 'LineCheck',
  tableName: 'line_check',
  properties: {
    consentId: p.character().length(26).primary(),
    checkedOn: p.date().primary(),
    /** 1 for the first of the business date. */
    position: p.tinyint().unsigned().primary(),
    companyId: p.integer().unsigned(),
    amountMinor: p.bigint(),
    possible: p.boolean(),
    /** As `actorName` writes it. */
    checkedBy: p.string().length(80),
    checkedAt: p.datetime(3),
  },
});

/** An answer to whether something could be bought under a consent. Rows never change. */
export class LineCheck extends LineCheckSchema.class {}
LineCheckSchema.setClass(LineCheck);
