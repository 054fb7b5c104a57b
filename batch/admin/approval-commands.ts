import { getApproval, listApprovals } from '../../src/access/approvals/approval.queries.ts';
import { approveChange, rejectChange } from '../../src/access/approvals/decide-approval.ts';
import { approvalKinds } from '../../src/approval-kinds.ts';
import { publicId } from '../../src/shared/public-id.rules.ts';
import { defineCommand, type Command } from '../cli/command.ts';
import { oneOf, optional, publicIdOf, required, text, withDefault } from '../cli/options.ts';
import { presentApproval } from './propose.ts';

const approval = required(publicIdOf('approval'), 'identifier of the proposal');
const note = optional(text('TEXT'), 'why, for the record');
const example = '--approval ap_01JV0000000000000000000000';
const STATES = ['pending', 'executed', 'rejected', 'expired', 'void', 'all'] as const;

export const approvalCommands: readonly Command[] = [
  defineCommand({
    name: 'approval list',
    summary: 'list proposals, the newest first, at most 200',
    changes: false,
    options: {
      state: withDefault(oneOf('STATE', STATES), 'pending', `one of ${STATES.join(', ')}`),
      company: optional(text('CODE'), 'only those of this company'),
    },
    example: '--company shinonome',
    run: async (deps, { state, company }, { actor }) => {
      const subject = company === undefined ? undefined : `company:${company}`;
      const filter = { subject, state: state === 'all' ? undefined : state };
      const rows = await listApprovals(deps, actor, filter);
      return {
        list: rows.map((row) => presentApproval(row).item),
        shown: rows.map(({ id, kind, subject: of, state: now, maker, expiresAt, reason }) => {
          const head = { approval: publicId('approval', id), kind, subject: of, state: now };
          return { ...head, proposedBy: maker, expiresAt, reason };
        }),
        none: state === 'all' ? 'No proposal yet.' : `No proposal is ${state}.`,
      };
    },
  }),
  defineCommand({
    name: 'approval show',
    summary: 'show a proposal: what would change, who proposed it, and why',
    changes: false,
    options: { approval },
    example,
    run: async (deps, options, { actor }) =>
      presentApproval(await getApproval(deps, actor, options.approval)),
  }),
  defineCommand({
    name: 'approval approve',
    summary: 'approve what another person proposed; the change takes effect at once',
    changes: true,
    options: { approval, note },
    example,
    run: async (deps, options, { actor }) => {
      const decision = { approvalId: options.approval, note: options.note };
      await approveChange(deps, actor, approvalKinds, decision);
      return presentApproval(await getApproval(deps, actor, options.approval));
    },
  }),
  defineCommand({
    name: 'approval reject',
    summary: 'reject a proposal, or withdraw your own',
    changes: true,
    options: { approval, note },
    example: `${example} --note "not the account in the letter"`,
    run: async (deps, options, { actor }) => {
      const decision = { approvalId: options.approval, note: options.note };
      await rejectChange(deps, actor, approvalKinds, decision);
      return presentApproval(await getApproval(deps, actor, options.approval));
    },
  }),
];
