import { defineEntity, p } from '@mikro-orm/mariadb';

export const InvoiceAnswerSchema = defineEntity({
  name: 'InvoiceAnswer',
  tableName: 'invoice_answer',
  properties: {
    invoiceNumber: p.string().length(24).primary(),
    answerDate: p.date().primary(),
    /** 0 for none. */
    sequence: p.integer().unsigned().primary(),
    answer: p.string().length(8).$type<'accepted' | 'refused'>().primary(),
    /** Empty for an accepted invoice. */
    reason: p.string().length(120).primary(),
    bookedOn: p.date(),
    importId: p.integer().unsigned(),
  },
});

/** The carrier's answer to one invoice of the invoice details. */
export class InvoiceAnswer extends InvoiceAnswerSchema.class {}
InvoiceAnswerSchema.setClass(InvoiceAnswer);
