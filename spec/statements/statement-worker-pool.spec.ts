import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { StatementThreads } from '../../src/statements/statement-worker-pool.ts';
import type { StatementDetail } from '../../templates/statement/statement.types.ts';
import { renderBytes } from '../templates/statement/read-pdf.ts';
import { longStatement, sampleDetails, sampleStatement } from '../templates/statement/sample-statement.ts';

let dir: string;
let threads: StatementThreads;

before(async () => {
  dir = await mkdtemp(join(tmpdir(), 'statement-threads-'));
  threads = new StatementThreads();
});
after(async () => {
  await threads.close();
  await rm(dir, { recursive: true });
});

test('writes many statements at once, each as one thread alone draws it', async () => {
  // More rows than go over in one answer, none at all, and those in between.
  const statements = [() => longStatement(1_234), () => sampleStatement(), () => longStatement(1_000)];
  const names = [...statements.keys(), ...statements.keys()].map((of, at) => ({
    of,
    name: `${at}-${of}.pdf`,
  }));
  const written = await Promise.all(
    names.map(({ of, name }) => threads.write({ dir, name }, statements[of]!())),
  );
  for (const [index, { of, name }] of names.entries()) {
    assert.ok((await readFile(join(dir, name))).equals(await renderBytes(statements[of]!())), name);
    assert.equal(written[index]?.pages, written[of]?.pages);
  }
});

async function* breakOff(): AsyncGenerator<StatementDetail> {
  yield* sampleDetails();
  throw await Promise.resolve(new Error('the cursor is gone'));
}

test('leaves nothing behind of a statement whose rows break off, and says why', async () => {
  const before = await readdir(dir);
  const file = { dir, name: 'broken.pdf' };
  await assert.rejects(threads.write(file, sampleStatement({ details: breakOff() })), /the cursor is gone/);
  // The thread has taken its file away by the time it has written the next.
  await Promise.all([
    threads.write({ dir, name: 'next-1.pdf' }, sampleStatement()),
    threads.write({ dir, name: 'next-2.pdf' }, sampleStatement()),
  ]);
  assert.deepEqual((await readdir(dir)).toSorted(), [...before, 'next-1.pdf', 'next-2.pdf'].toSorted());
});

test('refuses a statement that contradicts itself with the words of the drawing', async () => {
  const file = { dir, name: 'wrong.pdf' };
  await assert.rejects(threads.write(file, sampleStatement({ settlementLines: [] })), /services/);
});

test('reports to those who wait for a thread that it has ended, and begins another', async () => {
  const endless = new ReadableStream<StatementDetail>({ pull: () => new Promise(() => {}) });
  const waiting = threads.write({ dir, name: 'endless.pdf' }, sampleStatement({ details: endless }));
  const told = assert.rejects(waiting, /a thread that draws statements ended/);
  await threads.close();
  await told;
  assert.ok((await threads.write({ dir, name: 'again.pdf' }, sampleStatement())).pages > 0);
});
