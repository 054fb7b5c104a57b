import { sqlOf } from '../../database/sql.ts';
import { emOf, type InTransaction } from '../../database/transaction.ts';
import type { Deps } from '../../deps.ts';
import { Problem } from '../../shared/problem.ts';
import { actorName, type Actor } from '../actor.ts';
import { authorize } from '../authorize.ts';
import type { Approval } from './approval.entity.ts';
import { maskAccountsIn } from '../../shared/mask-account.rules.ts';
import { can } from '../can.rules.ts';
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

/** Which proposals to list; each condition narrows the others. */
export interface ApprovalFilter {
  /** `decided`: whatever waits no more. */
  readonly state?: ApprovalState | 'decided' | undefined;
  readonly subject?: string | undefined;
  readonly kind?: string | undefined;
  /** What the actor has proposed, or what others have. */
  readonly proposedBy?: 'me' | 'others' | undefined;
  /** Identifier of the last one of the page before. */
  readonly after?: string | undefined;
  /** At most this many; 200 by default. */
  readonly limit?: number | undefined;
}

/** Proposals, newest first, with their effective state. @throws Problem `permission-denied`. */
export async function listApprovals(
  deps: Deps,
  actor: Actor,
  filter: ApprovalFilter,
): Promise<ApprovalRow[]> {
  authorize(actor, 'approvals:read');
  const now = deps.clock.now();
  const { state, subject, kind, proposedBy, after, limit = LISTED } = filter;
  const rows = await sqlOf(emOf(deps))
    .selectFrom('approval')
    .select(columns)
    .$if(subject !== undefined, (query) => query.where('subject', '=', subject!))
    .$if(kind !== undefined, (query) => query.where('kind', '=', kind!))
    .$if(after !== undefined, (query) => query.where('id', '<', after!))
    .$if(proposedBy !== undefined, (query) =>
      query.where('maker', proposedBy === 'me' ? '=' : '<>', actorName(actor)),
    )
    .$if(state === 'pending', (query) => query.where('state', '=', 'pending').where('expiresAt', '>', now))
    .$if(state === 'expired', (query) =>
      query.where(({ eb, and, or }) =>
        or([eb('state', '=', 'expired'), and([eb('state', '=', 'pending'), eb('expiresAt', '<=', now)])]),
      ),
    )
    .$if(state === 'decided', (query) =>
      query.where(({ eb, or }) => or([eb('state', '<>', 'pending'), eb('expiresAt', '<=', now)])),
    )
    .$if(state === 'executed' || state === 'rejected' || state === 'void', (query) =>
      query.where('state', '=', state as ApprovalState),
    )
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
  return rows.map((row) => shownTo(actor, { ...row, state: effectiveApprovalState(row, now) }));
}

/** How many proposals wait: those of others, and the actor's own. @throws Problem `permission-denied`. */
export async function countPendingApprovals(
  deps: Deps,
  actor: Actor,
): Promise<{ readonly ofOthers: number; readonly own: number }> {
  authorize(actor, 'approvals:read');
  const rows = await sqlOf(emOf(deps))
    .selectFrom('approval')
    .select(({ fn }) => ['maker', fn.countAll().as('count')])
    .where('state', '=', 'pending')
    .where('expiresAt', '>', deps.clock.now())
    .groupBy('maker')
    .execute();
  const me = actorName(actor);
  const count = (isOwn: boolean) =>
    rows.filter(({ maker }) => (maker === me) === isOwn).reduce((sum, row) => sum + Number(row.count), 0);
  return { ofOthers: count(false), own: count(true) };
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
  return shownTo(actor, { ...row, state: effectiveApprovalState(row, deps.clock.now()) });
}

/** Account numbers are whole for who may read them, and for who decides on the account of a refund: they compare them. */
function shownTo(actor: Actor, row: ApprovalRow): ApprovalRow {
  if (can(actor, 'bank-accounts:read')) return row;
  if (row.kind.startsWith('refund.') && can(actor, 'refunds:approve')) return row;
  return { ...row, input: maskAccountsIn(row.input), changes: maskAccountsIn(row.changes) };
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
