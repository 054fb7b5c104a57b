import { defineEntity, p } from '@mikro-orm/mariadb';
import type { InvoiceCorrectionContent } from './corrected-parties.ts';

export const InvoiceCorrectionSchema = defineEntity({
  name: 'InvoiceCorrection',
  tableName: 'invoice_correction',
  properties: {
    number: p.string().length(28).primary(),
    /** Of the invoice as it was numbered when its period closed. */
    invoiceNumber: p.string().length(24),
    /** 2 for the first correction. */
    revision: p.smallint().unsigned(),
    correctedOn: p.date(),
    reason: p.string().length(300),
    content: p.json().$type<InvoiceCorrectionContent>(),
    /** SHA-256 of the document that was filed, in hexadecimal. */
    checksum: p.character().length(64),
    correctedBy: p.string().length(80),
    createdAt: p.datetime(3),
  },
});

/** A line invoice that replaces one whose parties were named wrongly. */
export class InvoiceCorrection extends InvoiceCorrectionSchema.class {}
InvoiceCorrectionSchema.setClass(InvoiceCorrection);
