import { listMonthSettlements } from '../../../settlements/month-settlements.queries.ts';
import { countDraftSettlements, proposeSettlements } from '../../../settlements/propose-settlements.ts';
import { defineForm } from '../../kit/define-form.ts';
import { definePage } from '../../kit/define-page.ts';
import { textField } from '../../kit/form-fields.ts';
import { template } from '../../kit/template.ts';
import { requireMonth } from '../month-param.ts';
import { seenFields } from '../seen-fields.ts';
import { proposeMonthView } from './propose-month.view.rules.ts';
import type { SettlementActView } from './settlement-acts.view.rules.ts';
import { settlementsHref } from './settlements.query.ts';

/** As many as one page shows; the sums are of all. */
const SHOWN = 500;

/** All drafts of a month that nobody has proposed, before they are proposed in one act. */
export const proposeMonthPage = definePage({
  name: 'billing.propose-month',
  path: '/billing/settlements/months/:period/propose',
  permission: 'settlements:propose',
  load: async (deps, { actor, params }) => {
    const period = requireMonth(params['period']);
    return {
      period,
      seen: await countDraftSettlements(deps, actor, { period }),
      rows: await listMonthSettlements(deps, actor, { period, state: 'draft', limit: SHOWN }),
    };
  },
  view: proposeMonthView,
  template: template<SettlementActView>('billing/settlement-act'),
});

/** Proposes them as they were seen, or none. */
export const proposeMonthForm = defineForm({
  name: 'billing.propose-month-form',
  path: '/billing/settlements/months/:period/propose',
  permission: 'settlements:propose',
  fields: { ...seenFields, reason: textField({ label: 'billing.settlements.reason', maxLength: 300 }) },
  submit: (deps, { actor, params, input: { count, payout, reason } }) =>
    proposeSettlements(deps, actor, {
      period: requireMonth(params['period']),
      expect: { count, payoutMinor: payout },
      reason,
    }),
  done: (outcomes, { params }) => {
    const refused = outcomes.filter((outcome) => outcome.refused !== undefined).length;
    return {
      to: settlementsHref({ period: params['period'] }),
      flash: refused === 0 ? 'billing.settlements.month-proposed' : 'billing.settlements.month-proposed-but',
      facts: { count: outcomes.length - refused, refused },
    };
  },
  page: proposeMonthPage,
});
