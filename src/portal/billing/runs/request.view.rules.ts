import type { OpenRequest } from '../../../runs/run-details.queries.ts';
import type { ViewFrame } from '../../kit/define-page.ts';
import { nameJob } from '../../kit/job-name.rules.ts';
import { duration } from '../run-words.rules.ts';

/** Longer than any process that runs the timetable takes to look. */
const NOBODY_AFTER_MS = 15_000;

export interface BannerView {
  readonly tone: 'info' | 'good' | 'warn' | 'bad';
  readonly text: string;
}

/** Who runs what was asked for; after some seconds, that nobody does, and what is missing. */
export function requestBanner(request: OpenRequest, hasTimetable: boolean, frame: ViewFrame): BannerView {
  const { t, format } = frame;
  const { takenBy, waitedMs, businessDate } = request;
  const facts = { job: nameJob(request.job, frame), date: format.date(businessDate) };
  if (takenBy !== undefined)
    return { tone: 'info', text: t('billing.runs.taken', { ...facts, process: takenBy }) };
  if (waitedMs < NOBODY_AFTER_MS) return { tone: 'info', text: t('billing.runs.waiting', facts) };
  const missing = t(hasTimetable ? 'billing.runs.busy' : 'billing.runs.no-timetable');
  return {
    tone: 'warn',
    text: `${t('billing.runs.not-taken', { ...facts, waited: duration(waitedMs, frame) })}${missing}`,
  };
}
