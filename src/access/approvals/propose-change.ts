import { recordAudit } from '../audit/record-audit.ts';
import { sqlOf } from '../../database/sql.ts';
import { inTransaction, type InTransaction } from '../../database/transaction.ts';
import type { Deps } from '../../deps.ts';
import { Problem } from '../../shared/problem.ts';
import { publicId } from '../../shared/public-id.rules.ts';
import { actorName, type Actor } from '../actor.ts';
import { authorize } from '../authorize.ts';
import type { ApprovalKind } from './approval-kind.ts';
import { APPROVAL_DAYS, assertProvenPerson, checkReason, hashVersion } from './approval.rules.ts';
import { recordDecision } from './record-decision.ts';

const DAY_MS = 24 * 60 * 60_000;

export interface Proposal<Input> {
  readonly input: Input;
  /** Why, for the person who has to approve it. */
  readonly reason: string;
}

/**
 * Proposes a change that takes two people: nothing changes until another person approves it. The input is checked now,
 * as it will be again at approval. Returns the identifier of the proposal.
 * @throws Problem `permission-denied`, `approval-needs-person`, `approval-pending` when one of that kind waits for the
 * subject already, `approval-changes-nothing`, and whatever the change itself refuses.
 */
export async function proposeChange<Input extends object>(
  deps: Deps,
  actor: Actor,
  kind: ApprovalKind<Input>,
  { input, reason }: Proposal<Input>,
): Promise<string> {
  authorize(actor, kind.propose);
  assertProvenPerson(actor, deps.config.mode);
  checkReason({ reason });
  return inTransaction(deps, async (tx) => {
    await kind.assertReach?.(tx, { actor, permission: kind.propose }, input);
    const { subject, version } = await kind.lockSubject(tx, input);
    const changes = await kind.preview(tx, input);
    if (Object.keys(changes).length === 0) throw new Problem('approval-changes-nothing');
    await clearWaiting(tx, actor, { kind: kind.kind, subject });
    const id = tx.ids.next();
    const now = tx.clock.now();
    await sqlOf(tx.em)
      .insertInto('approval')
      .values({
        id,
        kind: kind.kind,
        subject,
        input: asJson(input),
        changes: asJson(changes),
        subjectHash: hashVersion(version),
        reason,
        state: 'pending',
        maker: actorName(actor),
        proposedAt: now,
        expiresAt: new Date(now.getTime() + APPROVAL_DAYS * DAY_MS),
        checker: null,
        decidedAt: null,
        note: null,
      })
      .execute();
    const facts = { approval: id, kind: kind.kind, changes, reason };
    const changed = { table: 'approval', key: [id] } as const;
    await recordAudit(tx, { actor: actorName(actor), action: 'approval.propose', subject, facts, changed });
    return id;
  });
}

/** An expired one makes room; one that is pending has to be decided first. @throws Problem `approval-pending`. */
async function clearWaiting(
  tx: InTransaction<Deps>,
  actor: Actor,
  { kind, subject }: { readonly kind: string; readonly subject: string },
): Promise<void> {
  const waiting = await sqlOf(tx.em)
    .selectFrom('approval')
    .select(['id', 'kind', 'subject', 'maker', 'expiresAt'])
    .where('kind', '=', kind)
    .where('subject', '=', subject)
    .where('state', '=', 'pending')
    .forUpdate()
    .executeTakeFirst();
  if (!waiting) return;
  if (waiting.expiresAt > tx.clock.now()) {
    const approval = publicId('approval', waiting.id);
    throw new Problem('approval-pending', {
      detail: `${approval} is pending for ${subject}: approve or reject it first.`,
      facts: { approval },
    });
  }
  await recordDecision(tx, actor, waiting, { state: 'expired' });
}

/** Amounts as text, dates as ISO: what JSON can hold. */
function asJson(value: object): Record<string, unknown> {
  const text = JSON.stringify(value, (_, member: unknown) =>
    typeof member === 'bigint' ? String(member) : member,
  );
  return JSON.parse(text) as Record<string, unknown>;
}
