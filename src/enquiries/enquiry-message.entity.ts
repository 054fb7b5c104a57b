import { defineEntity, p } from '@mikro-orm/mariadb';

export const EnquiryMessageSchema = defineEntity({
  name: 'EnquiryMessage',
  tableName: 'enquiry_message',
  properties: {
    enquiryId: p.character().length(26).primary(),
    number: p.smallint().unsigned().primary(),
    author: p.string().length(10).$type<'subscriber' | 'support' | 'company'>(),
    /** Of a subscriber's message. */
    subscriberId: p.integer().unsigned().nullable(),
    /** Of a company's message: the link by which it came. */
    linkId: p.character().length(26).nullable(),
    text: p.string().length(2000),
    sentAt: p.datetime(3),
  },
});

/** A message of an enquiry, as it was relayed. Rows never change. */
export class EnquiryMessage extends EnquiryMessageSchema.class {}
EnquiryMessageSchema.setClass(EnquiryMessage);
