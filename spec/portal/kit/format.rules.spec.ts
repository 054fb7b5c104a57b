import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { formatsOf, type Format } from '../../../src/portal/kit/format.rules.ts';

const terms = { currency: 'JPY', timeZone: 'Asia/Tokyo' } as const;
const ja = formatsOf({ ...terms, language: 'ja' });
const en = formatsOf({ ...terms, language: 'en' });

/** A minute to midnight of the old year in Tokyo, which is the afternoon in UTC; and a minute after it. */
const BEFORE = new Date('2026-12-31T14:59:00Z');
const AFTER = new Date('2026-12-31T15:01:00Z');

const rows: readonly (readonly [string, (format: Format) => string, string, string])[] = [
  ['nothing', ({ money }) => money(0n), '0円', '¥0'],
  ['an amount', ({ money }) => money(1_234_567n), '1,234,567円', '¥1,234,567'],
  [
    'an amount beyond exact numbers',
    ({ money }) => money(9_007_199_254_740_993n),
    '9,007,199,254,740,993円',
    '¥9,007,199,254,740,993',
  ],
  ['a credit', ({ money }) => money(-1_100n), '-1,100円', '-¥1,100'],
  ['a number', ({ count }) => count(12_345), '12,345', '12,345'],
  ['a date', ({ date }) => date('2026-05-01'), '2026年5月1日(金)', 'Fri, May 1, 2026'],
  ['a leap day', ({ date }) => date('2028-02-29'), '2028年2月29日(火)', 'Tue, Feb 29, 2028'],
  ['a day', ({ day }) => day('2026-12-31'), '12月31日', 'Dec 31'],
  ['a month', ({ month }) => month('2026-01'), '2026年1月', 'January 2026'],
  [
    'before midnight',
    ({ dateTime }) => dateTime(BEFORE),
    '2026年12月31日(木) 23:59',
    'Thu, Dec 31, 2026 23:59',
  ],
  ['after midnight', ({ dateTime }) => dateTime(AFTER), '2027年1月1日(金) 00:01', 'Fri, Jan 1, 2027 00:01'],
];

describe('values on pages', () => {
  for (const [what, write, japanese, english] of rows) {
    it(`are written as the reader's language does: ${what}`, () => {
      assert.equal(write(ja), japanese);
      assert.equal(write(en), english);
    });
  }
});
