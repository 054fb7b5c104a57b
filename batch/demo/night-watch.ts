import type { Deps } from '../../src/deps.ts';
import { sendMails } from '../../src/mails/send-mails.ts';
import type { RunHandle } from '../../src/runs/run-handle.ts';
import type { WatchedProgress } from '../../src/runs/terminal-progress.ts';
import { jobs, type Job } from '../jobs.ts';
import { lastClosingDateOf, periodsClosingOn } from '../../src/shared/calendar.rules.ts';
import { approveDrafted } from './approve-month.ts';
import { passQuietDays } from './pass-quiet-days.ts';
import { isComplete, runNight, type BatchOutput } from '../night.ts';

/** No progress of single runs: there are hundreds of them. */
const quiet: WatchedProgress = { advance: () => {}, report: () => {}, stop: () => {} };

/**
 * Runs the nights of the demo, the same jobs as `npm run batch -- night`, and measures each job. The mails of the day are sent
 * with its night: the service would have sent them within seconds, and gives up those that are days old.
 */
export class NightWatch {
  readonly #elapsedMs = new Map<string, number>();
  readonly #errors: string[] = [];
  #nights = 0;
  #lastDate: string | undefined;

  /** @throws Error when a job fails: the demo's figures would not be complete. */
  async run(deps: Deps, businessDate: string): Promise<void> {
    if (this.#lastDate) await passQuietDays(deps, { after: this.#lastDate, before: businessDate });
    this.#lastDate = businessDate;
    const output: BatchOutput = {
      line: () => {},
      error: (text) => void this.#errors.push(text),
      watch: () => quiet,
    };
    const result = await runNight(deps, {
      businessDate,
      output,
      jobs: jobs.map((job) => this.#measured(job)),
    });
    this.#nights += 1;
    if (!isComplete(result))
      throw new Error([`the night of ${businessDate} failed`, ...this.#errors].join('\n'));
    await sendMails(deps, { kind: 'job', job: 'send-mails' });
  }

  get nights(): number {
    return this.#nights;
  }

  /** Milliseconds by job, all nights together. */
  get elapsedMs(): Readonly<Record<string, number>> {
    return Object.fromEntries([...this.#elapsedMs].map(([job, ms]) => [job, Math.round(ms)]));
  }

  #measured(job: Job): Job {
    return {
      ...job,
      work: async (deps, run) => {
        const startedMs = performance.now();
        try {
          // People approve what was drafted before the statements are rendered: the demo does not wait for the next night.
          if (job.name === 'render-statements') await approveDrafted(deps);
          if (job.name === 'check-invariants' && !isMonthOver(run.businessDate)) return leaveOut(run);
          return await job.work(deps, run);
        } finally {
          const elapsedMs = (this.#elapsedMs.get(job.name) ?? 0) + performance.now() - startedMs;
          this.#elapsedMs.set(job.name, elapsedMs);
        }
      },
    };
  }
}

/** A night in which the last group of a month closes. */
const isMonthOver = (businessDate: string) =>
  periodsClosingOn(businessDate).some(({ period }) => lastClosingDateOf(period) === businessDate);

/** The check at the end of the demo reads every month; in between, it runs in the nights in which a month is settled. */
function leaveOut(run: RunHandle): Readonly<Record<string, unknown>> {
  run.report('left out: in a demo the invariants are checked when a month is settled, and at the end');
  return {};
}
