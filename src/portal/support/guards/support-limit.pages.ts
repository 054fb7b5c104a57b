import { setLineLimit } from '../../../lines/set-line-limit.ts';
import { MAX_AMOUNT_MINOR } from '../../../shared/money.ts';
import { defineForm } from '../../kit/define-form.ts';
import { definePage, type ViewFrame } from '../../kit/define-page.ts';
import { moneyField, optional } from '../../kit/form-fields.ts';
import type { SectionsView } from '../../kit/sections.types.ts';
import { template } from '../../kit/template.ts';
import { limitFacts } from '../../line-limits.view.rules.ts';
import { reasonFields, reasonInputs } from '../acts/reason.rules.ts';
import { lineHref } from '../support-links.rules.ts';
import { getTenureToSet } from './load-guards.ts';

type Loaded = Awaited<ReturnType<typeof getTenureToSet>>;

/** The limit that the support centre itself sets for a line, with who asked for it and why. */
export const supportLimitPage = definePage({
  name: 'support.support-limit',
  path: '/support/lines/:line/support-limit',
  permission: 'lines:limit',
  under: '/support',
  load: getTenureToSet,
  view: supportLimitView,
  template: template<SectionsView>('kit/sections'),
});

export const supportLimitForm = defineForm({
  name: 'support.support-limit-form',
  path: '/support/lines/:line/support-limit',
  permission: 'lines:limit',
  fields: {
    amount: optional(moneyField('support.guards.amount', { max: MAX_AMOUNT_MINOR })),
    ...reasonFields,
  },
  submit: async (deps, { actor, params, input: { amount, ...reason } }) => {
    const { tenure } = await getTenureToSet(deps, { actor, params });
    await setLineLimit(deps, actor, { lineId: tenure.lineId, limitMinor: amount ?? null, reason });
    return tenure;
  },
  done: ({ lineId }) => ({ to: lineHref(lineId), flash: 'support.guards.at-once' }),
  page: supportLimitPage,
});

function supportLimitView({ line: { lineId }, limits }: Loaded, frame: ViewFrame): SectionsView {
  const { t } = frame;
  return {
    title: t('support.guards.support-limit'),
    crumbs: [
      { href: '/support', label: t('support.search.title') },
      { href: lineHref(lineId), label: lineId },
    ],
    sections: [{ id: 'limits', title: t('support.line.limits'), facts: limitFacts(limits, frame) }],
    confirm: {
      title: t('support.guards.support-limit-question'),
      texts: [t('support.guards.support-limit-effect')],
      fields: [
        {
          name: 'amount',
          label: t('support.guards.amount'),
          hint: t('support.guards.support-limit-hint'),
          isOptional: true,
        },
        ...reasonInputs(frame),
      ],
      formName: 'support.support-limit-form',
      action: `${lineHref(lineId)}/support-limit`,
      label: t('support.guards.go'),
      back: lineHref(lineId),
    },
  };
}
