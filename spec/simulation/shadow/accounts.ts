import type { EventBodies } from '../history.ts';
import { NOTHING, refused } from './outcome.ts';
import type { Shadow, ShadowAccountProposal } from './state.ts';

/** Days a proposal waits for the second person. */
export const PROPOSAL_MS = 14 * 86_400_000;

/** Another account of a company, proposed by one person: one at a time. */
export function proposeAccount(shadow: Shadow, body: EventBodies['propose-account']): string {
  const { account, company, number, by } = body;
  const current = shadow.accounts.get(company)!.at(-1)!;
  // The first one was entered by one person: that two stand for the same one is a change.
  if (current.number === number && current.maker !== null) return refused('approval-changes-nothing');
  const waiting = [...shadow.accountProposals.values()].find(
    (one) => one.company === company && one.state === 'pending',
  );
  if (waiting && waiting.untilMs > shadow.nowMs) return refused('approval-pending');
  if (waiting) waiting.state = 'expired';
  const untilMs = shadow.nowMs + PROPOSAL_MS;
  shadow.accountProposals.set(account, { company, number, by, untilMs, state: 'pending' });
  return 'proposed';
}

/** Approved by another person: from now on the company is paid there. */
export function decideAccount(shadow: Shadow, body: EventBodies['decide-account']): string {
  const proposal = shadow.accountProposals.get(body.account);
  if (!proposal) return NOTHING;
  if (proposal.state === 'expired') return refused('approval-expired');
  if (proposal.state !== 'pending') return refused('approval-decided');
  if (body.approves && proposal.by === body.by) return refused('approval-own');
  if (proposal.untilMs <= shadow.nowMs) return end(proposal, 'expired', refused('approval-expired'));
  if (!body.approves) return end(proposal, 'rejected', 'rejected');
  const { company, number, by } = proposal;
  shadow.accounts.set(company, [...shadow.accounts.get(company)!, { number, maker: by }]);
  return end(proposal, 'executed', 'approved');
}

function end(proposal: ShadowAccountProposal, state: ShadowAccountProposal['state'], answer: string): string {
  proposal.state = state;
  return answer;
}
