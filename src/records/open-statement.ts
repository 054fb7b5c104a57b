import { createReadStream } from 'node:fs';
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import type { Statement } from '../../templates/statement/statement.types.ts';
import type { Actor } from '../access/actor.ts';
import { authorize } from '../access/authorize.ts';
import type { Deps } from '../deps.ts';
import { statementDocument } from '../rendering/printed-document.ts';
import type { DownloadedFile } from '../shared/downloaded-file.ts';
import { hashFile } from '../shared/durable-file.ts';
import { getIssued, getIssuedStatement } from '../statements/issued-statement.queries.ts';
import { statementFileName, statementsDir } from '../statements/statement-file.ts';

/** An issued statement; revision 2 is its first correction. */
export interface StatementKey {
  readonly companyCode: string;
  readonly period: string;
  readonly revision: number;
}

/** The figures of an issued statement and the checksum of its document. @throws Problem `permission-denied`, `illegal-state` when there is none */
export async function getStatementRecord(
  deps: Deps,
  actor: Actor,
  key: StatementKey,
): Promise<{ readonly statement: Omit<Statement, 'details'>; readonly checksum: string }> {
  authorize(actor, 'settlements:read');
  const { statement, expected } = await getIssuedStatement(deps, await getIssued(deps, key), key.revision);
  const { details: _, ...facts } = statement;
  return { statement: facts, checksum: expected };
}

/**
 * A statement as it was issued, byte for byte: the file of its issue if its checksum is that of the issue, else drawn again, and the
 * bytes compared with that checksum before they replace the file.
 * @throws Problem `permission-denied`, `illegal-state` when there is none, `invariant-broken` when its rows give other bytes
 */
export async function openStatement(deps: Deps, actor: Actor, key: StatementKey): Promise<DownloadedFile> {
  authorize(actor, 'settlements:read');
  const issued = await getIssued(deps, key);
  const { statement, expected } = await getIssuedStatement(deps, issued, key.revision);
  const dir = statementsDir(deps.config.filesDir);
  const name = statementFileName(key.companyCode, key.period, key.revision);
  const path = join(dir, name);
  if (!(await isAsIssued(path, expected)))
    await deps.documents.write({ dir, name, expected }, statementDocument(statement));
  return { filename: name, type: 'application/pdf', body: createReadStream(path) };
}

async function isAsIssued(path: string, checksum: string): Promise<boolean> {
  const isThere = await access(path).then(
    () => true,
    () => false,
  );
  return isThere && (await hashFile(path)) === checksum;
}
