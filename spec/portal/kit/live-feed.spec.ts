import assert from 'node:assert/strict';
import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { describe, it } from 'node:test';
import { LIVE, LiveFeed, type LiveTerms } from '../../../src/portal/kit/live-feed.ts';
import { MovablePace } from '../../support/movable-pace.ts';

/** A feed over a counter of polls; the text is what was set last. */
function openFeed(terms: Partial<LiveTerms> = {}) {
  const state = { polls: 0, text: 'one', errors: 0, fails: false };
  const pace = new MovablePace();
  const feed = new LiveFeed<string, string>(
    {
      poll: () => {
        state.polls += 1;
        return state.fails ? Promise.reject(new Error('gone')) : Promise.resolve(state.text);
      },
      render: (text, language) => `<p>\n${language} ${text}</p>`,
      failed: () => void (state.errors += 1),
    },
    { ...LIVE, ...terms },
    pace,
  );
  const join = (language: 'ja' | 'en' = 'ja', lastId = '') => {
    const stream = new PassThrough();
    const got: string[] = [];
    stream.on('data', (chunk: Buffer) => void got.push(chunk.toString()));
    feed.join({ watcher: 'hanako', language, lastId, stream });
    return { stream, got };
  };
  return { feed, state, pace, join };
}

const idOf = (text: string) => /^id: (\w+)$/m.exec(text)?.[1] ?? '';

describe('a live feed', () => {
  it('polls once a second for two hundred who watch, and nothing for nobody', async () => {
    const { feed, state, pace, join } = openFeed();
    const clients = Array.from({ length: 200 }, (_, index) => join(index % 2 === 0 ? 'ja' : 'en'));
    await pace.advance(0);
    assert.equal(state.polls, 1);
    assert.match(clients[0]!.got.join(''), /^retry: 2000\n\nid: \w+\ndata: <p>\ndata: ja one<\/p>\n\n$/);
    assert.match(clients[1]!.got.join(''), /en one/);
    for (let second = 1; second <= 60; second += 1) {
      await pace.advance(999);
      assert.equal(state.polls, second);
      await pace.advance(1);
    }
    assert.equal(state.polls, 61);
    for (const { stream } of clients) stream.destroy();
    await Promise.all(clients.map(({ stream }) => once(stream, 'close')));
    assert.deepEqual([feed.size, pace.waiting], [0, 0]);
    await pace.advance(60_000);
    assert.equal(state.polls, 61);
  });

  it('sends what has changed, and nothing that a client has', async () => {
    const { feed, state, pace, join } = openFeed();
    const first = join();
    await pace.advance(0);
    const again = join('ja', idOf(first.got.join('')));
    await pace.advance(3_000);
    assert.deepEqual([first.got.length, again.got.length], [2, 1]);
    state.text = 'two';
    await pace.advance(1_000);
    assert.match(again.got[1]!, /ja two/);
    assert.equal(first.got[2], again.got[1]);
    feed.stop();
  });

  it('shows that it lives, lets a client connect again in time, and survives a poll that fails', async () => {
    const { feed, state, pace, join } = openFeed({ maxAgeMs: 20_000 });
    state.fails = true;
    const client = join();
    await pace.advance(0);
    await pace.advance(14_999);
    assert.deepEqual([client.got.length, state.errors], [1, 2]);
    await pace.advance(1_000);
    assert.deepEqual([client.got[1], state.errors], [': \n\n', 3]);
    state.fails = false;
    await pace.advance(1_000);
    assert.match(client.got.join(''), /ja one/);
    assert.equal(client.stream.writableEnded, false);
    await pace.advance(3_001);
    assert.equal(client.stream.writableEnded, true);
    feed.stop();
  });

  it('is bounded, disconnects who does not read, and ends everybody when it stops', async () => {
    const { feed, state, pace, join } = openFeed({ maxClients: 2, maxWaitingBytes: 100 });
    const reads = join();
    const stream = new PassThrough({ highWaterMark: 1 });
    feed.join({ watcher: 'jiro', language: 'ja', lastId: '', stream });
    assert.equal(feed.isOpen, false);
    state.text = 'x'.repeat(500);
    const gone = once(stream, 'close');
    await pace.advance(0);
    await gone;
    assert.deepEqual([feed.isOpen, feed.size], [true, 1]);
    feed.stop();
    assert.deepEqual([feed.isOpen, feed.size, reads.stream.writableEnded, pace.waiting], [false, 0, true, 0]);
  });
});
