import type { Readable } from 'node:stream';
import type { Actor } from '../access/actor.ts';
import { authorize } from '../access/authorize.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../shared/problem.ts';
import { getIssued } from './issued-statement.queries.ts';
import { findCorrection } from './statement-correction.queries.ts';
import { openStatementFile } from './statement-of-settlement.ts';

interface StatementToRead {
  readonly companyCode: string;
  readonly period: string;
  /** 2 for the first correction; the statement itself by default. */
  readonly revision?: number | undefined;
}

/**
 * The file of an issued statement, once its bytes are found to be those that were issued.
 * @throws Problem `permission-denied`; `illegal-state` when none was issued, and with the reason `statement-file-lost` when the file
 * is not there or has other bytes: `statement export` writes it again
 */
export async function readStatement(
  deps: Deps,
  actor: Actor,
  { companyCode, period, revision }: StatementToRead,
): Promise<ReadFile> {
  authorize(actor, 'settlements:read');
  return await openIssuedFile(deps, { companyCode, period, revision });
}

interface ReadFile {
  readonly name: string;
  readonly body: Readable;
}

/** The file of an issued statement, for who was allowed to read it. @throws Problem `illegal-state`, as `readStatement` */
export async function openIssuedFile(
  deps: Deps,
  { companyCode, period, revision = 1 }: StatementToRead,
): Promise<ReadFile> {
  const issued = await getIssued(deps, { companyCode, period });
  const checksum =
    revision === 1 ? issued.checksum : (await findCorrection(deps, issued.id, revision))?.checksum;
  if (checksum === undefined)
    throw new Problem('illegal-state', { detail: `There is no revision ${revision} of it.` });
  return await openStatementFile(deps, { companyCode, period, revision, checksum });
}
