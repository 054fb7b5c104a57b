import type { Deps } from '../../src/deps.ts';
import type { FinishedPartition, PartitionHandle, PartitionedStep } from '../../src/runs/partition-handle.ts';
import { addOutcome, assertBalanced, handledOf } from '../../src/runs/run-counts.rules.ts';
import type { WorkHandle } from '../../src/runs/run-handle.ts';

/** Does the parts of a step one after another, without rows of their own, in the chunks of a run that is a fake. */
export async function shareAlone<Plan>(
  deps: Deps,
  run: WorkHandle,
  step: PartitionedStep<Plan>,
): Promise<FinishedPartition<Plan>[]> {
  const parts: FinishedPartition<Plan>[] = [];
  for (const { plan, expected } of await step.plan()) {
    run.announce(expected);
    let counts = { expected, done: 0, skipped: 0, parked: 0 };
    let facts: Readonly<Record<string, unknown>> = {};
    const { job, businessDate, chunkSize } = run;
    const part: PartitionHandle<Plan> = {
      job,
      businessDate,
      chunkSize,
      plan,
      get facts() {
        return facts;
      },
      get remaining() {
        return counts.expected - handledOf(counts);
      },
      announce: (more) => {
        run.announce(more);
        counts = { ...counts, expected: counts.expected + more };
      },
      async inChunk(work, options) {
        const { whole, ...outcome } = await run.inChunk(async (tx) => {
          const whole = await work(tx);
          // The facts are those of the part, and not the run's.
          const { done = 0, skipped = 0, parked = 0 } = whole;
          return { done, skipped, parked, whole };
        }, options);
        counts = addOutcome(counts, outcome);
        facts = { ...facts, ...whole.facts };
        return whole;
      },
      park: (tx, parked) => run.park(tx, parked),
      report: (line) => run.report(line),
    };
    await step.work(deps, part);
    assertBalanced(counts);
    parts.push({ plan, counts, facts });
  }
  return parts;
}
