import { actorName } from '../../../access/actor.ts';
import { findPeopleNames } from '../../../accounts/people-names.queries.ts';
import { approveSettlements, countPendingSettlements } from '../../../settlements/approve-settlements.ts';
import { listMonthSettlements } from '../../../settlements/month-settlements.queries.ts';
import { defineForm } from '../../kit/define-form.ts';
import { definePage } from '../../kit/define-page.ts';
import { optional, textField } from '../../kit/form-fields.ts';
import { template } from '../../kit/template.ts';
import { requireMonth } from '../month-param.ts';
import { seenFields } from '../seen-fields.ts';
import { settlementMonthView, type SettlementMonthView } from './settlement-month.view.rules.ts';

/** As many as one page shows; the sums are of all. */
const SHOWN = 500;

/** All proposals of a month's settlements, before they are approved in one act. */
export const settlementMonthPage = definePage({
  name: 'billing.approve-month',
  path: '/billing/approvals/settlements/:period',
  permission: 'settlements:approve',
  load: async (deps, { actor, params }) => {
    const period = requireMonth(params['period']);
    const rows = await listMonthSettlements(deps, actor, { period, state: 'proposed', limit: SHOWN });
    return {
      period,
      me: actorName(actor),
      seen: await countPendingSettlements(deps, actor, { period }),
      rows,
      names: await findPeopleNames(
        deps,
        rows.map(({ maker }) => maker),
      ),
    };
  },
  view: settlementMonthView,
  template: template<SettlementMonthView>('billing/settlement-act'),
});

/** Approves them as they were seen: those that have changed since, or are the approver's own, stay as they are. */
export const settlementMonthForm = defineForm({
  name: 'billing.approve-month-form',
  path: '/billing/approvals/settlements/:period',
  permission: 'settlements:approve',
  stepUp: true,
  fields: {
    ...seenFields,
    note: optional(textField({ label: 'billing.approvals.note', maxLength: 300 })),
  },
  submit: (deps, { actor, params, input: { count, payout, note } }) =>
    approveSettlements(deps, actor, {
      period: requireMonth(params['period']),
      expect: { count, payoutMinor: payout },
      note,
    }),
  done: (outcomes) => {
    const refused = outcomes.filter((outcome) => outcome.refused !== undefined).length;
    return {
      to: '/billing/approvals',
      flash: refused === 0 ? 'billing.approvals.month-approved' : 'billing.approvals.month-approved-but',
      facts: { count: outcomes.length - refused, refused },
    };
  },
  page: settlementMonthPage,
});
