import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  checkField,
  choiceField,
  countField,
  dateField,
  moneyField,
  optional,
  secretField,
  textField,
  timeField,
  type Field,
} from '../../../src/portal/kit/form-fields.ts';

const LABEL = 'kit.optional';

/** What is typed, and the value, or the key of the fault. */
type Rows = readonly (readonly [string, unknown])[];

const fault = (key: string) => ({ fault: key });

function assertReads(field: Field<unknown>, rows: Rows): void {
  for (const [typed, expected] of rows) {
    const reading = field.read(typed);
    const read = 'fault' in reading ? fault(reading.fault.key) : reading.value;
    assert.deepEqual(read, expected, JSON.stringify(typed));
  }
}

describe('a field reads', () => {
  it('a text on one line, without blanks around it and without unseen characters', () => {
    assertReads(textField({ label: LABEL, maxLength: 5 }), [
      ['abc', 'abc'],
      ['  abc\u3000', 'abc'],
      ['a\r\nb', 'a b'],
      ['a\tb', 'a b'],
      ['a\u0000\u0007b', 'ab'],
      ['a\u001bb\u007fc', 'abc'],
      ['a\u202eb', 'ab'],
      ['a\u2066b\u2069', 'ab'],
      ['a\u200bb\ufeffc', 'abc'],
      ['a\u2028b\u2029', 'ab'],
      ['<b>', '<b>'],
      ['１２３', '１２３'],
      ['', fault('kit.fault.missing')],
      [' \r\n\t ', fault('kit.fault.missing')],
      ['\u200b\u202e', fault('kit.fault.missing')],
      ['abcdef', fault('kit.fault.too-long')],
      ['\u200babcde\u200b', 'abcde'],
    ]);
  });

  it('a text of several lines with its lines', () => {
    assertReads(textField({ label: LABEL, maxLength: 9, isMultiline: true }), [
      ['a\r\nb\rc\nd', 'a\nb\nc\nd'],
      ['a\tb', 'a\tb'],
      ['\n\na\n\n', 'a'],
      ['a\u0000b', 'ab'],
    ]);
  });

  it('a password as it is typed', () => {
    assertReads(secretField(LABEL), [
      [' pass word ', ' pass word '],
      ['ｐａｓｓ', 'ｐａｓｓ'],
      ['x'.repeat(2_000), 'x'.repeat(1_024)],
      ['', fault('kit.fault.missing')],
    ]);
    assert.equal(secretField(LABEL).isSecret, true);
  });

  it('a whole number in any width, between its bounds', () => {
    assertReads(countField(LABEL, { min: 1, max: 1_000 }), [
      ['1', 1],
      ['１，０００', 1_000],
      ['1,000', 1_000],
      ['1、000', 1_000],
      [' 1 0 ', 10],
      ['007', 7],
      ['', fault('kit.fault.missing')],
      ['0', fault('kit.fault.number')],
      ['1001', fault('kit.fault.number')],
      ['-1', fault('kit.fault.number')],
      ['1.5', fault('kit.fault.number')],
      ['1e2', fault('kit.fault.number')],
      ['0x10', fault('kit.fault.number')],
      ['一', fault('kit.fault.number')],
      ['9'.repeat(16), fault('kit.fault.number')],
    ]);
  });

  it('an amount exactly, with 円 or ¥ in any width', () => {
    assertReads(moneyField(LABEL, { max: 100_000n }), [
      ['0', 0n],
      ['1,100', 1_100n],
      ['１，１００円', 1_100n],
      ['￥１，１００', 1_100n],
      [String.raw`\1100`, 1_100n],
      ['¥1,100円', 1_100n],
      ['100000', 100_000n],
      ['', fault('kit.fault.missing')],
      ['円', fault('kit.fault.missing')],
      ['100001', fault('kit.fault.money')],
      ['-1', fault('kit.fault.money')],
      ['1100.5', fault('kit.fault.money')],
      ['1円1', fault('kit.fault.money')],
      ['9'.repeat(30), fault('kit.fault.money')],
    ]);
  });

  it('a date of the calendar, however it is written', () => {
    assertReads(dateField(LABEL), [
      ['2026-05-01', '2026-05-01'],
      ['2026/5/1', '2026-05-01'],
      ['2026.5.1', '2026-05-01'],
      ['２０２６年５月１日', '2026-05-01'],
      [' 2028-02-29 ', '2028-02-29'],
      ['', fault('kit.fault.missing')],
      ['2026-02-29', fault('kit.fault.date')],
      ['2026-13-01', fault('kit.fault.date')],
      ['2026-00-10', fault('kit.fault.date')],
      ['2026-05-00', fault('kit.fault.date')],
      ['2026-05-32', fault('kit.fault.date')],
      ['5/1', fault('kit.fault.date')],
      ['01/05/2026', fault('kit.fault.date')],
      ['2026-05-01T00:00', fault('kit.fault.date')],
      ['tomorrow', fault('kit.fault.date')],
    ]);
  });

  it('one of its choices and nothing else', () => {
    assertReads(choiceField(LABEL, ['all', 'listed']), [
      ['all', 'all'],
      ['listed', 'listed'],
      ['', fault('kit.fault.choose')],
      ['ALL', fault('kit.fault.choose')],
      ['constructor', fault('kit.fault.choose')],
    ]);
  });

  it('a box that is ticked', () => {
    assertReads(checkField(LABEL), [
      ['on', true],
      ['', false],
      ['true', false],
    ]);
  });

  it('a time of day, however it is written', () => {
    assertReads(timeField(LABEL), [
      ['09:30', '09:30'],
      ['9:05', '09:05'],
      ['２３時５９分', '23:59'],
      [' 0:00 ', '00:00'],
      ['', fault('kit.fault.missing')],
      ['24:00', fault('kit.fault.time')],
      ['9:60', fault('kit.fault.time')],
      ['9', fault('kit.fault.time')],
    ]);
  });

  it('nothing where a field may stay empty, and otherwise what the field reads', () => {
    assertReads(optional(dateField(LABEL)), [
      ['', undefined],
      [' \u3000', undefined],
      ['2026/5/1', '2026-05-01'],
      ['x', fault('kit.fault.date')],
    ]);
    assert.equal(optional(secretField(LABEL)).isSecret, true);
  });
});
