import { approveChange, rejectChange } from '../../../src/access/approvals/decide-approval.ts';
import { approvalKinds } from '../../../src/approval-kinds.ts';
import { sqlOf } from '../../../src/database/sql.ts';
import { cancelMonth } from '../../../src/refunds/cancel-month.ts';
import { proposeRefund } from '../../../src/refunds/refund-approval.ts';
import { refundCharge } from '../../../src/refunds/refund-charge.ts';
import { keyOf } from '../../support/actors.ts';
import { person } from '../../support/people.ts';
import { planCancelledMonth, planRefund } from '../plan/plan-refunds.ts';
import { refundWords } from '../service/refund-words.ts';
import * as shadow from '../shadow/refunds.ts';
import { NOTHING } from '../shadow/outcome.ts';
import type { EventKinds } from './event-kind.ts';

type RefundKinds = 'refund-charge' | 'refund-for' | 'cancel-month' | 'propose-refund' | 'decide-refund';

const agent = person('aiko', 'agent');
const lead = person('leiko', 'lead');
const minorOf = (amount: number | undefined) => (amount === undefined ? undefined : BigInt(amount));

export const refundKinds: Pick<EventKinds, RefundKinds> = {
  'refund-charge': {
    weight: 14,
    plan: planRefund,
    foresee: shadow.refundCharge,
    async perform(service, { refund, charge, company, amount }) {
      const { deps, names } = service;
      const [chargeId, companyId] = [names.charges.idOf(charge), names.companies.idOf(company)!];
      if (chargeId === undefined) return NOTHING;
      const input = { chargeId, amountMinor: minorOf(amount), reason: 'requested' } as const;
      return refundWords(service, refund, (await refundCharge(deps, keyOf(companyId), input)).id);
    },
  },
  'refund-for': {
    foresee: shadow.refundFor,
    async perform(service, { refund, charge, amount }) {
      const chargeId = service.names.charges.idOf(charge);
      if (chargeId === undefined) return NOTHING;
      const input = { chargeId, amountMinor: minorOf(amount), reason: 'goodwill' } as const;
      return refundWords(service, refund, (await refundCharge(service.deps, agent, input)).id);
    },
  },
  'cancel-month': {
    weight: 4,
    plan: planCancelledMonth,
    foresee: shadow.cancelMonth,
    async perform(service, { refund, subscription, month, company }) {
      const { deps, names } = service;
      const subscriptionId = names.subscriptions.idOf(subscription);
      if (subscriptionId === undefined) return NOTHING;
      const actor = keyOf(names.companies.idOf(company)!);
      return refundWords(service, refund, (await cancelMonth(deps, actor, { subscriptionId, month })).id);
    },
  },
  'propose-refund': {
    foresee: shadow.proposeRefund,
    async perform({ deps, names }, { proposal, charge, amount }) {
      const chargeId = names.charges.idOf(charge);
      if (chargeId === undefined) return NOTHING;
      const refund = { chargeId, amountMinor: minorOf(amount), reason: 'goodwill' } as const;
      names.proposals.set(proposal, await proposeRefund(deps, agent, { refund, why: 'a letter' }));
      return 'proposed';
    },
  },
  'decide-refund': {
    foresee: shadow.decideRefund,
    async perform(service, { proposal, refund, approves }) {
      const { deps, names } = service;
      const approvalId = names.proposals.idOf(proposal);
      if (approvalId === undefined) return NOTHING;
      await (approves ? approveChange : rejectChange)(deps, lead, approvalKinds, { approvalId });
      if (!approves) return 'rejected';
      const { id } = await sqlOf(deps.orm.em.fork())
        .selectFrom('refund')
        .select('id')
        .where('approvalId', '=', approvalId)
        .executeTakeFirstOrThrow();
      return refundWords(service, refund, id);
    },
  },
};
