import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { describe, it } from 'node:test';
import { LIVE, LiveFeed, type LiveTerms } from '../../../src/portal/kit/live-feed.ts';

/** A feed over a counter of polls; the text is what was set last. */
function openFeed(terms: Partial<LiveTerms> = {}) {
  const state = { polls: 0, text: 'one', errors: 0, fails: false };
  const feed = new LiveFeed<string, string>(
    {
      poll: () => {
        state.polls += 1;
        return state.fails ? Promise.reject(new Error('gone')) : Promise.resolve(state.text);
      },
      render: (text, language) => `<p>\n${language} ${text}</p>`,
      failed: () => void (state.errors += 1),
    },
    { ...LIVE, everyMs: 5, ...terms },
  );
  const join = (language: 'ja' | 'en' = 'ja', lastId = '') => {
    const stream = new PassThrough();
    const got: string[] = [];
    stream.on('data', (chunk: Buffer) => void got.push(chunk.toString()));
    feed.join({ watcher: 'hanako', language, lastId, stream });
    return { stream, got };
  };
  return { feed, state, join };
}

const until = async (isTrue: () => boolean) => {
  while (!isTrue()) await new Promise((resolve) => setTimeout(resolve, 1));
};
const idOf = (text: string) => /^id: (\w+)$/m.exec(text)?.[1] ?? '';

describe('a live feed', () => {
  it('polls once for two hundred who watch, and nothing for nobody', async () => {
    const { feed, state, join } = openFeed();
    const clients = Array.from({ length: 200 }, (_, index) => join(index % 2 === 0 ? 'ja' : 'en'));
    await until(() => clients.every(({ got }) => got.join('').includes('one')));
    assert.ok(state.polls <= 2, `${state.polls} polls`);
    assert.match(clients[0]!.got.join(''), /^retry: 2000\n\nid: \w+\ndata: <p>\ndata: ja one<\/p>\n\n$/);
    assert.match(clients[1]!.got.join(''), /en one/);
    for (const { stream } of clients) stream.destroy();
    await until(() => feed.size === 0);
    const { polls } = state;
    await new Promise((resolve) => setTimeout(resolve, 20));
    assert.ok(state.polls <= polls + 1);
  });

  it('sends what has changed, and nothing that a client has', async () => {
    const { feed, state, join } = openFeed();
    const first = join();
    await until(() => first.got.length === 2);
    const id = idOf(first.got.join(''));
    const again = join('ja', id);
    const { polls } = state;
    await until(() => state.polls > polls + 2);
    assert.deepEqual([first.got.length, again.got.length], [2, 1]);
    state.text = 'two';
    await until(() => again.got.length === 2);
    assert.match(again.got[1]!, /ja two/);
    feed.stop();
  });

  it('shows that it lives, lets a client connect again in time, and survives a poll that fails', async () => {
    const { feed, state, join } = openFeed({ heartbeatMs: 10, maxAgeMs: 60 });
    state.fails = true;
    const client = join();
    await until(() => client.got.includes(': \n\n'));
    assert.ok(state.errors > 0);
    state.fails = false;
    await until(() => client.got.join('').includes('one'));
    await until(() => client.stream.writableEnded);
    feed.stop();
  });

  it('is bounded, disconnects who does not read, and ends everybody when it stops', async () => {
    const { feed, state, join } = openFeed({ maxClients: 2, maxWaitingBytes: 100 });
    const reads = join();
    const stream = new PassThrough({ highWaterMark: 1 });
    feed.join({ watcher: 'jiro', language: 'ja', lastId: '', stream });
    assert.equal(feed.isOpen, false);
    state.text = 'x'.repeat(500);
    await until(() => stream.destroyed);
    assert.equal(feed.isOpen, true);
    feed.stop();
    assert.deepEqual([feed.isOpen, feed.size, reads.stream.writableEnded], [false, 0, true]);
  });
});
