import type { RunDetails } from '../../../runs/run-details.queries.ts';
import type { ConfirmView, HeadView } from '../../kit/component.types.ts';
import type { PageView, ViewFrame } from '../../kit/define-page.ts';
import { nameJob } from '../../kit/job-name.rules.ts';
import { runHref } from '../run-words.rules.ts';

export interface RetryView extends PageView, HeadView {
  readonly confirm: ConfirmView;
}

/** The address on which one parked subject, or all of a run, is tried again. */
export const retryHref = (run: Pick<RunDetails, 'job' | 'businessDate'>, subject?: string): string =>
  `${runHref(run)}/retry${subject === undefined ? '' : `/${encodeURIComponent(subject)}`}`;

/** Asks before what was parked is tried again. */
export function retryView(
  { run, subject }: { readonly run: RunDetails; readonly subject?: string | undefined },
  frame: ViewFrame,
): RetryView {
  const { t, format } = frame;
  const name = nameJob(run.job, frame);
  return {
    title: t('billing.retry.title', { job: name }),
    crumbs: [
      { href: '/billing/runs', label: t('billing.runs.title') },
      { href: runHref(run), label: name },
    ],
    confirm: {
      title: t(subject === undefined ? 'billing.retry.question' : 'billing.retry.question-one'),
      texts: [t('billing.retry.text')],
      facts: [
        { label: t('billing.runs.job'), text: name },
        { label: t('billing.runs.date'), text: format.date(run.businessDate) },
        {
          label: t('billing.run.subject'),
          text: subject ?? t('billing.retry.count', { count: format.count(run.counts.parked) }),
        },
      ],
      formName: subject === undefined ? 'billing.retry-parked-form' : 'billing.retry-one-form',
      action: retryHref(run, subject),
      label: t('billing.retry.yes'),
      back: runHref(run),
    },
  };
}
