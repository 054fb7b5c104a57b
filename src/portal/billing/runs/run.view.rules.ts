import { retryableJobs } from '../../../runs/retryable-jobs.rules.ts';
import type { RunDetails } from '../../../runs/run-details.queries.ts';
import type { HeadView, LinkView, TableView } from '../../kit/component.types.ts';
import type { PageView, ViewFrame } from '../../kit/define-page.ts';
import { nameJob } from '../../kit/job-name.rules.ts';
import { badgeOfRun, runHref } from '../run-words.rules.ts';
import { runFiguresView, type RunFiguresView } from './run-figures.view.rules.ts';
import { retryHref } from './retry.view.rules.ts';
import { requestBanner, type BannerView } from './request.view.rules.ts';

interface Loaded {
  readonly run: RunDetails;
  readonly hasTimetable: boolean;
  readonly now: Date;
}

export interface RunView extends PageView, HeadView {
  readonly banners: readonly BannerView[];
  readonly figures: RunFiguresView;
  /** Where the figures come from again as they change; none of a run that has finished. */
  readonly live: string | undefined;
  readonly parked: TableView | undefined;
  /** What becomes of what is parked. */
  readonly parkedText: string;
  readonly retry: LinkView | undefined;
}

/** One run: what it was to do and did, what it parked, and how long earlier ones took. */
export function runView(loaded: Loaded, frame: ViewFrame): RunView {
  const { run, now } = loaded;
  const { t, format } = frame;
  const isOpen = run.state !== 'finished';
  return {
    title: nameJob(run.job, frame),
    lead: t('billing.run.lead', { date: format.date(run.businessDate) }),
    crumbs: [{ href: '/billing/runs', label: t('billing.runs.title') }],
    headBadge: badgeOfRun(run, frame),
    actions: actionsOf(run, frame),
    banners: bannersOf(loaded, frame),
    figures: runFiguresView({ run, now }, frame),
    live: isOpen ? `/billing/live${runHref(run).slice('/billing'.length)}` : undefined,
    ...(isOpen && { isLive: true }),
    parked: run.parkedSubjects.length === 0 ? undefined : parkedOf(run, frame),
    parkedText: t(canRetry(run, frame) ? 'billing.run.parked-text-now' : 'billing.run.parked-text'),
    retry: canRetry(run, frame) ? { href: retryHref(run), label: t('billing.retry.all') } : undefined,
  };
}

function actionsOf(run: RunDetails, { t, can }: ViewFrame): NonNullable<HeadView['actions']> {
  if (!can('runs:execute') || run.state === 'finished') return [];
  if (run.state === 'running' && run.stop === undefined)
    return [{ href: `${runHref(run)}/stop`, label: t('billing.run.stop') }];
  if (run.state === 'running' || run.request !== undefined) return [];
  const href = `/billing/runs/start?job=${run.job}&date=${run.businessDate}`;
  return [{ href, label: t('billing.run.again'), isPrimary: true }];
}

function bannersOf({ run, hasTimetable }: Loaded, frame: ViewFrame): BannerView[] {
  const { t, format } = frame;
  const { error, stop, request, state } = run;
  const stopped = stop && {
    tone: 'warn' as const,
    text: t(state === 'running' ? 'billing.run.stopping' : 'billing.run.stopped', {
      who: frame.nameOf(stop.stoppedBy),
      at: format.dateTime(stop.stoppedAt),
    }),
  };
  return [
    ...(error === null ? [] : [{ tone: 'bad' as const, text: t('billing.run.failed', { error }) }]),
    ...(stopped ? [stopped] : []),
    ...(request ? [requestBanner(request, hasTimetable, frame)] : []),
  ];
}

/** The newest run of a job whose parked subjects a second attempt finds again. */
function canRetry({ job, state, isNewest, counts }: RunDetails, { can }: ViewFrame): boolean {
  const isOpen = state === 'finished' && isNewest && counts.parked > 0;
  return isOpen && retryableJobs[job] !== undefined && can('runs:execute');
}

function parkedOf(run: RunDetails, frame: ViewFrame): TableView {
  const { t } = frame;
  const isOneByOne = canRetry(run, frame) && retryableJobs[run.job] === 'each';
  const retryOf = (subject: string) => ({ text: t('billing.retry.one'), href: retryHref(run, subject) });
  return {
    caption: t('billing.run.parked'),
    isCaptionUnseen: true,
    isDense: true,
    columns: [
      { label: t('billing.run.subject') },
      { label: t('billing.run.reason') },
      ...(isOneByOne ? [{ label: t('billing.retry.again') }] : []),
    ],
    rows: run.parkedSubjects.map(({ subject, reason }) => ({
      cells: [subject, reason, ...(isOneByOne ? [retryOf(subject)] : [])],
    })),
  };
}
