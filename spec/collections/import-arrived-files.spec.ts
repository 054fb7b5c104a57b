import assert from 'node:assert/strict';
import { appendFileSync } from 'node:fs';
import { readdir, rename, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, beforeEach, it } from 'node:test';
import { isQuiet, QUIET_MS } from '../../src/collections/arrived-files.ts';
import { importArrivedFiles } from '../../src/collections/import-arrived-files.ts';
import { importCollectionFiles, importNamedFiles } from '../../src/collections/import-collection-files.ts';
import { executeRun } from '../../src/runs/execute-run.ts';
import { findRun, listParked } from '../../src/runs/run.queries.ts';
import { fakeRun } from '../support/fake-run.ts';
import { BilledWorld, type BilledInvoice } from './billed-world.ts';
import { CollectionInbox } from './collection-inbox.ts';

const JOB = 'import-collections';
const never = new AbortController().signal;

let billed: BilledWorld;
let inbox: CollectionInbox;
let invoices: BilledInvoice[];
before(async () => {
  billed = await BilledWorld.create();
  inbox = new CollectionInbox(billed);
  const seller = await billed.addSeller();
  invoices = await billed.bill('2026-03', [[[seller, 100n]], [[seller, 200n]], [[seller, 300n]]]);
});
after(() => billed.close());

const today = () => billed.deps.clock.now().toISOString().slice(0, 10);
const row = (index: number, result: string, date: string) =>
  `${invoices[index]!.number},${result},,${date},,`;

/** Puts a file that was last written to so many seconds ago. */
async function arrive(name: string, rows: readonly string[], secondsAgo = 61): Promise<void> {
  await inbox.put(rows, name);
  const at = new Date(billed.deps.clock.now().getTime() - secondsAgo * 1_000);
  await utimes(join(inbox.folder('inbox'), name), at, at);
}

const booked = async () =>
  (await billed.rows<{ count: number }>('SELECT COUNT(*) AS count FROM collection_result'))[0]!.count;

let rowsBefore = 0;
beforeEach(async () => void (rowsBefore = await booked()));
const bookedNow = async () => (await booked()) - rowsBefore;

it('a file that has arrived is imported during the day, and the night continues the run', async () => {
  await arrive('a.csv', [row(0, 'uncollected', '2026-04-01'), '202603-31-9999999,collected,,2026-04-01,,']);
  assert.deepEqual(await importArrivedFiles(billed.deps, never), { files: 1, refusedFiles: 0 });
  assert.deepEqual(await inbox.list('inbox'), []);
  assert.deepEqual(await inbox.list('done'), [`${today()}-a.csv`]);
  const key = { job: JOB, businessDate: today() };
  const given = await findRun(billed.deps, key);
  assert.deepEqual(
    [given?.state, given?.heldBy, Number(given?.done), Number(given?.parked)],
    ['running', null, 1, 1],
  );
  const parked = await listParked(billed.deps, key, 10);
  assert.deepEqual(
    parked.map(({ subject }) => subject),
    ['a:row 2'],
  );
  const [entry] = await billed.rows<{ date: string }>(
    "SELECT business_date AS date FROM ledger_entry WHERE kind = 'clawback'",
  );
  assert.equal(entry?.date, today());

  billed.world.clock.advance(24 * 60 * 60_000);
  await arrive('b.csv', [row(1, 'collected', '2026-04-01')]);
  const night = await executeRun(billed.deps, key, importCollectionFiles);
  assert.equal(night.kind, 'finished');
  assert.deepEqual(night.kind === 'finished' && night.counts, {
    expected: 3,
    done: 2,
    skipped: 0,
    parked: 1,
  });
});

it('one that somebody may still write to is left, by the loop and by the night, until it is quiet', async () => {
  await arrive('slow.csv', [row(0, 'pending', '2026-04-02')], 59);
  await arrive('moving.arriving', [row(0, 'pending', '2026-04-03')]);
  await arrive('.hidden.csv', [row(0, 'pending', '2026-04-04')]);
  assert.deepEqual(await importArrivedFiles(billed.deps, never), { files: 0, refusedFiles: 0 });
  const night = await inbox.run('2026-05-01');
  assert.deepEqual([night.counts.expected, night.facts['leftovers']], [0, 3]);
  assert.match(night.lines.join('\n'), /slow\.csv: left, it was written to less than a minute ago/);
  billed.world.clock.advance(1_000);
  assert.equal((await importArrivedFiles(billed.deps, never)).files, 1);
  await rename(join(inbox.folder('inbox'), 'moving.arriving'), join(inbox.folder('inbox'), 'moved.csv'));
  assert.equal((await importArrivedFiles(billed.deps, never)).files, 1);
  assert.deepEqual(await inbox.list('inbox'), ['.hidden.csv']);
  assert.equal(await bookedNow(), 2);
});

it('a file that grows while it is read stays, and is imported again in whole', async () => {
  await arrive('grows.csv', [row(0, 'pending', '2026-04-05')]);
  const path = join(inbox.folder('inbox'), 'grows.csv');
  const grown = await fakeRun(
    billed.deps,
    async (deps, run) => ({ files: await importNamedFiles(deps, run, ['grows.csv']) }),
    {
      job: JOB,
      businessDate: '2026-05-02',
      beforeChunk: () => appendFileSync(path, `${row(1, 'pending', '2026-04-05')}\n`),
    },
  );
  assert.match(grown.lines.join('\n'), /grows\.csv: left, it has changed while it was read/);
  assert.equal(await bookedNow(), 1);
  const whole = await inbox.run('2026-05-03');
  assert.deepEqual(whole.counts, { expected: 2, done: 1, skipped: 1, parked: 0 });
  assert.ok(!(await readdir(inbox.folder('inbox'))).includes('grows.csv'));
});

it('two processes at once import each file once', async () => {
  for (const name of ['1.csv', '2.csv', '3.csv'])
    await arrive(name, [row(2, 'pending', `2026-04-0${name[0]}`)]);
  const passes = await Promise.all([1, 2, 3].map(() => importArrivedFiles(billed.deps, never)));
  assert.equal(
    passes.reduce((sum, { files }) => sum + files, 0),
    3,
  );
  assert.equal(await bookedNow(), 3);
  assert.deepEqual(await inbox.list('refused'), []);
});

it('while the job of a night runs the loop leaves the inbox to it', async () => {
  await arrive('night.csv', [row(2, 'pending', '2026-04-10')]);
  const key = { job: JOB, businessDate: '2026-05-08' };
  await executeRun(billed.deps, key, async (deps, run) => {
    assert.deepEqual(await importArrivedFiles(billed.deps, never), { files: 0, refusedFiles: 0 });
    assert.ok((await inbox.list('inbox')).includes('night.csv'));
    return await importCollectionFiles(deps, run);
  });
  assert.equal(await bookedNow(), 1);
});

it('a truncated file is refused, a process that stops leaves its file, and what cannot be read waits for the night', async () => {
  await inbox.putText(
    'cut.csv',
    `invoice_number,result,collected_amount,result_date\n${invoices[0]!.number},coll`,
  );
  assert.deepEqual(await importArrivedFiles(billed.deps, never), { files: 1, refusedFiles: 1 });
  assert.deepEqual(await inbox.list('refused'), [`${today()}-cut.csv`]);
  await arrive('stopped.csv', [row(2, 'pending', '2026-04-11')]);
  assert.deepEqual(await importArrivedFiles(billed.deps, AbortSignal.abort()), { files: 0, refusedFiles: 0 });
  assert.ok((await inbox.list('inbox')).includes('stopped.csv'));
  const given = await findRun(billed.deps, { job: JOB, businessDate: today() });
  assert.deepEqual([given?.state, given?.heldBy], ['running', null]);
  assert.equal((await importArrivedFiles(billed.deps, never)).files, 1);
});

it('a minute of quiet is by the clock of the service, with one of the file server that is ahead', () => {
  const now = 1_000_000_000;
  const agesMs = [QUIET_MS, QUIET_MS - 1, 0, -3_600_000, -2 * 24 * 3_600_000];
  assert.deepEqual(
    agesMs.map((age) => isQuiet(now - age, now)),
    [true, false, false, false, true],
  );
});
