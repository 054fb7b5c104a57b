import { retryableJobs } from '../../../runs/retryable-jobs.rules.ts';
import type { RunDetails } from '../../../runs/run-details.queries.ts';
import type { FactView, HeadView, LinkView, ProgressView, TableView } from '../../kit/component.types.ts';
import type { PageView, ViewFrame } from '../../kit/define-page.ts';
import { badgeOfRun, duration, nameJob, progressOf, runHref } from '../run-words.rules.ts';
import { retryHref } from './retry.view.rules.ts';
import { requestBanner, type BannerView } from './request.view.rules.ts';

interface Loaded {
  readonly run: RunDetails;
  readonly hasTimetable: boolean;
  readonly now: Date;
}

export interface RunView extends PageView, HeadView {
  readonly banners: readonly BannerView[];
  readonly progress: ProgressView | undefined;
  readonly manifest: readonly FactView[];
  readonly facts: readonly FactView[];
  readonly parked: TableView | undefined;
  /** What becomes of what is parked. */
  readonly parkedText: string;
  readonly retry: LinkView | undefined;
  readonly parts: TableView | undefined;
  readonly lines: readonly string[];
  readonly before: TableView;
  /** The page again as it is now, for a run that continues. */
  readonly reload: string | undefined;
}

/** One run: what it was to do and did, what it parked, and how long earlier ones took. */
export function runView(loaded: Loaded, frame: ViewFrame): RunView {
  const { run, now } = loaded;
  const { t, format } = frame;
  return {
    title: nameJob(run.job, frame),
    lead: t('billing.run.lead', { date: format.date(run.businessDate) }),
    crumbs: [{ href: '/billing/runs', label: t('billing.runs.title') }],
    headBadge: badgeOfRun(run, frame),
    actions: actionsOf(run, frame),
    banners: bannersOf(loaded, frame),
    progress: run.state === 'running' ? progressOf(run, now, frame) : undefined,
    manifest: manifestOf(run, frame),
    facts: factsOf(run, frame),
    parked: run.parkedSubjects.length === 0 ? undefined : parkedOf(run, frame),
    parkedText: t(canRetry(run, frame) ? 'billing.run.parked-text-now' : 'billing.run.parked-text'),
    retry: canRetry(run, frame) ? { href: retryHref(run), label: t('billing.retry.all') } : undefined,
    parts: run.parts.length === 0 ? undefined : partsOf(run, frame),
    lines: run.lines,
    before: beforeOf(run, frame),
    reload: run.state === 'finished' ? undefined : runHref(run),
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
      who: stop.stoppedBy.replace(/^staff:/, ''),
      at: format.dateTime(stop.stoppedAt),
    }),
  };
  return [
    ...(error === null ? [] : [{ tone: 'bad' as const, text: t('billing.run.failed', { error }) }]),
    ...(stopped ? [stopped] : []),
    ...(request ? [requestBanner(request, hasTimetable, frame)] : []),
  ];
}

/** Expected = done + skipped + parked: what a finished run has proved. */
function manifestOf({ counts, state }: RunDetails, { t, format }: ViewFrame): FactView[] {
  const { expected, done, skipped, parked } = counts;
  const figure = (label: string, count: number): FactView => ({
    label,
    text: format.count(count),
    isNumber: true,
  });
  const open = expected - done - skipped - parked;
  return [
    figure(t('billing.runs.done'), done),
    figure(t('billing.run.skipped'), skipped),
    figure(t('billing.runs.parked'), parked),
    ...(state === 'finished' ? [] : [figure(t('billing.run.left'), Math.max(0, open))]),
    { ...figure(t('billing.run.expected'), expected), isTotal: true },
  ];
}

function factsOf(run: RunDetails, frame: ViewFrame): FactView[] {
  const { t, format } = frame;
  const { startedAt, finishedAt, attempt, heldBy, elapsedMs, before } = run;
  const usual = before.map((one) => one.elapsedMs).toSorted((a, b) => a - b)[Math.floor(before.length / 2)];
  return [
    { label: t('billing.runs.started'), text: format.dateTime(startedAt) },
    { label: t('billing.run.finished'), text: finishedAt ? format.dateTime(finishedAt) : '' },
    {
      label: t('billing.runs.took'),
      text: duration(elapsedMs, frame),
      ...(usual !== undefined && { note: t('billing.run.usual', { usual: duration(usual, frame) }) }),
    },
    { label: t('billing.run.attempt'), text: format.count(attempt) },
    ...(heldBy === null ? [] : [{ label: t('billing.run.process'), text: heldBy }]),
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

function partsOf({ parts }: RunDetails, { t, format }: ViewFrame): TableView {
  const states = {
    finished: { tone: 'good', text: t('billing.runs.state.finished') },
    running: { tone: 'plain', text: t('billing.run.part-open') },
    failed: { tone: 'bad', text: t('billing.runs.state.failed') },
  } as const;
  return {
    caption: t('billing.run.parts'),
    isCaptionUnseen: true,
    isDense: true,
    columns: [
      { label: t('billing.run.part') },
      { label: t('billing.runs.state') },
      { label: t('billing.runs.done'), isNumber: true },
      { label: t('billing.run.expected'), isNumber: true },
      { label: t('billing.run.process'), isLong: true },
    ],
    rows: parts.map(({ part, state, counts, by = '', error }) => ({
      cells: [
        part,
        { badge: states[state] },
        format.count(counts.done),
        format.count(counts.expected),
        error ?? by,
      ],
    })),
  };
}

function beforeOf({ before }: RunDetails, frame: ViewFrame): TableView {
  const { t, format } = frame;
  return {
    caption: t('billing.run.before'),
    isCaptionUnseen: true,
    isDense: true,
    columns: [{ label: t('billing.runs.date') }, { label: t('billing.runs.took'), isNumber: true }],
    rows: before.map(({ businessDate, elapsedMs }) => ({
      cells: [format.date(businessDate), duration(elapsedMs, frame)],
    })),
    empty: { title: t('billing.run.no-before'), text: '' },
  };
}
