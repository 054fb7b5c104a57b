import { handledOf } from '../../runs/run-counts.rules.ts';
import type { ListedRun } from '../../runs/run-list.queries.ts';
import type { BadgeView, ProgressView } from '../kit/component.types.ts';
import type { ViewFrame } from '../kit/define-page.ts';
import type { WordFacts } from '../kit/form-state.ts';
import { nameJob } from '../kit/job-name.rules.ts';

type Words = Pick<ViewFrame, 't' | 'format'>;

/** The jobs that a problem says are missing, by the names that people know. */
export const nameMissingJobs: WordFacts = (facts, t) => {
  const { job, missing } = facts;
  if (typeof job !== 'string' || typeof missing !== 'string') return facts;
  const names = missing.split(' ').map((name) => nameJob(name, { t }));
  return { ...facts, missing: names.join(t('billing.and')) };
};

/** The address of a run's page. */
export const runHref = ({ job, businessDate }: Pick<ListedRun, 'job' | 'businessDate'>): string =>
  `/billing/runs/${businessDate}/${job}`;

/** The state of a run in words and tone; subjects that were parked are said with it. */
export function badgeOfRun({ state, counts }: ListedRun, { t, format }: Words): BadgeView {
  if (state === 'failed') return { tone: 'bad', text: t('billing.runs.state.failed') };
  if (state === 'running') return { tone: 'plain', text: t('billing.runs.state.running') };
  if (state === 'open') return { tone: 'warn', text: t('billing.runs.state.open') };
  return counts.parked > 0
    ? { tone: 'warn', text: t('billing.runs.state.parked', { count: format.count(counts.parked) }) }
    : { tone: 'good', text: t('billing.runs.state.finished') };
}

/** A span of time: 42 s, 3 min 5 s, 1 h 4 min. */
export function duration(ms: number, { t }: Pick<ViewFrame, 't'>): string {
  const seconds = Math.round(ms / 1_000);
  if (seconds < 60) return t('billing.runs.seconds', { seconds });
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return t('billing.runs.minutes', { minutes, seconds: seconds % 60 });
  return t('billing.runs.hours', { hours: Math.floor(minutes / 60), minutes: minutes % 60 });
}

/** How far a run is, and how long it still takes at its pace so far. */
export function progressOf(run: ListedRun, now: Date, words: Words): ProgressView {
  const { t, format } = words;
  const { expected } = run.counts;
  const handled = Math.min(handledOf(run.counts), expected);
  const label = t('billing.runs.of-date', {
    job: nameJob(run.job, words),
    date: format.date(run.businessDate),
  });
  if (expected === 0) return { label, text: t('billing.runs.counting'), max: 1 };
  const facts = { done: format.count(handled), all: format.count(expected) };
  const elapsedMs = now.getTime() - run.startedAt.getTime();
  const isKnowable = handled > 0 && handled < expected && elapsedMs > 0;
  const leftMs = isKnowable ? (elapsedMs * (expected - handled)) / handled : undefined;
  const text =
    leftMs === undefined
      ? t('billing.runs.progress', facts)
      : t('billing.runs.progress-left', { ...facts, left: duration(leftMs, words) });
  return { label, text, max: expected, value: handled };
}
