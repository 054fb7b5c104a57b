import { defineEntity, p } from '@mikro-orm/mariadb';
import type { SettlementDocumentContent } from '../settlements/settlement-document.ts';

export const StatementCorrectionSchema = defineEntity({
  name: 'StatementCorrection',
  tableName: 'statement_correction',
  properties: {
    settlementId: p.character().length(26).primary(),
    /** 2 for the first correction. */
    revision: p.smallint().unsigned().primary(),
    number: p.string().length(40),
    correctedOn: p.date(),
    reason: p.string().length(300),
    content: p.json().$type<SettlementDocumentContent>(),
    checksum: p.character().length(64),
    correctedBy: p.string().length(80),
    createdAt: p.datetime(3),
  },
});

/** A statement that replaces an issued one whose parties were named wrongly. */
export class StatementCorrection extends StatementCorrectionSchema.class {}
StatementCorrectionSchema.setClass(StatementCorrection);
