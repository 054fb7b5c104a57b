import { changesBetween, type ApprovalKind } from '../access/approvals/approval-kind.ts';
import type { ChangeAuthority } from '../access/approvals/change-authority.ts';
import { recordAudit } from '../access/audit/record-audit.ts';
import { accountTermsOf, ownTermsOf, shownAccount } from '../bank-accounts/bank-account.rules.ts';
import { sqlOf } from '../database/sql.ts';
import type { InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../shared/problem.ts';
import { lockRefundAccount } from './refund-account.queries.ts';
import { checkRefundAccount, type RefundAccountInput } from './refund-account.rules.ts';

/** The account of the former holder of a line, to whom something is to be paid back by bank; another one replaces it. */
export const refundAccountApproval: ApprovalKind<RefundAccountInput> = {
  kind: 'refund.account',
  propose: 'refunds:write',
  approve: 'refunds:approve',
  assertReach(_, { actor }) {
    if (actor.kind === 'staff') return Promise.resolve();
    throw new Problem('permission-denied', { detail: 'Only the carrier’s people pay former holders.' });
  },
  readInput: (stored) => stored as unknown as RefundAccountInput,
  async lockSubject(tx, input) {
    return { subject: subjectOf(input), version: await lockRefundAccount(tx, input) };
  },
  async preview(tx, input) {
    checkRefundAccount(tx.config, input);
    const { current } = await lockRefundAccount(tx, input);
    return changesBetween(current ? shownAccount(current) : {}, shownAccount(input));
  },
  execute: recordRefundAccount,
};

const subjectOf = ({ lineId, holderFrom }: RefundAccountInput) => `tenure:${lineId}/${holderFrom}`;

/** Records the account; the database refuses any but the one that was approved. */
async function recordRefundAccount(
  tx: InTransaction<Deps>,
  authority: ChangeAuthority,
  input: RefundAccountInput,
): Promise<void> {
  checkRefundAccount(tx.config, input);
  const { approvalId } = authority;
  if (approvalId === null) throw new Problem('approval-required');
  const { lineId, holderFrom } = input;
  const version = (await lockRefundAccount(tx, input)).version + 1;
  const terms = accountTermsOf(input);
  await sqlOf(tx.em)
    .insertInto('refund_account')
    .values({ lineId, holderFrom, version, ...terms, approvalId, createdAt: tx.clock.now() })
    .execute();
  await recordAudit(tx, {
    actor: authority.actorName,
    action: 'refund-account.record',
    subject: subjectOf(input),
    facts: { ...ownTermsOf(input), version, ...authority.facts },
  });
}
