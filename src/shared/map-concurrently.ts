/**
 * Processes the items of a stream, at most `limit` concurrently, and yields their outcomes as they arrive, all since the
 * last yield together. It reads the stream only when it can start the next item. When the consumer stops early, or the
 * stream or an item fails, it waits for the running items before it ends.
 * @throws the first error of the stream or of `work`.
 */
export async function* mapConcurrently<Item, Outcome>(
  items: AsyncIterable<Item>,
  limit: number,
  work: (item: Item) => Promise<Outcome>,
): AsyncGenerator<Outcome[]> {
  const underWay = new Set<Promise<unknown>>();
  let settled: PromiseSettledResult<Outcome>[] = [];
  const settle = async (item: Item) => {
    const [outcome] = await Promise.allSettled([work(item)]);
    settled.push(outcome);
  };
  const begin = (item: Item) => {
    const worked: Promise<unknown> = settle(item).finally(() => underWay.delete(worked));
    underWay.add(worked);
  };
  const takeSettled = () => {
    const taken = settled;
    settled = [];
    return taken.map(valueOf);
  };
  try {
    for await (const item of items) {
      begin(item);
      if (underWay.size >= limit) await Promise.race(underWay);
      if (settled.length > 0) yield takeSettled();
    }
    while (underWay.size > 0 || settled.length > 0) {
      if (settled.length > 0) yield takeSettled();
      else await Promise.race(underWay);
    }
  } finally {
    await Promise.all(underWay);
  }
}

function valueOf<Outcome>(settled: PromiseSettledResult<Outcome>): Outcome {
  if (settled.status === 'rejected') throw settled.reason;
  return settled.value;
}
