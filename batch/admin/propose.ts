import type { Actor } from '../../src/access/actor.ts';
import type { ApprovalKind, Change } from '../../src/access/approvals/approval-kind.ts';
import { getApproval, listPending, type ApprovalRow } from '../../src/access/approvals/approval.queries.ts';
import { proposeChange, type Proposal } from '../../src/access/approvals/propose-change.ts';
import type { Deps } from '../../src/deps.ts';
import { formatLocalTime } from '../../src/shared/local-time.rules.ts';
import { publicId } from '../../src/shared/public-id.rules.ts';
import type { ItemResult } from '../cli/command.ts';
import { headingOf } from '../cli/format-cell.rules.ts';
import { required, text } from '../cli/options.ts';

export const reason = required(text('TEXT'), 'why, for the person who approves it');

/** Proposes a change; returns the proposal, with notes on what would change and how it is approved. */
export async function propose<Input extends object>(
  deps: Deps,
  actor: Actor,
  kind: ApprovalKind<Input>,
  proposal: Proposal<Input>,
): Promise<ItemResult> {
  const id = await proposeChange(deps, actor, kind, proposal);
  const result = presentApproval(await getApproval(deps, actor, id));
  return { ...result, notes: ['Nothing has changed yet.', howToDecide(id)] };
}

/** A proposal as programs read it, and as people do: a line for each field that changes. */
export function presentApproval(approval: ApprovalRow): { item: object; shown: object } {
  const { id, kind, subject, state, reason: why, maker, proposedAt, expiresAt } = approval;
  const { checker = null, decidedAt = null, note = null } = approval;
  const changes = Object.entries(approval.changes as Record<string, Change>);
  const head = { approval: publicId('approval', id), kind, subject, state, reason: why };
  const people = { proposedBy: maker, proposedAt, expiresAt, decidedBy: checker, decidedAt, note };
  return {
    item: { ...head, changes: Object.fromEntries(changes), ...people },
    shown: {
      ...head,
      changes: changes.map(
        ([field, { before, after }]) => `${headingOf(field)}: ${before ?? '–'} → ${after ?? '–'}`,
      ),
      ...people,
    },
  };
}

/** What waits for a second person of a company, a sentence each. */
export async function describePending(deps: Deps, companyCode: string): Promise<string[]> {
  const pending = await listPending(deps, `company:${companyCode}`);
  return pending.map(
    ({ id, kind, maker, expiresAt }) =>
      `${publicId('approval', id)} (${kind}), proposed by ${maker}, is pending until ${formatLocalTime(expiresAt, deps.config.timeZone)}.`,
  );
}

/** How a proposal is decided, in one sentence. */
export function howToDecide(id: string): string {
  const approval = publicId('approval', id);
  return `Another person decides: npm run admin -- approval approve --approval ${approval} --as NAME (or approval reject).`;
}
