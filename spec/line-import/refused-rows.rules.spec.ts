import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { countsOfFile } from '../../src/line-import/import-counts.rules.ts';
import { linesOf, pickRefusedRows } from '../../src/line-import/refused-rows.rules.ts';

const file = 'head\n1,a\n2,"b\nb"\n3,c\n4,"d\n5,e\n';
const refusal = (line: number, code = 'holder-invalid') => ({ row: 0, line, code, reason: '' });

/** The picked rows of a file that arrives in pieces of so many bytes. */
async function pick(rows: Parameters<typeof pickRefusedRows>[1], size = 4): Promise<string> {
  async function* pieces(): AsyncGenerator<Buffer> {
    const bytes = Buffer.from(file);
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
  }
  const picked: Buffer[] = [];
  for await (const line of pickRefusedRows(linesOf(pieces()), rows)) picked.push(line);
  return Buffer.concat(picked).toString('utf8');
}

describe('the refused rows of a line file', () => {
  it('are sent back beneath the header, as they were sent', async () => {
    for (const size of [1, 3, 100])
      assert.equal(await pick([refusal(2), refusal(5)], size), 'head\n1,a\n3,c\n');
  });

  it('take all lines of a quoted row, and one of a row whose quote is stray', async () => {
    assert.equal(await pick([refusal(3)]), 'head\n2,"b\nb"\n');
    assert.equal(await pick([refusal(6, 'quote-stray')]), 'head\n4,"d\n');
    assert.equal(
      await pick([refusal(3), refusal(5), refusal(6, 'quote-stray'), refusal(7)]),
      file.replace('1,a\n', ''),
    );
  });
});

describe('the counts of an archived file', () => {
  const counts = { read: 3, added: 1, changed: 0, unchanged: 1, refused: 1 };
  const facts = {
    files: [
      { fileName: 'lines.csv', ...counts },
      { fileName: 'bad.csv', refusal: 'it is empty' },
    ],
  };
  for (const [name, expected] of [
    ['2026-05-11-lines.csv', counts],
    ['2026-05-11-lines.csv.2', counts],
    ['2026-05-11-bad.csv', undefined],
    ['2026-05-11-other.csv', undefined],
  ] as const)
    it(`${name}: ${expected ? 'those of its run' : 'none'}`, () => {
      assert.deepEqual(countsOfFile(facts, { name, date: '2026-05-11' }), expected);
    });

  it('are none without a manifest', () => {
    assert.equal(countsOfFile({}, { name: '2026-05-11-lines.csv', date: '2026-05-11' }), undefined);
  });
});
