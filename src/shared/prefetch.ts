/**
 * Yields the same items; requests each while the one before is in use, at most one ahead. A consumer that stops early or
 * fails waits for the pending request, so that nothing keeps running afterwards.
 */
export async function* prefetch<T>(items: AsyncIterable<T>): AsyncGenerator<T> {
  const iterator = items[Symbol.asyncIterator]();
  let next = iterator.next();
  try {
    for (;;) {
      const { done, value } = await next;
      if (done) return;
      next = iterator.next();
      // Its error is thrown where it is awaited, if the consumer asks for the next item.
      next.catch(() => {});
      yield value;
    }
  } finally {
    await next.catch(() => {});
    await iterator.return?.();
  }
}
