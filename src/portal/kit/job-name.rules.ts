import { requestableJobs, type RequestableJob } from '../../runs/job-names.ts';
import type { ViewFrame } from './define-page.ts';

/** A job as people call it; one that a release has removed keeps its own name. */
export function nameJob(job: string, { t }: Pick<ViewFrame, 't'>): string {
  return isKnown(job) ? t(`billing.job.${job}`) : job;
}

const isKnown = (job: string): job is RequestableJob => requestableJobs.some((name) => name === job);
