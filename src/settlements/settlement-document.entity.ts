import { defineEntity, p } from '@mikro-orm/mariadb';
import type { SettlementDocumentContent } from './settlement-document.ts';

export const SettlementDocumentSchema = defineEntity({
  name: 'SettlementDocument',
  tableName: 'settlement_document',
  properties: {
    settlementId: p.character().length(26).primary(),
    content: p.json().$type<SettlementDocumentContent>(),
    adopted: p.boolean().default(false),
    contractVersion: p.integer().unsigned().nullable(),
    contractDigest: p.character().length(64).nullable(),
    companyVersion: p.integer().unsigned().nullable(),
    companyDigest: p.character().length(64).nullable(),
    createdAt: p.datetime(3),
  },
});

/** What the statement of a final settlement contains besides its figures. */
export class SettlementDocument extends SettlementDocumentSchema.class {}
SettlementDocumentSchema.setClass(SettlementDocument);
