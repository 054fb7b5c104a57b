import { defineEntity, p } from '@mikro-orm/mariadb';

export const CaseMailSchema = defineEntity({
  name: 'CaseMail',
  tableName: 'case_mail',
  properties: {
    caseNumber: p.character().length(13).primary(),
    /** The event with its words. */
    sequence: p.smallint().unsigned().primary(),
    /** SHA-256 of the Message-ID; of the whole file when it has none. */
    messageHash: p.character().length(64),
    /** As `readMailAddress` gives it. Anybody can write any address there. */
    fromAddress: p.string().length(320),
    /** It is the address of the line's holder. */
    isKnown: p.boolean(),
    subject: p.string().length(200),
    /** Names, a line each; the files are not kept. */
    attachments: p.string().length(1000).nullable(),
    receivedAt: p.datetime(3),
  },
});

/** A mail to the support centre. Rows never change. */
export class CaseMail extends CaseMailSchema.class {}
CaseMailSchema.setClass(CaseMail);
