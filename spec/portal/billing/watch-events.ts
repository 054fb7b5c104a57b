/** Somebody who watches server-sent events. */
export interface EventWatcher {
  readonly status: number;
  readonly type: string | null;
  text(): string;
  /** The identifier of the newest event. */
  lastId(): string;
  /** Resolves once these words have arrived. */
  until(words: string): Promise<void>;
  /** How the connection ended. */
  readonly end: Promise<'in order' | 'cut'>;
  /** Closes the connection. */
  leave(): Promise<void>;
}

/** Opens events. What arrives is kept, and waited for as it arrives. */
export async function watchEvents(url: string, headers: Record<string, string>): Promise<EventWatcher> {
  const leaving = new AbortController();
  const reply = await fetch(url, {
    headers: { 'accept-language': 'ja', ...headers },
    redirect: 'manual',
    signal: leaving.signal,
  });
  let text = '';
  const waiting = new Set<() => void>();
  const read = async () => {
    const decoder = new TextDecoder();
    for await (const chunk of reply.body!) {
      text += decoder.decode(chunk as Uint8Array, { stream: true });
      for (const look of waiting) look();
    }
  };
  const end = read().then(
    () => 'in order' as const,
    () => 'cut' as const,
  );
  return {
    status: reply.status,
    type: reply.headers.get('content-type'),
    text: () => text,
    lastId: () => [...text.matchAll(/^id: (\w+)$/gm)].at(-1)?.[1] ?? '',
    until: (words) =>
      new Promise((resolve) => {
        const look = () => {
          if (!text.includes(words)) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      }),
    end,
    leave: async () => {
      leaving.abort();
      await end;
    },
  };
}
