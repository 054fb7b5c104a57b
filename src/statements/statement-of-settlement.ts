import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { keptCompanyCode } from '../settlements/settlement-document.ts';
import { hashFile } from '../shared/durable-file.ts';
import { Problem } from '../shared/problem.ts';
import { statementFileName, statementsDir } from './statement-file.ts';

/** A statement that was issued, as its file is named. */
export interface IssuedFile {
  readonly companyCode: string;
  readonly period: string;
  /** 1, or the number of a correction. */
  readonly revision: number;
  /** Of its bytes. */
  readonly checksum: string;
}

/** The statement of a settlement, or its last correction; undefined before it is issued. */
export async function findLastIssued(deps: Deps, settlementId: string): Promise<IssuedFile | undefined> {
  const sql = sqlOf(emOf(deps));
  const issued = await sql
    .selectFrom('settlement as s')
    .innerJoin('company as c', 'c.id', 's.companyId')
    .innerJoin('settlement_document as d', 'd.settlementId', 's.id')
    .innerJoin('statement_file as f', 'f.settlementId', 's.id')
    .select(['s.billingPeriod as period', 'f.checksum'])
    .select(({ ref }) => keptCompanyCode(ref('d.content'), ref('c.code')).as('companyCode'))
    .where('s.id', '=', settlementId)
    .executeTakeFirst();
  if (!issued) return undefined;
  const corrected = await sql
    .selectFrom('statement_correction')
    .select(['revision', 'checksum'])
    .where('settlementId', '=', settlementId)
    .orderBy('revision', 'desc')
    .limit(1)
    .executeTakeFirst();
  return { ...issued, revision: 1, ...corrected };
}

/**
 * The file of an issued statement, once its bytes are found to be those that were issued.
 * @throws Problem `illegal-state` with the reason `statement-file-lost` when the file is not there or has other bytes
 */
export async function openStatementFile(
  { config }: Pick<Deps, 'config'>,
  { companyCode, period, revision, checksum }: IssuedFile,
): Promise<{ readonly name: string; readonly body: Readable }> {
  const name = statementFileName(companyCode, period, revision);
  const path = join(statementsDir(config.filesDir), name);
  if ((await hashFile(path).catch(asLost)) !== checksum) {
    const detail = `${name} is not there or is not what was issued: "statement export" writes it again.`;
    throw new Problem('illegal-state', { detail, facts: { reason: 'statement-file-lost' } });
  }
  return { name, body: createReadStream(path) };
}

function asLost(error: NodeJS.ErrnoException): undefined {
  if (error.code === 'ENOENT') return undefined;
  throw error;
}
