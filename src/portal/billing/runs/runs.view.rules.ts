import type { Nights } from '../../../runs/nights.queries.ts';
import { jobNames } from '../../../runs/job-names.ts';
import type { ListedRun, RunFilter, RunPage } from '../../../runs/run-list.queries.ts';
import type { FilterView, HeadView, TableView } from '../../kit/component.types.ts';
import type { PageView, ViewFrame } from '../../kit/define-page.ts';
import { nameJob } from '../../kit/job-name.rules.ts';
import { badgeOfRun, duration, runHref } from '../run-words.rules.ts';
import { nightSentence } from '../today/night.view.rules.ts';
import { runningView, type RunningView } from './running.view.rules.ts';
import { requestBanner, type BannerView } from './request.view.rules.ts';

const HERE = '/billing/runs';

interface Loaded {
  readonly filter: RunFilter;
  readonly page: RunPage;
  readonly nights: Nights;
  /** Files of the line master in the inbox. */
  readonly waitingFiles: number;
  readonly hasTimetable: boolean;
  readonly now: Date;
}

export interface RunsView extends PageView, HeadView {
  readonly banners: readonly BannerView[];
  readonly running: RunningView;
  readonly filter: FilterView;
  readonly table: TableView;
  readonly pager: { readonly first?: string; readonly next?: string };
}

/** The list of runs. */
export function runsView(loaded: Loaded, frame: ViewFrame): RunsView {
  const { t, can } = frame;
  const { filter, page, nights, now } = loaded;
  const start = { href: `${HERE}/start`, label: t('billing.runs.start'), isPrimary: true };
  return {
    title: t('billing.runs.title'),
    lead: nightSentence(nights, frame),
    ...(can('runs:execute') && { actions: [start] }),
    banners: bannersOf(loaded, frame),
    isLive: true,
    running: runningView({ running: nights.running, now }, frame),
    filter: filterOf(loaded, frame),
    table: tableOf(page.runs, filter, frame),
    pager: {
      ...(filter.after !== undefined && { first: addressOf({ ...filter, after: undefined }) }),
      ...(page.next !== undefined && { next: addressOf({ ...filter, after: page.next }) }),
    },
  };
}

function bannersOf({ nights, hasTimetable, waitingFiles }: Loaded, frame: ViewFrame): BannerView[] {
  const { t, format } = frame;
  const older = nights.due.filter((date) => date < nights.last);
  return [
    ...(older.length === 0
      ? []
      : [
          {
            tone: 'warn' as const,
            text: t('billing.runs.older-nights', { date: format.date(older[0]!), count: older.length }),
          },
        ]),
    ...(waitingFiles === 0
      ? []
      : [
          {
            tone: 'info' as const,
            text: t('billing.runs.files-wait', {
              count: format.count(waitingFiles),
              at: format.dateTime(nights.nextDueAt),
            }),
          },
        ]),
    ...nights.requests.map((request) => requestBanner(request, hasTimetable, frame)),
  ];
}

function addressOf(filter: RunFilter): string {
  const given = Object.entries(filter).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const query = new URLSearchParams(given).toString();
  return query === '' ? HERE : `${HERE}?${query}`;
}

function filterOf({ filter, page }: Loaded, frame: ViewFrame): FilterView {
  const { t, format } = frame;
  const { job, state, from, to } = filter;
  const all = { value: '', label: t('billing.runs.all') };
  const states = (['finished', 'parked', 'failed', 'running'] as const).map((value) => ({
    value,
    label: t(`billing.runs.filter.${value}`),
  }));
  const without = (name: keyof RunFilter) => addressOf({ ...filter, [name]: undefined, after: undefined });
  return {
    action: HERE,
    fields: [
      {
        name: 'job',
        label: t('billing.runs.job'),
        value: job ?? '',
        options: [all, ...jobNames.map((value) => ({ value, label: nameJob(value, frame) }))],
      },
      { name: 'state', label: t('billing.runs.state'), value: state ?? '', options: [all, ...states] },
      { name: 'from', label: t('billing.runs.from'), value: from ?? '', type: 'date' },
      { name: 'to', label: t('billing.runs.to'), value: to ?? '', type: 'date' },
    ],
    active: [
      ...(job === undefined ? [] : [{ href: without('job'), label: nameJob(job, frame) }]),
      ...(state === undefined ? [] : [{ href: without('state'), label: t(`billing.runs.filter.${state}`) }]),
      ...(from === undefined
        ? []
        : [{ href: without('from'), label: t('billing.runs.from-date', { date: format.date(from) }) }]),
      ...(to === undefined
        ? []
        : [{ href: without('to'), label: t('billing.runs.to-date', { date: format.date(to) }) }]),
    ],
    clearHref: HERE,
    found: t('billing.runs.found', { count: format.count(page.count) }),
  };
}

function tableOf(runs: readonly ListedRun[], filter: RunFilter, frame: ViewFrame): TableView {
  const { t, format } = frame;
  const isFiltered = Object.values(filter).some((value) => value !== undefined);
  return {
    caption: t('billing.runs.title'),
    isCaptionUnseen: true,
    isDense: true,
    columns: [
      { label: t('billing.runs.job'), isLong: true },
      { label: t('billing.runs.date') },
      { label: t('billing.runs.state') },
      { label: t('billing.runs.done'), isNumber: true },
      { label: t('billing.runs.parked'), isNumber: true },
      { label: t('billing.runs.took'), isNumber: true },
      { label: t('billing.runs.started') },
    ],
    rows: runs.map((run) => ({
      cells: [
        { text: nameJob(run.job, frame), href: runHref(run) },
        format.date(run.businessDate),
        { badge: badgeOfRun(run, frame) },
        format.count(run.counts.done),
        format.count(run.counts.parked),
        duration(run.elapsedMs, frame),
        format.dateTime(run.startedAt),
      ],
    })),
    empty: isFiltered
      ? {
          title: t('billing.runs.none-found'),
          text: t('billing.runs.none-found-text'),
          href: HERE,
          label: t('kit.filter.clear'),
        }
      : { title: t('billing.runs.none'), text: t('billing.runs.none-text') },
  };
}
