import type { Readable } from 'node:stream';
import type { Actor } from '../access/actor.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../shared/problem.ts';
import { findLastIssued, openStatementFile } from '../statements/statement-of-settlement.ts';
import { getApprovedSettlement } from './own-settlements.queries.ts';

/**
 * The statement of one of the company's approved settlements as it was issued, or its last correction.
 * @throws Problem `settlement-not-found`, `statement-not-found` before it is issued, `illegal-state` when its file is lost
 */
export async function readApprovedStatement(
  deps: Deps,
  actor: Actor,
  number: string,
): Promise<{ readonly name: string; readonly body: Readable }> {
  const { id } = await getApprovedSettlement(deps, actor, number);
  const issued = await findLastIssued(deps, id);
  if (!issued) throw new Problem('statement-not-found');
  return await openStatementFile(deps, issued);
}
