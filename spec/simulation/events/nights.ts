import { isComplete, runNight, type BatchOutput } from '../../../batch/night.ts';
import { noProgress } from '../../../src/runs/run-progress.ts';
import type { Dying } from '../service/mortal.ts';
import type { Service } from '../service/service.ts';
import { passNight, stepsOfNight } from '../shadow/night.ts';
import type { EventKinds } from './event-kind.ts';

/** Nights are planned by the calendar, not by chance. */
export const nightKinds: Pick<EventKinds, 'night'> = {
  night: {
    foresee: passNight,
    steps: stepsOfNight,
    async perform(service, { businessDate, processes, deaths = [] }) {
      for (const after of deaths)
        await service.die(after, (dying) => beginNight(service, businessDate, dying));
      const all = processes > 1 ? [service.deps, await service.secondDeps()] : [service.deps];
      const errors: string[] = [];
      const output: BatchOutput = {
        line: () => {},
        error: (text) => void errors.push(text),
        watch: () => ({
          ...noProgress,
          stop: () => {},
          report: (line) => void (line.includes('not true') && errors.push(line)),
        }),
      };
      const results = await Promise.all(
        all.map((deps) =>
          runNight(deps, { businessDate, output, pollMs: 5, jobs: service.jobsOf(businessDate) }),
        ),
      );
      if (results.some((result) => !isComplete(result)))
        return `${results.join(', ')}: ${errors.join(' | ')}`;
      return 'done';
    },
  },
};

const silent: BatchOutput = {
  line: () => {},
  error: () => {},
  watch: () => ({ ...noProgress, stop: () => {} }),
};

/** Of what goes wrong in it nobody hears: the next process finds what it has left. */
function beginNight(service: Service, businessDate: string, { deps, isDead }: Dying) {
  const jobs = service.jobsOf(businessDate);
  return runNight(deps, { businessDate, output: silent, pollMs: 5, jobs, stopping: isDead });
}
