import type { Deps } from '../../src/deps.ts';
import { sendMails } from '../../src/mails/send-mails.ts';
import type { WatchedProgress } from '../../src/runs/terminal-progress.ts';
import { jobs, type Job } from '../jobs.ts';
import { approveDrafted } from './approve-month.ts';
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

  /** @throws Error when a job fails: the demo's figures would not be complete. */
  async run(deps: Deps, businessDate: string): Promise<void> {
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
          return await job.work(deps, run);
        } finally {
          const elapsedMs = (this.#elapsedMs.get(job.name) ?? 0) + performance.now() - startedMs;
          this.#elapsedMs.set(job.name, elapsedMs);
        }
      },
    };
  }
}
