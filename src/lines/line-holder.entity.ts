import { defineEntity, p } from '@mikro-orm/mariadb';

export const LineHolderSchema = defineEntity({
  name: 'LineHolder',
  tableName: 'line_holder',
  properties: {
    lineId: p.string().length(16).primary(),
    validFrom: p.date().primary(),
    validTo: p.date().nullable(),
    holder: p.string().length(120),
    birthDate: p.date().nullable(),
    email: p.string().length(254).nullable(),
    updatedAt: p.datetime(3),
  },
});

/** Who holds a line, from a day until another (half-open). */
export class LineHolder extends LineHolderSchema.class {}
LineHolderSchema.setClass(LineHolder);
