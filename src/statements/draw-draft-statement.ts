import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Actor } from '../access/actor.ts';
import { authorize } from '../access/authorize.ts';
import { sqlOf } from '../database/sql.ts';
import { inTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { writeDocumentFile } from '../rendering/deliver-document.ts';
import { statementDocument } from '../rendering/printed-document.ts';
import { describeSettlements } from '../settlements/settlement-document.ts';
import { Problem } from '../shared/problem.ts';
import { statementFileName } from './statement-file.ts';
import { getDraftStatement } from './statement.queries.ts';

/**
 * Writes what the statement of a draft would say if it were approved now into `statement-drafts/COMPANY-PERIOD.pdf` below
 * `FILES_DIR`, for those who review it: it says on every page that it is a draft, and is replaced by the next one.
 * @throws Problem `settlement-not-found` when the company has no draft of that month.
 */
export async function drawDraftStatement(
  deps: Deps,
  actor: Actor,
  { companyCode, period }: { readonly companyCode: string; readonly period: string },
): Promise<{ readonly number: string; readonly path: string }> {
  authorize(actor, 'settlements:read');
  const dir = join(deps.config.filesDir, 'statement-drafts');
  const name = statementFileName(companyCode, period);
  await mkdir(dir, { recursive: true });
  return await inTransaction(deps, async (tx) => {
    const draft = await sqlOf(tx.em)
      .selectFrom('settlement as s')
      .innerJoin('company as c', 'c.id', 's.companyId')
      .select(['s.id', 's.number'])
      .where('c.code', '=', companyCode)
      .where('s.billingPeriod', '=', period)
      .where('s.state', 'in', ['draft', 'rejected'])
      .executeTakeFirst();
    if (!draft) {
      const detail = `${companyCode} has no draft of a settlement for ${period}.`;
      throw new Problem('settlement-not-found', { detail });
    }
    const [described] = await describeSettlements(tx, [draft.id]);
    if (!described) throw new Error(`settlement ${draft.number} has no terms`);
    const statement = await getDraftStatement(tx, draft.id, described.document.content);
    await writeDocumentFile(statementDocument(statement), { dir, name });
    return { number: draft.number, path: join(dir, name) };
  });
}
