import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readResults } from '../../src/payouts/read-results.ts';

const header = 'customer_code_1,customer_code_2,amount,result,date,reason';
const read = (...rows: string[]) => readResults(Buffer.from([header, ...rows, ''].join('\n')), 'JPY');

test('a file of results is read in the order of its header, with or without a byte order mark', () => {
  const result = {
    number: '2026051201',
    lineNumber: 2,
    amountMinor: 500n,
    result: 'settled',
    date: '2026-05-12',
    reason: '',
  };
  assert.deepEqual(read('2026051201,0000000002,0000000500,settled,2026-05-12,'), [{ row: 2, result }]);
  const other =
    '\ufeffreason,date,result,amount,customer_code_2,customer_code_1\r\n,2026-05-12,settled,500,2,2026051201\r\n';
  assert.deepEqual(readResults(Buffer.from(other), 'JPY'), [{ row: 2, result }]);
});

const readEuro = (amount: string) =>
  readResults(Buffer.from(`${header}\n2026051201,1,${amount},settled,2026-05-12,\n`), 'EUR')[0];

test('amounts in euro have their two decimals, and others are refused', () => {
  assert.equal(readEuro('1234.50')?.result?.amountMinor, 123_450n);
  for (const amount of ['1234', '1234.5', '"1,234.50"', '-1.00'])
    assert.match(readEuro(amount)?.fault ?? '', /amount must be in euro with two decimals/);
});

test('reasons in Shift_JIS are read', () => {
  const reason = Buffer.from([0x8c, 0xfb, 0x8d, 0xc0, 0x82, 0xc8, 0x82, 0xb5]);
  const row = Buffer.concat([
    Buffer.from(`${header}\n2026051201,1,5,returned,2026-05-12,`),
    reason,
    Buffer.from('\n'),
  ]);
  assert.equal(readResults(row, 'JPY')[0]?.result?.reason, '口座なし');
});

const faults: [row: string, fault: RegExp][] = [
  ['20260512,1,5,settled,2026-05-12,', /customer_code_1/],
  ['2026051201,x,5,settled,2026-05-12,', /customer_code_2/],
  ['2026051201,1,-5,settled,2026-05-12,', /amount/],
  ['2026051201,1,5,paid,2026-05-12,', /result must be/],
  ['2026051201,1,5,settled,2026-02-30,', /date must be/],
  ['2026051201,1,5,returned,2026-05-12,', /needs its reason/],
  ['2026051201,1,5,settled,2026-05-12,x', /has no reason/],
  [`2026051201,1,5,returned,2026-05-12,${'x'.repeat(101)}`, /up to 100/],
  ['2026051201,1,5,returned,2026-05-12,a\u200bb', /readable/],
  ['2026051201,1,5', /has 3 columns/],
];
for (const [row, fault] of faults) {
  test(`the row ${row.slice(0, 50)} is refused by its number, and the next one is read`, () => {
    const [refused, good] = read(row, '2026051201,1,5,settled,2026-05-12,');
    assert.equal(refused!.row, 2);
    assert.match(refused!.fault!, fault);
    assert.equal(good!.result?.lineNumber, 1);
  });
}

for (const bytes of ['', 'a,b\n1,2\n', `${header}\n"x\n`, `${header},date\n`]) {
  test(`a file that is no file of results is refused: ${JSON.stringify(bytes.slice(0, 30))}`, () => {
    assert.throws(() => readResults(Buffer.from(bytes), 'JPY'), { code: 'import-refused' });
  });
}
