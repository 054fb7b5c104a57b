import type { ApprovalKind } from '../access/approvals/approval-kind.ts';
import type { ChangeAuthority } from '../access/approvals/change-authority.ts';
import { isSetByTwo } from '../access/approvals/set-by-two.queries.ts';
import { ownedBy } from '../access/owned-by.ts';
import { applyServiceState, type ChangeServiceState } from '../companies/change-service-state.ts';
import { serviceSubject, suspensionKinds } from '../companies/suspension-kinds.rules.ts';
import { sqlOf } from '../database/sql.ts';
import type { InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { holdKinds, holdSubject } from '../settlements/hold-kinds.rules.ts';
import { applyHold } from '../settlements/hold-settlement.ts';
import { lockSettlement } from '../settlements/lock-draft.ts';
import { Problem } from '../shared/problem.ts';

export interface HoldPayout {
  /** Number of the approved settlement. */
  readonly number: string;
  /** Stands on the held settlement; of a release, in the audit trail. */
  readonly reason: string;
}

const rights = { propose: 'watch:propose', approve: 'watch:approve' } as const;

/** The payout of a settlement is held: one person proposes it on the figures, another approves. */
export const watchHoldApproval: ApprovalKind<HoldPayout> = {
  kind: holdKinds.set,
  ...rights,
  readInput: (stored) => stored as unknown as HoldPayout,
  lockSubject: lockHold,
  async preview(tx, { number, reason }) {
    const { state, heldReason } = await lockSettlement(tx, number);
    if (state !== 'approved' || heldReason !== null)
      throw new Problem('illegal-state', { detail: `${number} is ${heldReason === null ? state : 'held'}.` });
    return { heldReason: { before: null, after: reason } };
  },
  async execute(tx, authority, input) {
    await applyHold(tx, authority, { ...input, hold: true });
  },
};

/** A payout that two people have held goes: two people again. One that one person has held needs no proposal. */
export const watchReleaseApproval: ApprovalKind<HoldPayout> = {
  kind: holdKinds.lift,
  ...rights,
  readInput: (stored) => stored as unknown as HoldPayout,
  lockSubject: lockHold,
  async preview(tx, { number }) {
    const { heldReason } = await lockSettlement(tx, number);
    if (heldReason === null || !(await isSetByTwo(tx, holdKinds, holdSubject(number))))
      throw new Problem('illegal-state', { detail: `Two people do not hold ${number}.` });
    return { heldReason: { before: heldReason, after: null } };
  },
  async execute(tx, authority, input) {
    await applyHold(tx, authority, { ...input, hold: false });
  },
};

async function lockHold(tx: InTransaction<Deps>, { number }: HoldPayout) {
  const { state, heldReason, revision, payoutMinor } = await lockSettlement(tx, number);
  return { subject: holdSubject(number), version: { state, heldReason, revision, payoutMinor } };
}

export interface SuspendService {
  readonly companyCode: string;
  readonly code: string;
}

/** A service sells nothing more: one person proposes it on the figures, another approves. */
export const watchSuspensionApproval: ApprovalKind<SuspendService> = {
  kind: suspensionKinds.set,
  ...rights,
  readInput: (stored) => stored as unknown as SuspendService,
  lockSubject: lockState,
  async preview(tx, input) {
    const { state } = await lockService(tx, input);
    return state === 'suspended' ? {} : { state: { before: state, after: 'suspended' } };
  },
  execute: (tx, authority, input) => setState(tx, authority, { ...input, state: 'suspended' }),
};

/** A service that two people have suspended sells again: two people again. */
export const watchResumptionApproval: ApprovalKind<SuspendService> = {
  kind: suspensionKinds.lift,
  ...rights,
  readInput: (stored) => stored as unknown as SuspendService,
  lockSubject: lockState,
  async preview(tx, input) {
    const { state } = await lockService(tx, input);
    if (!(await isSetByTwo(tx, suspensionKinds, serviceSubject(input))))
      throw new Problem('illegal-state', { detail: `Two people have not suspended ${input.code}.` });
    return state === 'active' ? {} : { state: { before: state, after: 'active' } };
  },
  execute: (tx, authority, input) => setState(tx, authority, { ...input, state: 'active' }),
};

async function lockState(tx: InTransaction<Deps>, input: SuspendService) {
  const { id, state } = await lockService(tx, input);
  return { subject: serviceSubject(input), version: { id, state } };
}

async function setState(
  tx: InTransaction<Deps>,
  { actor, facts }: ChangeAuthority,
  input: ChangeServiceState,
): Promise<void> {
  await applyServiceState(tx, { actor, owned: ownedBy(actor, 'watch:approve'), facts }, input);
}

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
