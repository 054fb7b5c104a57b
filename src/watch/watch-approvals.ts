import type { ApprovalKind } from '../access/approvals/approval-kind.ts';
import { ownedBy } from '../access/owned-by.ts';
import { applyServiceState } from '../companies/change-service-state.ts';
import { sqlOf } from '../database/sql.ts';
import type { InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { holdSettlement } from '../settlements/hold-settlement.ts';
import { lockSettlement } from '../settlements/lock-draft.ts';
import { Problem } from '../shared/problem.ts';

export interface HoldPayout {
  /** Number of the approved settlement. */
  readonly number: string;
  /** Stands on the held settlement. */
  readonly reason: string;
}

/** The payout of a settlement is held: one person proposes it on the figures, another approves. */
export const watchHoldApproval: ApprovalKind<HoldPayout> = {
  kind: 'watch.hold-payout',
  propose: 'watch:propose',
  approve: 'watch:approve',
  readInput: (stored) => stored as unknown as HoldPayout,
  async lockSubject(tx, { number }) {
    const { state, heldReason, revision, payoutMinor } = await lockSettlement(tx, number);
    return { subject: `settlement:${number}`, version: { state, heldReason, revision, payoutMinor } };
  },
  async preview(tx, { number, reason }) {
    const { state, heldReason } = await lockSettlement(tx, number);
    if (state !== 'approved' || heldReason !== null)
      throw new Problem('illegal-state', { detail: `${number} is ${heldReason === null ? state : 'held'}.` });
    return { heldReason: { before: null, after: reason } };
  },
  async execute(tx, { actor }, input) {
    await holdSettlement(tx, actor, input);
  },
};

export interface SuspendService {
  readonly companyCode: string;
  readonly code: string;
}

/** A service sells nothing more: one person proposes it on the figures, another approves. */
export const watchSuspensionApproval: ApprovalKind<SuspendService> = {
  kind: 'watch.suspend-service',
  propose: 'watch:propose',
  approve: 'watch:approve',
  readInput: (stored) => stored as unknown as SuspendService,
  async lockSubject(tx, input) {
    const { id, state } = await lockService(tx, input);
    return { subject: `service:${input.companyCode}/${input.code}`, version: { id, state } };
  },
  async preview(tx, input) {
    const { state } = await lockService(tx, input);
    return state === 'suspended' ? {} : { state: { before: state, after: 'suspended' } };
  },
  async execute(tx, { actor, facts }, input) {
    const owned = ownedBy(actor, 'watch:approve');
    await applyServiceState(tx, { actor, owned, facts }, { ...input, state: 'suspended' });
  },
};

async function lockService(tx: InTransaction<Deps>, { companyCode, code }: SuspendService) {
  const row = await sqlOf(tx.em)
    .selectFrom('service as s')
    .innerJoin('company as c', 'c.id', 's.companyId')
    .select(['s.id', 's.state'])
    .where('c.code', '=', companyCode)
    .where('s.code', '=', code)
    .forUpdate()
    .executeTakeFirst();
  if (!row) throw new Problem('service-not-found', { detail: `${companyCode} has no service ${code}.` });
  return row;
}
