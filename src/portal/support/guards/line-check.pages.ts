import { checkLineNow, type LiveLineCheck } from '../../../lines/check-line-now.ts';
import { getLineOverview } from '../../../limits/line-overview.queries.ts';
import type { BadgeView } from '../../kit/component.types.ts';
import { defineRevealingForm } from '../../kit/define-form.ts';
import { definePage, type ViewFrame } from '../../kit/define-page.ts';
import { textField } from '../../kit/form-fields.ts';
import type { SectionsView } from '../../kit/sections.types.ts';
import { template } from '../../kit/template.ts';
import { limitLiveChecks } from '../../live-check-limit.ts';
import { requireLineId } from '../../../lines/search-lines.queries.ts';
import { lineHref } from '../support-links.rules.ts';

/** Asks for the address of the caller's browser. */
export const lineCheckPage = definePage({
  name: 'support.line-check',
  path: '/support/lines/:line/check',
  permission: 'lines:check',
  under: '/support',
  load: async (deps, { actor, params }) => {
    const { lineId } = await getLineOverview(deps, actor, requireLineId(params['line']));
    return { lineId };
  },
  view: lineCheckView,
  template: template<SectionsView>('kit/sections'),
});

/** Asks the AAA server, and shows what it said: nothing changes, so the answer is the page itself. */
export const lineCheckForm = defineRevealingForm({
  name: 'support.line-check-form',
  path: '/support/lines/:line/check',
  permission: 'lines:check',
  fields: { address: textField({ label: 'support.check.address', maxLength: 45 }) },
  submit: (deps, { actor, params, input: { address } }) => {
    limitLiveChecks(deps.lineCheck, actor);
    return checkLineNow(deps, actor, { lineId: requireLineId(params['line']), address });
  },
  reveal: { view: answerView, template: template<SectionsView>('kit/sections') },
  page: lineCheckPage,
});

function lineCheckView({ lineId }: { readonly lineId: string }, { t }: ViewFrame): SectionsView {
  const back = lineHref(lineId);
  return {
    title: t('support.check.title'),
    crumbs: [
      { href: '/support', label: t('support.search.title') },
      { href: back, label: lineId },
    ],
    sections: [],
    confirm: {
      title: t('support.check.question'),
      texts: [t('support.check.effect')],
      fields: [{ name: 'address', label: t('support.check.address'), hint: t('support.check.address-hint') }],
      formName: 'support.line-check-form',
      action: `${back}/check`,
      label: t('support.check.go'),
      back,
    },
  };
}

const TONES = { accepted: 'good', refused: 'bad', unknown: 'warn' } as const;

function answerView(answer: LiveLineCheck, frame: ViewFrame): SectionsView {
  const { t, format } = frame;
  const { lineId, address, outcome, tookMs, at } = answer;
  const badge: BadgeView = { tone: TONES[outcome.kind], text: t(`support.check.${outcome.kind}`) };
  return {
    ...lineCheckView({ lineId }, frame),
    headBadge: badge,
    sections: [
      {
        id: 'answer',
        title: t('support.check.answer'),
        text: t(
          outcome.kind === 'accepted' ? 'support.check.accepted-text' : `support.check.${outcome.reason}`,
        ),
        facts: [
          { label: t('support.charge.line'), text: lineId },
          { label: t('support.check.address'), text: address },
          {
            label: t('support.check.server'),
            text: ('server' in outcome ? outcome.server : undefined) ?? t('support.check.no-server'),
          },
          { label: t('support.check.took'), text: t('support.check.ms', { ms: format.count(tookMs) }) },
          { label: t('support.check.at'), text: format.dateTime(at) },
        ],
      },
    ],
  };
}
