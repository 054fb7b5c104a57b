import type { RunHandle, WorkHandle } from '../../src/runs/run-handle.ts';

/** A handle with some members replaced; the others, including counters and facts, are those of the run. */
export function overrideHandle<H extends WorkHandle>(handle: H, members: Partial<H>): H {
  return Object.assign(Object.create(handle) as H, members);
}

interface Hooks {
  /** Called before each chunk; throw to interrupt the run. */
  readonly beforeChunk?: () => void;
  /** Called with each parked subject. */
  readonly onPark?: (subject: string) => void;
}

/** The handle of a run that calls hooks for its own work and that of its partitions. */
export function hookRun(run: RunHandle, hooks: Hooks): RunHandle {
  return overrideHandle<RunHandle>(run, {
    ...hookWork(run, hooks),
    runPartitioned: (step) =>
      run.runPartitioned({
        ...step,
        work: (deps, partition) => step.work(deps, overrideHandle(partition, hookWork(partition, hooks))),
      }),
  });
}

function hookWork(work: WorkHandle, { beforeChunk, onPark }: Hooks): Pick<WorkHandle, 'inChunk' | 'park'> {
  return {
    inChunk: async (chunk, options) => {
      beforeChunk?.();
      return work.inChunk(chunk, options);
    },
    park: async (tx, parked) => {
      onPark?.(parked.subject);
      await work.park(tx, parked);
    },
  };
}
