import { recordAudit } from '../audit/record-audit.ts';
import { sqlOf } from '../../database/sql.ts';
import { inTransaction } from '../../database/transaction.ts';
import type { Deps } from '../../deps.ts';
import { invalidInput } from '../../shared/check-input.ts';
import { Problem } from '../../shared/problem.ts';
import { actorName, type Actor } from '../actor.ts';
import { authorize } from '../authorize.ts';
import type { ApprovalKind } from './approval-kind.ts';
import { APPROVAL_DAYS, assertProvenPerson, hashVersion } from './approval.rules.ts';

const DAY_MS = 24 * 60 * 60_000;
const MAX_REASON = 300;

interface Proposal<Input> {
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
  if (reason.trim() === '' || reason.length > MAX_REASON) {
    throw invalidInput([{ pointer: '/reason', message: `must be 1 to ${MAX_REASON} characters` }]);
  }
  return inTransaction(deps, async (tx) => {
    const { subject, version, changes } = await kind.prepare(tx, input);
    if (Object.keys(changes).length === 0) throw new Problem('approval-changes-nothing');
    await clearWaiting(tx, kind.kind, subject);
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
    await recordAudit(tx, { actor: actorName(actor), action: 'approval.propose', subject, facts });
    return id;
  });
}

/** One that has expired makes room; one that still waits is to be decided first. @throws Problem `approval-pending`. */
async function clearWaiting(tx: Parameters<ApprovalKind['prepare']>[0], kind: string, subject: string) {
  const waiting = await sqlOf(tx.em)
    .selectFrom('approval')
    .select(['id', 'expiresAt'])
    .where('kind', '=', kind)
    .where('subject', '=', subject)
    .where('state', '=', 'pending')
    .forUpdate()
    .executeTakeFirst();
  if (!waiting) return;
  const now = tx.clock.now();
  if (waiting.expiresAt > now) {
    throw new Problem('approval-pending', {
      detail: `ap_${waiting.id} waits for ${subject}: approve or reject it first.`,
      facts: { approval: `ap_${waiting.id}` },
    });
  }
  await sqlOf(tx.em)
    .updateTable('approval')
    .set({ state: 'expired', decidedAt: now })
    .where('id', '=', waiting.id)
    .execute();
}

/** Amounts as text, dates as ISO: what JSON can hold. */
function asJson(value: object): Record<string, unknown> {
  const text = JSON.stringify(value, (_, member: unknown) =>
    typeof member === 'bigint' ? String(member) : member,
  );
  return JSON.parse(text) as Record<string, unknown>;
}
