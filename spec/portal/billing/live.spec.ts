import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { createStaffApp } from '../../../src/app.ts';
import { createBoundedServer } from '../../../src/http/bounded-server.ts';
import { startListener, type Listener } from '../../../src/http/listener.ts';
import { asOwner } from '../../support/as-owner.ts';
import { countStatements } from '../../support/count-statements.ts';
import { MovablePace } from '../../support/movable-pace.ts';
import { ScriptedLineCheck } from '../../support/checkout-site.ts';
import { signInAccount } from '../guard/accounts-visitors.ts';
import { openBillingSite, type BillingSite } from './billing-site.ts';
import { watchEvents } from './watch-events.ts';

const WATCHERS = 200;
const ALL = '/billing/live';
const RUN = '/billing/live/runs/2026-05-13/fold-charges';

describe('what runs, live', () => {
  let site: BillingSite;
  let listener: Listener;
  const stopping = new AbortController();
  const pace = new MovablePace();
  before(async () => {
    site = await openBillingSite();
    const deps = { ...site.world.deps, lineCheck: new ScriptedLineCheck() };
    const app = createStaffApp(deps, { stopping: stopping.signal, pace });
    listener = await startListener(createBoundedServer(30_000, app.callback()), {
      host: '127.0.0.1',
      port: 0,
    });
  });
  after(() => site.close());

  const watch = (path: string, headers: Record<string, string>) =>
    watchEvents(`${listener.address}${path}`, headers);

  const cookieOf = async (role: string) => {
    const { client } = await signInAccount(site.world.deps, site.accounts.get(role)!, 'staff');
    return { cookie: [...client.cookies].map(([name, value]) => `${name}=${value}`).join('; ') };
  };

  const setRun = (change: string) =>
    asOwner(site.world.database, (connection) =>
      connection.query(
        `UPDATE run SET ${change} WHERE job = 'fold-charges' AND business_date = '2026-05-13'`,
      ),
    );

  for (const [role, status] of [
    ['billing', 200],
    ['billing-approver', 200],
    ['administrator', 200],
    ['auditor', 200],
    ['lead', 403],
    ['agent', 403],
    ['owner', 303],
    ['nobody', 303],
  ] as const) {
    it(`is for those who may read runs: ${role} gets ${status}`, async () => {
      const headers = role === 'nobody' ? {} : await cookieOf(role);
      for (const path of [ALL, RUN]) {
        const watcher = await watch(path, headers);
        assert.equal(watcher.status, status, path);
        if (status === 200) assert.equal(watcher.type, 'text/event-stream; charset=utf-8');
        await watcher.leave();
      }
    });
  }

  it('is not there for a run that is not', async () => {
    const cookie = await cookieOf('billing');
    for (const run of ['2026-05-13/unknown', '2001-01-01/fold-charges', 'x/y'])
      assert.equal((await watch(`/billing/live/runs/${run}`, cookie)).status, 404, run);
  });

  it('costs two hundred who watch one poll a second, of all runs and of one, and nothing between', async () => {
    const cookie = await cookieOf('billing');
    for (const [path, statements] of [
      [ALL, 2],
      [RUN, 7],
    ] as const) {
      await setRun('done = 5000');
      const watchers = await Promise.all(Array.from({ length: WATCHERS }, () => watch(path, cookie)));
      const all = (words: string) => Promise.all(watchers.map(({ until }) => until(words)));
      await pace.advance(0);
      await all('12,500件中5,000件');
      const counted = await countStatements(site.world.deps, async () => {
        for (const done of [6, 7, 8, 9]) {
          await setRun(`done = ${done * 1_000}`);
          await pace.advance(999);
          await pace.advance(1);
          await all(`12,500件中${done},000件`);
        }
      });
      assert.equal(counted, 4 * statements, path);
      await Promise.all(watchers.map(({ leave }) => leave()));
    }
  });

  it('shows of one run what it prints, and that it has finished', async () => {
    const cookie = await cookieOf('auditor');
    const watcher = await watch(RUN, cookie);
    await pace.advance(1_000);
    await watcher.until('実行中');
    const manifest = { elapsedMs: 1, facts: {}, lines: ['folded 9000 charges'] };
    await setRun(`manifest = '${JSON.stringify(manifest)}'`);
    await pace.advance(1_000);
    await watcher.until('folded 9000 charges');
    await setRun(
      `state = 'finished', done = 12500, finished_at = '2026-05-14 01:00:00', held_by = NULL, lease_token = NULL, lease_until = NULL`,
    );
    await pace.advance(1_000);
    await watcher.until('完了');
    await watcher.leave();
  });

  it('ends with the service: every connection in order, after its last event, and then the listener', async () => {
    const cookie = await cookieOf('billing');
    const watchers = await Promise.all([ALL, ALL, RUN].map((path) => watch(path, cookie)));
    await pace.advance(1_000);
    await Promise.all(watchers.map(({ until }) => until('data:')));
    const back = await watch(ALL, { ...cookie, 'last-event-id': watchers[0]!.lastId() });
    stopping.abort();
    const ends = await Promise.all([...watchers, back].map(({ end }) => end));
    assert.deepEqual(ends, ['in order', 'in order', 'in order', 'in order']);
    assert.doesNotMatch(back.text(), /^data:/m);
    for (const path of [ALL, RUN]) assert.equal((await watch(path, cookie)).status, 503);
    listener.startDraining();
    await listener.close();
    assert.equal(pace.waiting, 0);
  });
});
