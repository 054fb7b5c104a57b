import type { listOpenCasesOfLine } from '../../../cases/case-queue.queries.ts';
import type { Colleague } from '../../../cases/colleague.queries.ts';
import type { DeskCase } from '../../../cases/desk-case.queries.ts';
import type { ViewFrame } from '../../kit/define-page.ts';
import type { SectionsView } from '../../kit/sections.types.ts';
import { caseHref } from '../support-links.rules.ts';
import { actView } from './acts.view.rules.ts';

interface Giving {
  readonly found: DeskCase;
  readonly colleagues: readonly Colleague[];
}

/** Gives a case to a colleague. */
export function giveView({ found, colleagues }: Giving, frame: ViewFrame): SectionsView {
  const { t } = frame;
  const confirm = {
    title: t('support.case.give.title'),
    fields: [
      {
        name: 'to',
        label: t('support.case.give.to'),
        options: colleagues.map(({ account, name }) => ({ value: account, label: name })),
      },
    ],
    formName: 'support.case-give-form',
    action: `${caseHref(found.number)}/give`,
    label: t('support.case.act.give'),
  };
  return actView(t('support.case.act.give'), found, confirm, frame);
}

interface Merging {
  readonly found: DeskCase;
  readonly others: Awaited<ReturnType<typeof listOpenCasesOfLine>>;
}

/** Merges a case into another one of its line. */
export function mergeView({ found, others }: Merging, frame: ViewFrame): SectionsView {
  const { t, format } = frame;
  const confirm = {
    title: t('support.case.merge.title'),
    texts: [t('support.case.merge.text')],
    ...(others.length === 0 && {
      banner: { tone: 'info' as const, text: t('support.case.merge.none') },
    }),
    fields: [
      {
        name: 'into',
        label: t('support.case.merge.into'),
        options: others.map(({ number, kind, openedAt }) => ({
          value: number,
          label: t('support.case.merge.option', {
            number,
            kind: t(`support.cases.kind.${kind}`),
            date: format.dateTime(openedAt),
          }),
        })),
      },
    ],
    formName: 'support.case-merge-form',
    action: `${caseHref(found.number)}/merge`,
    label: t('support.case.merge.go'),
  };
  return actView(t('support.case.act.merge'), found, confirm, frame);
}
