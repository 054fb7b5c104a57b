import { Problem } from './problem.ts';

/** Bounds of the running and waiting work. */
export interface BatchBounds {
  /** Maximum items of one batch. */
  readonly batchSize: number;
  /** Maximum concurrent batches. */
  readonly maxConcurrentBatches: number;
  /** Minimum items of a batch that starts while others are running, because each batch has a fixed cost. */
  readonly minConcurrentBatch: number;
  /** Maximum items that wait for a batch; further ones are refused. */
  readonly maxQueued: number;
}

interface QueuedItem<Item, Outcome> {
  readonly item: Item;
  readonly resolve: (outcome: Outcome) => void;
  readonly reject: (reason: unknown) => void;
}

/**
 * Turns a function for many items into one for a single item. Items that arrive in the same turn of the event loop, or
 * while other batches are running, form one batch; an item never waits for others when no batch is running.
 * `work` returns the outcome of every item, in order; if it throws, all items of its batch fail with that error.
 * @throws Problem `service-unavailable` when too many items are waiting.
 */
export function createMicroBatcher<Item, Outcome>(
  work: (items: readonly Item[]) => Promise<readonly PromiseSettledResult<Outcome>[]>,
  bounds: BatchBounds,
): (item: Item) => Promise<Outcome> {
  let queued: QueuedItem<Item, Outcome>[] = [];
  let runningBatches = 0;
  let isScheduled = false;

  const canStart = () =>
    runningBatches === 0
      ? queued.length > 0
      : runningBatches < bounds.maxConcurrentBatches && queued.length >= bounds.minConcurrentBatch;
  const start = () => {
    isScheduled = false;
    while (canStart()) {
      const batch = queued.slice(0, bounds.batchSize);
      queued = queued.slice(bounds.batchSize);
      runningBatches += 1;
      void runBatch(work, batch).finally(() => {
        runningBatches -= 1;
        startSoon();
      });
    }
  };
  /** Starts after the sockets of this turn are read, so that their items are in the same batch. */
  const startSoon = () => {
    if (isScheduled || !canStart()) return;
    isScheduled = true;
    setImmediate(start);
  };
  return (item) =>
    new Promise((resolve, reject) => {
      if (queued.length >= bounds.maxQueued)
        throw new Problem('service-unavailable', { facts: { retry_after_seconds: 1 } });
      queued.push({ item, resolve, reject });
      startSoon();
    });
}

async function runBatch<Item, Outcome>(
  work: (items: readonly Item[]) => Promise<readonly PromiseSettledResult<Outcome>[]>,
  batch: readonly QueuedItem<Item, Outcome>[],
): Promise<void> {
  try {
    const outcomes = await work(batch.map(({ item }) => item));
    batch.forEach(({ resolve, reject }, index) => {
      const outcome = outcomes[index];
      if (outcome?.status === 'fulfilled') resolve(outcome.value);
      else reject(outcome?.reason ?? new Error('an item of a batch was left without an outcome'));
    });
  } catch (error) {
    for (const { reject } of batch) reject(error);
  }
}
