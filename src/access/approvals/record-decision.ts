import { sqlOf } from '../../database/sql.ts';
import type { InTransaction } from '../../database/transaction.ts';
import type { Deps } from '../../deps.ts';
import { actorName, type Actor } from '../actor.ts';
import { recordAudit } from '../audit/record-audit.ts';
import type { ApprovalRow } from './approval.queries.ts';
import { isSamePerson } from './approval.rules.ts';

export interface RecordedDecision {
  readonly state: Exclude<ApprovalRow['state'], 'pending'>;
  readonly note?: string | undefined;
}

const verbs = { executed: 'approve', rejected: 'reject', expired: 'expire', void: 'void' } as const;

/** Ends a proposal that is locked, with its audit row. The proposer's own rejection is a withdrawal, without a checker. */
export async function recordDecision(
  tx: InTransaction<Deps>,
  actor: Actor,
  approval: Pick<ApprovalRow, 'id' | 'kind' | 'subject' | 'maker'>,
  { state, note }: RecordedDecision,
): Promise<void> {
  const { id, kind, subject, maker } = approval;
  const isOwn = isSamePerson(maker, actorName(actor));
  const isDecided = state === 'executed' || state === 'rejected';
  const checker = isDecided && !isOwn ? actorName(actor) : null;
  await sqlOf(tx.em)
    .updateTable('approval')
    .set({ state, checker, note: note ?? null, decidedAt: tx.clock.now() })
    .where('id', '=', id)
    .execute();
  await recordAudit(tx, {
    actor: actorName(actor),
    action: `approval.${state === 'rejected' && isOwn ? 'withdraw' : verbs[state]}`,
    subject,
    facts: { approval: id, kind, maker, ...(note !== undefined && { note }) },
    changed: { table: 'approval', key: [id] },
  });
}
