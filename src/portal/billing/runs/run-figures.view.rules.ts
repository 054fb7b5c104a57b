import type { RunDetails } from '../../../runs/run-details.queries.ts';
import type { BadgeView, FactView, ProgressView, TableView } from '../../kit/component.types.ts';
import type { LiveFrame } from '../../kit/define-live.ts';
import { badgeOfRun, duration, progressOf, runHref } from '../run-words.rules.ts';

/** What of a run changes while it works: the same for everybody who looks. */
export interface RunFiguresView {
  /** Where a run stands that has not finished, or has while somebody watched it. */
  readonly badge: BadgeView;
  readonly progress: ProgressView | undefined;
  /** The page again as it is now, for who watches, or has no scripts. */
  readonly reload: string;
  readonly manifest: readonly FactView[];
  readonly facts: readonly FactView[];
  readonly before: TableView;
  readonly parts: TableView | undefined;
  /** What the job printed. */
  readonly lines: readonly string[];
}

/** How far a run is, what it counted and printed, and how long it took. */
export function runFiguresView(
  { run, now }: { readonly run: RunDetails; readonly now: Date },
  frame: LiveFrame,
): RunFiguresView {
  return {
    badge: badgeOfRun(run, frame),
    progress: run.state === 'running' ? progressOf(run, now, frame) : undefined,
    reload: runHref(run),
    manifest: manifestOf(run, frame),
    facts: factsOf(run, frame),
    before: beforeOf(run, frame),
    parts: run.parts.length === 0 ? undefined : partsOf(run, frame),
    lines: run.lines,
  };
}

/** Expected = done + skipped + parked: what a finished run has proved. */
function manifestOf({ counts, state }: RunDetails, { t, format }: LiveFrame): FactView[] {
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

function factsOf(run: RunDetails, frame: LiveFrame): FactView[] {
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

function partsOf({ parts }: RunDetails, { t, format }: LiveFrame): TableView {
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

function beforeOf({ before }: RunDetails, frame: LiveFrame): TableView {
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
