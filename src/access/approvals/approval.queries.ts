import { sqlOf } from '../../database/sql.ts';
import { emOf, type InTransaction } from '../../database/transaction.ts';
import type { Deps } from '../../deps.ts';
import { Problem } from '../../shared/problem.ts';
import type { Actor } from '../actor.ts';
import { authorize } from '../authorize.ts';
import type { Approval } from './approval.entity.ts';
import { effectiveApprovalState, type ApprovalState } from './approval.rules.ts';

export type ApprovalRow = Omit<Approval, 'isPending'>;

const columns = [
  'id',
  'kind',
  'subject',
  'input',
  'changes',
  'subjectHash',
  'reason',
  'state',
  'maker',
  'proposedAt',
  'expiresAt',
  'checker',
  'decidedAt',
  'note',
] as const;

const LISTED = 200;

/** The pending proposals of a subject, at most one of a kind, to be shown beside it. */
export async function listPending(deps: Deps, subject: string): Promise<ApprovalRow[]> {
  return await sqlOf(emOf(deps))
    .selectFrom('approval')
    .select(columns)
    .where('subject', '=', subject)
    .where('state', '=', 'pending')
    .where('expiresAt', '>', deps.clock.now())
    .orderBy('id')
    .execute();
}

interface ApprovalFilter {
  readonly state?: ApprovalState | undefined;
  readonly subject?: string | undefined;
}

/** Proposals, newest first, with their effective state; at most 200. @throws Problem `permission-denied`. */
export async function listApprovals(
  deps: Deps,
  actor: Actor,
  filter: ApprovalFilter,
): Promise<ApprovalRow[]> {
  authorize(actor, 'approvals:read');
  const now = deps.clock.now();
  const { state, subject } = filter;
  const rows = await sqlOf(emOf(deps))
    .selectFrom('approval')
    .select(columns)
    .$if(subject !== undefined, (query) => query.where('subject', '=', subject!))
    .$if(state === 'pending', (query) => query.where('state', '=', 'pending').where('expiresAt', '>', now))
    .$if(state === 'expired', (query) =>
      query.where(({ eb, and, or }) =>
        or([eb('state', '=', 'expired'), and([eb('state', '=', 'pending'), eb('expiresAt', '<=', now)])]),
      ),
    )
    .$if(state !== undefined && state !== 'pending' && state !== 'expired', (query) =>
      query.where('state', '=', state!),
    )
    .orderBy('id', 'desc')
    .limit(LISTED)
    .execute();
  return rows.map((row) => ({ ...row, state: effectiveApprovalState(row, now) }));
}

/** One proposal with its effective state. @throws Problem `approval-not-found`, `permission-denied`. */
export async function getApproval(deps: Deps, actor: Actor, id: string): Promise<ApprovalRow> {
  authorize(actor, 'approvals:read');
  const row = await sqlOf(emOf(deps))
    .selectFrom('approval')
    .select(columns)
    .where('id', '=', id)
    .executeTakeFirst();
  if (!row) throw new Problem('approval-not-found');
  return { ...row, state: effectiveApprovalState(row, deps.clock.now()) };
}

/** The same, locked until the transaction ends, as it is stored. @throws Problem `approval-not-found`. */
export async function lockApproval(tx: InTransaction<Deps>, id: string): Promise<ApprovalRow> {
  const row = await sqlOf(tx.em)
    .selectFrom('approval')
    .select(columns)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  if (!row) throw new Problem('approval-not-found');
  return row;
}
