import type { RunDetails } from '../../../runs/run-details.queries.ts';
import type { ConfirmView, HeadView } from '../../kit/component.types.ts';
import type { PageView, ViewFrame } from '../../kit/define-page.ts';
import { nameJob } from '../../kit/job-name.rules.ts';
import { progressOf, runHref } from '../run-words.rules.ts';

export interface StopRunView extends PageView, HeadView {
  readonly confirm: ConfirmView;
}

/** Asks before a run is stopped. */
export function stopRunView(
  { run, now }: { readonly run: RunDetails; readonly now: Date },
  frame: ViewFrame,
): StopRunView {
  const { t, format } = frame;
  const name = nameJob(run.job, frame);
  return {
    title: t('billing.stop.title', { job: name }),
    crumbs: [
      { href: '/billing/runs', label: t('billing.runs.title') },
      { href: runHref(run), label: name },
    ],
    confirm: {
      title: t('billing.stop.question'),
      texts: [t('billing.stop.text')],
      facts: [
        { label: t('billing.runs.job'), text: name },
        { label: t('billing.runs.date'), text: format.date(run.businessDate) },
        { label: t('billing.stop.so-far'), text: progressOf(run, now, frame).text },
      ],
      formName: 'billing.stop-run-form',
      action: `${runHref(run)}/stop`,
      label: t('billing.stop.yes'),
      back: runHref(run),
      isDanger: true,
    },
  };
}
