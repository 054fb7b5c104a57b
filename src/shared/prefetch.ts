/**
 * The same items, each of them asked for while the one before it is in use: at most one waits. Whoever stops early
 * or fails waits for the one under way, so that nothing goes on behind its back.
 */
export async function* prefetch<T>(items: AsyncIterable<T>): AsyncGenerator<T> {
  const iterator = items[Symbol.asyncIterator]();
  let next = iterator.next();
  try {
    for (;;) {
      const { done, value } = await next;
      if (done) return;
      next = iterator.next();
      // An error of its own is met where it is awaited, if the user of this item comes back for the next.
      next.catch(() => {});
      yield value;
    }
  } finally {
    await next.catch(() => {});
    await iterator.return?.();
  }
}
