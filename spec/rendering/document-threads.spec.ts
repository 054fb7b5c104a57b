import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { buffer } from 'node:stream/consumers';
import { DocumentThreads } from '../../src/rendering/document-threads.ts';
import { statementDocument } from '../../src/rendering/printed-document.ts';
import type { StatementDetail } from '../../templates/statement/statement.types.ts';
import { renderBytes } from '../templates/statement/read-pdf.ts';
import { longStatement, sampleDetails, sampleStatement } from '../templates/statement/sample-statement.ts';

let dir: string;
let threads: DocumentThreads;

before(async () => {
  dir = await mkdtemp(join(tmpdir(), 'document-threads-'));
  threads = new DocumentThreads();
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
    names.map(({ of, name }) => threads.write({ dir, name }, statementDocument(statements[of]!()))),
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
  await assert.rejects(
    threads.write(file, statementDocument(sampleStatement({ details: breakOff() }))),
    /the cursor is gone/,
  );
  // The thread has taken its file away by the time it has written the next.
  await Promise.all([
    threads.write({ dir, name: 'next-1.pdf' }, statementDocument(sampleStatement())),
    threads.write({ dir, name: 'next-2.pdf' }, statementDocument(sampleStatement())),
  ]);
  assert.deepEqual((await readdir(dir)).toSorted(), [...before, 'next-1.pdf', 'next-2.pdf'].toSorted());
});

test('refuses a statement that contradicts itself with the words of the drawing', async () => {
  const file = { dir, name: 'wrong.pdf' };
  await assert.rejects(
    threads.write(file, statementDocument(sampleStatement({ settlementLines: [] }))),
    /services/,
  );
});

test('draws in memory and into an unnamed file the same bytes as into a file', async () => {
  const expected = await renderBytes(longStatement(600));
  assert.ok((await threads.draw(statementDocument(longStatement(600)))).equals(expected));
  const spooled = await threads.spool(statementDocument(longStatement(600)));
  assert.ok((await buffer(spooled)).equals(expected));
});

test('gives no reader to a document that breaks off', async () => {
  const broken = statementDocument(sampleStatement({ details: breakOff() }));
  await assert.rejects(threads.spool(broken), /the cursor is gone/);
});

const endless = () => new ReadableStream<StatementDetail>({ pull: () => new Promise(() => {}) });

test('refuses more documents at once than its memory is for, and takes others afterwards', async () => {
  const crowded = new DocumentThreads();
  const draw = () => crowded.draw(statementDocument(sampleStatement({ details: endless() })));
  const waiting = Array.from({ length: 60 }, () => assert.rejects(draw(), /documents ended/));
  await assert.rejects(draw(), { code: 'service-unavailable' });
  await crowded.close();
  await Promise.all(waiting);
  assert.ok((await crowded.draw(statementDocument(sampleStatement()))).length > 10_000);
  await crowded.close();
});

test('reports to those who wait for a thread that it has ended, and begins another', async () => {
  const waiting = threads.write(
    { dir, name: 'endless.pdf' },
    statementDocument(sampleStatement({ details: endless() })),
  );
  const told = assert.rejects(waiting, /a thread that draws documents ended/);
  await threads.close();
  await told;
  assert.ok(
    (await threads.write({ dir, name: 'again.pdf' }, statementDocument(sampleStatement()))).pages > 0,
  );
});
