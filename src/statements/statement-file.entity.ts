import { defineEntity, p } from '@mikro-orm/mariadb';

export const StatementFileSchema = defineEntity({
  name: 'StatementFile',
  tableName: 'statement_file',
  properties: {
    settlementId: p.character().length(26).primary(),
    checksum: p.character().length(64),
    createdAt: p.datetime(3),
  },
});

/** The statement that was issued for a settlement, by its SHA-256. */
export class StatementFile extends StatementFileSchema.class {}
StatementFileSchema.setClass(StatementFile);
