import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import { formatCsv } from '../../src/shared/csv.ts';

/** Texts full of characters with a meaning in CSV. */
const text = fc
  .array(fc.constantFrom('"', ',', '\n', '\r', ' ', "'", '=', 'a', '東', ';', '\t'), { maxLength: 6 })
  .map((c) => c.join(''));
const cell = fc.oneof(
  text,
  fc.string(),
  fc.integer(),
  fc.double({ noNaN: true }),
  fc.bigInt(),
  fc.constant(null),
);

describe('CSV', () => {
  it('is formatted as by the library for any content', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(cell, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 4 }),
        (rows) => {
          assert.equal(formatCsv(rows), stringify(rows));
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it('quotes only where it must, and ends every row with a line feed', () => {
    assert.equal(
      formatCsv([
        ['a', 1, 2n, null],
        ['b,c', 'd"e', 'f\ng', ''],
      ]),
      'a,1,2,\n"b,c","d""e","f\ng",\n',
    );
  });

  it('disarms anything that begins like a formula, on request', () => {
    assert.equal(formatCsv([['=1+1', '-2', -2, 'x']], { protectFormulas: true }), "'=1+1,'-2,-2,x\n");
    assert.equal(formatCsv([['=1+1']]), '=1+1\n');
  });
});
