import { Problem } from './problem.ts';

/** How much is worked on and how much may wait; nothing here grows without end. */
export interface WorkBounds {
  /** Most items of one batch. */
  readonly batchSize: number;
  /** Most batches under way at once. */
  readonly maxConcurrentBatches: number;
  /** How many must have come for a batch beside others under way: it has a price of its own. */
  readonly minConcurrentBatch: number;
  /** Most items that wait for a batch; whoever comes then is refused. */
  readonly waiting: number;
}

/** What became of one item of a batch. */
export type Settled<Outcome> = PromiseSettledResult<Outcome>;

interface Waiting<Item, Outcome> {
  readonly item: Item;
  readonly resolve: (outcome: Outcome) => void;
  readonly reject: (reason: unknown) => void;
}

/**
 * Makes a function for one item out of one for many. What comes in the same turn of the event loop, or while
 * other batches are under way, is worked on together; nothing waits for company when there is nothing to do.
 * `work` settles every item, in order; when it throws, all items of its batch fail with that.
 * @throws Problem `service-unavailable` when too many wait already.
 */
export function createMicroBatcher<Item, Outcome>(
  work: (items: readonly Item[]) => Promise<readonly Settled<Outcome>[]>,
  bounds: WorkBounds,
): (item: Item) => Promise<Outcome> {
  let waiting: Waiting<Item, Outcome>[] = [];
  let underWay = 0;
  let begins = false;

  const mayBegin = () =>
    underWay === 0
      ? waiting.length > 0
      : underWay < bounds.maxConcurrentBatches && waiting.length >= bounds.minConcurrentBatch;
  const begin = () => {
    begins = false;
    while (mayBegin()) {
      const batch = waiting.slice(0, bounds.batchSize);
      waiting = waiting.slice(bounds.batchSize);
      underWay += 1;
      void settle(work, batch).finally(() => {
        underWay -= 1;
        beginSoon();
      });
    }
  };
  /** After the sockets of this turn are read, so that what they bring is in the same batch. */
  const beginSoon = () => {
    if (begins || !mayBegin()) return;
    begins = true;
    setImmediate(begin);
  };
  return (item) =>
    new Promise((resolve, reject) => {
      if (waiting.length >= bounds.waiting)
        throw new Problem('service-unavailable', { facts: { retry_after_seconds: 1 } });
      waiting.push({ item, resolve, reject });
      beginSoon();
    });
}

async function settle<Item, Outcome>(
  work: (items: readonly Item[]) => Promise<readonly Settled<Outcome>[]>,
  batch: readonly Waiting<Item, Outcome>[],
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
