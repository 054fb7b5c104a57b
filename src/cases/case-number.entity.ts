import { defineEntity, p } from '@mikro-orm/mariadb';

export const CaseNumberSchema = defineEntity({
  name: 'CaseNumber',
  tableName: 'case_number',
  properties: {
    year: p.smallint().unsigned().primary(),
    newest: p.integer().unsigned(),
  },
});

/** The newest number of the cases of a year. */
export class CaseNumber extends CaseNumberSchema.class {}
CaseNumberSchema.setClass(CaseNumber);
