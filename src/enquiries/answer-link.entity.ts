import { defineEntity, p } from '@mikro-orm/mariadb';

export const AnswerLinkSchema = defineEntity({
  name: 'AnswerLink',
  tableName: 'answer_link',
  properties: {
    id: p.character().length(26).primary(),
    secretHash: p.character().length(64),
    enquiryId: p.character().length(26),
    createdAt: p.datetime(3),
    expiresAt: p.datetime(3),
  },
});

/** The link of one mail by which a company answers an enquiry; only the hash of its secret is kept. Rows never change. */
export class AnswerLink extends AnswerLinkSchema.class {}
AnswerLinkSchema.setClass(AnswerLink);
