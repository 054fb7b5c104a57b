import { caseKinds } from '../../../cases/case-kinds.rules.ts';
import type { ViewFrame } from '../../kit/define-page.ts';
import type { SectionsView } from '../../kit/sections.types.ts';
import { CASES } from './queue.view.rules.ts';

interface Loaded {
  readonly line: string;
  readonly tenure: string | undefined;
  readonly purchase: string;
  readonly description: string | undefined;
}

/** Asks what somebody on the telephone wants. */
export function newCaseView({ line, tenure, purchase, description }: Loaded, { t }: ViewFrame): SectionsView {
  return {
    title: t('support.new-case.title'),
    lead: t('support.new-case.lead'),
    crumbs: [{ href: CASES, label: t('support.cases.title') }],
    sections: [],
    confirm: {
      title: t('support.new-case.what'),
      ...(description !== undefined && {
        facts: [{ label: t('support.new-case.item'), text: description }],
      }),
      fields: [
        {
          name: 'kind',
          label: t('support.cases.kind'),
          options: caseKinds.map((value) => ({ value, label: t(`support.cases.kind.${value}`) })),
        },
        {
          name: 'line',
          label: t('support.cases.line'),
          hint: t('support.new-case.line-hint'),
          value: line,
          isOptional: true,
        },
        {
          name: 'purchase',
          label: t('support.new-case.purchase'),
          hint: t('support.new-case.purchase-hint'),
          value: purchase,
          isOptional: true,
        },
        {
          name: 'text',
          label: t('support.new-case.words'),
          hint: t('support.new-case.words-hint'),
          rows: 6,
        },
        {
          name: 'take',
          label: t('support.new-case.take'),
          options: [
            { value: 'me', label: t('support.new-case.take-me') },
            { value: 'queue', label: t('support.new-case.take-queue') },
          ],
        },
      ],
      ...(tenure !== undefined && { hidden: [{ name: 'tenure', value: tenure }] }),
      formName: 'support.new-case-form',
      action: '/support/new-case',
      label: t('support.new-case.go'),
      back: CASES,
    },
  };
}
