import type { Nights } from '../../../runs/nights.queries.ts';
import type { ListedRun } from '../../../runs/run-list.queries.ts';
import type { ViewFrame } from '../../kit/define-page.ts';
import { nameJob } from '../../kit/job-name.rules.ts';

/** What the last night did, in one sentence. */
export function nightSentence(nights: Nights, words: Pick<ViewFrame, 't' | 'format'>): string {
  const { t, format } = words;
  const { runs, missing, last, closed } = nights;
  const night = format.date(last);
  const facts = {
    night,
    closed: format.count(closed),
    folded: format.count(countOf(runs, 'fold-charges')),
    parked: format.count(runs.reduce((sum, { counts }) => sum + counts.parked, 0)),
  };
  const failed = runs.filter(({ state }) => state === 'failed').map(({ job }) => nameJob(job, words));
  if (failed.length > 0)
    return t('billing.today.night-failed', { night, jobs: failed.join(t('billing.and')) });
  if (runs.some(({ state }) => state === 'running')) return t('billing.today.night-running', facts);
  if (runs.length === 0) return t('billing.today.night-none', { night });
  const isComplete = missing.length === 0 && runs.every(({ state }) => state === 'finished');
  return t(isComplete ? 'billing.today.night-done' : 'billing.today.night-open', facts);
}

const countOf = (runs: readonly ListedRun[], job: string): number =>
  runs.find((run) => run.job === job)?.counts.done ?? 0;
