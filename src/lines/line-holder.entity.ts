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
    /** The holder has set limits or blocks, so sales read them (src/safeguards). */
    hasSafeguards: p.boolean().default(false),
    updatedAt: p.datetime(3),
    product: p.string().length(60).nullable(),
    options: p.string().length(240).nullable(),
    telephone: p.string().length(16).nullable(),
    holderKana: p.string().length(120).nullable(),
    postalCode: p.character().length(8).nullable(),
    address: p.string().length(240).nullable(),
    building: p.string().length(120).nullable(),
    /** Of the names, without blanks, as they are searched. Written by the table. */
    holderKey: p.string().length(120).nullable().persist(false),
    kanaKey: p.string().length(120).nullable().persist(false),
    openTelephone: p.string().length(16).nullable().persist(false),
  },
});

/** Who holds a line, from a day until another (half-open). */
export class LineHolder extends LineHolderSchema.class {}
LineHolderSchema.setClass(LineHolder);
