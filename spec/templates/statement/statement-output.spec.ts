import assert from 'node:assert/strict';
import { once } from 'node:events';
import { PassThrough, Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { setImmediate } from 'node:timers/promises';
import { test } from 'node:test';
import { Worker } from 'node:worker_threads';
import { renderStatement } from '../../../templates/statement/statement.ts';
import type { StatementDetail } from '../../../templates/statement/statement.types.ts';
import { renderBytes } from './read-pdf.ts';
import { longStatement, sampleDetails, sampleStatement } from './sample-statement.ts';

test('gives the same bytes for the same statement after any other', async () => {
  const first = await renderBytes(sampleStatement());
  await renderBytes(longStatement(50));
  assert.ok(first.equals(await renderBytes(sampleStatement())));
  assert.ok(!first.equals(await renderBytes(sampleStatement({ issueDate: '2026-07-09' }))));
});

test('gives the same bytes in a worker thread', async () => {
  const worker = new Worker(new URL('./render-worker.ts', import.meta.url));
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- threads have no origin, windows do
  worker.postMessage(sampleStatement());
  const [bytes]: Uint8Array[] = await once(worker, 'message');
  await worker.terminate();
  assert.ok(bytes && (await renderBytes(sampleStatement())).equals(bytes));
});

test('draws two statements at once without mixing them', async () => {
  const alone = [await renderBytes(longStatement(200)), await renderBytes(sampleStatement())];
  const together = await Promise.all([renderBytes(longStatement(200)), renderBytes(sampleStatement())]);
  for (const [index, bytes] of together.entries()) assert.ok(alone[index]?.equals(bytes));
});

test('waits for a slow output instead of accumulating pages', async () => {
  let pulled = 0;
  const source = longStatement(20_000);
  async function* counted(): AsyncGenerator<StatementDetail> {
    for await (const detail of source.details) {
      pulled++;
      yield detail;
    }
  }
  const takers: (() => void)[] = [];
  const stalled = new Writable({
    highWaterMark: 16_384,
    write: (_chunk, _encoding, done) => void takers.push(done),
  });
  const rendered = renderStatement({ ...source, details: counted() }, stalled);
  for (let turn = 0; turn < 200; turn++) await setImmediate();
  assert.ok(pulled > 0 && pulled < 2_000, `${pulled} rows were drawn for an output that takes nothing`);
  stalled.destroy(new Error('the disk is full'));
  await assert.rejects(rendered, /the disk is full/);
  assert.ok(pulled < 2_000);
});

test('stops drawing when the output is closed', async () => {
  const output = new PassThrough();
  const rendered = renderStatement(longStatement(20_000), output);
  output.destroy();
  await assert.rejects(rendered);
});

async function* breakOff(): AsyncGenerator<StatementDetail> {
  yield* sampleDetails().slice(0, 3);
  throw await Promise.resolve(new Error('the cursor is gone'));
}

test('leaves no complete file behind when the rows break off', async () => {
  const output = new PassThrough();
  const received = text(output).catch(() => 'broken off');
  await assert.rejects(
    renderStatement(sampleStatement({ details: breakOff() }), output),
    /the cursor is gone/,
  );
  assert.equal(await received, 'broken off');
});

const contradictions = [
  {
    name: 'a payout that does not follow from its parts',
    changes: { payoutMinor: 75_601n },
    message: /payout/,
  },
  { name: 'services that do not add up', changes: { settlementLines: [] }, message: /services/ },
  { name: 'tax rates that do not add up', changes: { rateTotals: [] }, message: /tax rates/ },
  { name: 'details that do not add up', changes: { details: sampleDetails().slice(1) }, message: /details/ },
  { name: 'a payout without a date', changes: { payoutDate: null }, message: /without a date/ },
  {
    name: 'a negative payout',
    changes: { carriedInMinor: -80_000n, payoutMinor: -4_400n },
    message: /negative amount/,
  },
] as const;

for (const { name, changes, message } of contradictions) {
  test(`refuses ${name}`, async () => {
    await assert.rejects(renderStatement(sampleStatement(changes), new PassThrough().resume()), message);
  });
}
