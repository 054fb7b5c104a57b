import { defineEntity, p } from '@mikro-orm/mariadb';
import type { SoldKind } from '../shared/public-id.rules.ts';
import type { EnquiryTopic } from './enquiry.rules.ts';

export const EnquirySchema = defineEntity({
  name: 'Enquiry',
  tableName: 'enquiry',
  properties: {
    id: p.character().length(26).primary(),
    subjectKind: p.string().length(12).$type<SoldKind>(),
    subjectId: p.character().length(26),
    companyId: p.integer().unsigned(),
    serviceId: p.integer().unsigned(),
    /** Who wrote first; null: the support centre, in a case. */
    subscriberId: p.integer().unsigned().nullable(),
    lineId: p.string().length(16),
    holderFrom: p.date(),
    topic: p.string().length(12).$type<EnquiryTopic>(),
    createdAt: p.datetime(3),
    /** Of the support centre; the people of the line do not see it. */
    caseNumber: p.character().length(13).nullable(),
  },
});

/** A conversation of a subscriber, or of the support centre, with a company about a purchase. Rows never change. */
export class Enquiry extends EnquirySchema.class {}
EnquirySchema.setClass(Enquiry);
