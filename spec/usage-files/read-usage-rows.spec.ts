import assert from 'node:assert/strict';
import { Buffer } from 'node:buffer';
import { describe, test } from 'node:test';
import { readUsageRows, type ReadRow } from '../../src/usage-files/read-usage-rows.ts';
import { MAX_USE_AGE_DAYS } from '../../src/usage-files/usage-row.rules.ts';

const NOW = new Date('2026-05-10T03:00:00.000Z');
const CONSENT = '01JV4P2X7B9CGDN4RE6KSWHTZM';
const MIB = 2 ** 20;

async function read(text: string, pieceBytes = 7): Promise<ReadRow[]> {
  const bytes = Buffer.from(text);
  async function* pieces() {
    for (let from = 0; from < bytes.length; from += pieceBytes) yield bytes.subarray(from, from + pieceBytes);
  }
  return (await Array.fromAsync(readUsageRows(pieces(), NOW))).flat();
}

const faultIn = ({ use }: ReadRow) => ('code' in use ? use.text : 'read');

describe('rows of a usage file', () => {
  test('are the same however the bytes arrive', async () => {
    const rows = Array.from({ length: 40 }, (_, n) => `${CONSENT},${n + 1},standard,"曲 ""${n}"""`);
    const text = `consent,amount,tax_code,description\r\n${rows.join('\r\n')}`;
    const whole = await read(text, 1_000_000);
    assert.equal(whole.length, 40);
    for (const pieceBytes of [1, 2, 3, 64]) assert.deepEqual(await read(text, pieceBytes), whole);
  });

  test('say what is wrong with each', async () => {
    const cases = [
      [`${CONSENT},5,standard,a,`, 'read'],
      [`${CONSENT},5,standard,a,2026-05-10T12:00:00+09:00`, 'read'],
      [`${CONSENT},1.5,standard,a,`, /^amount must be/],
      [`${CONSENT},,standard,a,`, /^amount must be/],
      [`ch_${CONSENT},5,standard,a,`, /^consent must be/],
      [`${CONSENT},5,zero,a,`, /^tax_code must be/],
      [`${CONSENT},5,standard,,`, /description/],
      [`${CONSENT},5,standard,a,2026-05-10`, /^occurred_at must be an instant/],
      [`${CONSENT},5,standard,a,2026-04-31T12:00:00+09:00`, /^occurred_at must be an instant/],
      [`${CONSENT},5,standard,a,2026-05-10T12:10:00+09:00`, 'occurred_at must not be in the future'],
      [`${CONSENT},5,standard,a,2026-02-01T00:00:00Z`, new RegExp(`more than ${MAX_USE_AGE_DAYS} days ago`)],
    ] as const;
    const rows = await read(
      `consent,amount,tax_code,description,occurred_at\n${cases.map(([row]) => row).join('\n')}\n`,
    );
    for (const [at, [row, wanted]] of cases.entries()) {
      const fault = faultIn(rows[at]!);
      assert.ok(typeof wanted === 'string' ? fault === wanted : wanted.test(fault), `${row}: ${fault}`);
    }
  });

  test('of 300,000 lines take no more memory than a block of them', async () => {
    const line = `${CONSENT},123,standard,楽曲の利用 1曲\n`;
    async function* pieces() {
      yield Buffer.from('consent,amount,tax_code,description\n');
      for (let n = 0; n < 300; n += 1) yield Buffer.from(line.repeat(1_000));
    }
    globalThis.gc?.();
    const before = process.memoryUsage().rss;
    let [count, most]: [number, number] = [0, 0];
    for await (const rows of readUsageRows(pieces(), NOW)) {
      count += rows.length;
      most = Math.max(most, process.memoryUsage().rss - before);
    }
    assert.equal(count, 300_000);
    assert.ok(most < 160 * MIB, `${Math.round(most / MIB)} MiB`);
  });
});
