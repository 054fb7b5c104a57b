import type { Actor } from '../access/actor.ts';
import { authorize } from '../access/authorize.ts';
import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';

/** What happened to a settlement, besides what the proposal itself records. */
export const historySteps = [
  'settlement.draft',
  'approval.propose',
  'approval.reject',
  'approval.withdraw',
  'approval.void',
  'approval.expire',
  'settlement.approve',
  'settlement.reject',
  'settlement.hold',
  'settlement.release',
  'settlement.pay',
  'statement.issue',
  'statement.correct',
] as const;

export interface HistoryStep {
  readonly at: Date;
  readonly action: (typeof historySteps)[number];
  /** As `actorName` writes it. */
  readonly actor: string;
  readonly reason: string | undefined;
}

/** The history of a settlement by its number, oldest first, at most 500 steps. @throws Problem `permission-denied` */
export async function listSettlementHistory(
  deps: Deps,
  actor: Actor,
  { id, number }: { readonly id: string; readonly number: string },
): Promise<HistoryStep[]> {
  authorize(actor, 'settlements:read');
  const sql = sqlOf(emOf(deps));
  const drafted = await sql
    .selectFrom('event')
    .select('occurredAt')
    .where('subjectKind', '=', 'settlement')
    .where('subjectId', '=', id)
    .where('type', '=', 'settlement.drafted')
    .orderBy('id')
    .limit(100)
    .execute();
  const acts = await sql
    .selectFrom('audit_entry')
    .select(['at', 'action', 'actor', 'facts'])
    // A correction of its statement has its number with another one after it.
    .where(({ eb, or }) =>
      or([eb('subject', '=', `settlement:${number}`), eb('subject', 'like', `settlement:${number}-%`)]),
    )
    .where('action', 'in', historySteps)
    .orderBy('at')
    .orderBy('id')
    .limit(400)
    .execute();
  const steps = [
    ...drafted.map(({ occurredAt }) => ({
      at: occurredAt,
      action: 'settlement.draft' as const,
      actor: 'job:settle-companies',
      reason: undefined,
    })),
    ...acts.map(({ at, action, actor: who, facts }) => ({
      at,
      action: action as HistoryStep['action'],
      actor: who,
      reason: reasonIn(facts),
    })),
  ];
  return steps.toSorted((one, other) => one.at.getTime() - other.at.getTime());
}

function reasonIn(facts: Readonly<Record<string, unknown>>): string | undefined {
  const text = facts['reason'] ?? facts['note'] ?? facts['paidOn'];
  return typeof text === 'string' ? text : undefined;
}
