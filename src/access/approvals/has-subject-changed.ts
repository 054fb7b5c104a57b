import { inTransaction } from '../../database/transaction.ts';
import type { Deps } from '../../deps.ts';
import { Problem } from '../../shared/problem.ts';
import type { ApprovalKinds } from './approval-kind.ts';
import type { ApprovalRow } from './approval.queries.ts';
import { hashVersion } from './approval.rules.ts';

/**
 * Whether approving a pending proposal would make it void, because its subject is not what the proposer saw; for the page of a
 * proposal, which the caller was allowed to read. Approving looks again.
 */
export async function hasSubjectChanged(
  deps: Deps,
  kinds: ApprovalKinds,
  approval: Pick<ApprovalRow, 'kind' | 'input' | 'subjectHash' | 'state'>,
): Promise<boolean> {
  const kind = kinds.find((candidate) => candidate.kind === approval.kind);
  if (!kind || approval.state !== 'pending') return false;
  return inTransaction(deps, async (tx) => {
    try {
      const { version } = await kind.lockSubject(tx, kind.readInput(approval.input));
      return hashVersion(version) !== approval.subjectHash;
    } catch (error) {
      // The subject is not there any more, or not in a form that could be decided on.
      if (error instanceof Problem) return true;
      throw error;
    }
  });
}
