import assert from 'node:assert/strict';
import { it } from 'node:test';
import { readResults } from '../../../src/payouts/read-results.ts';
import { resultFaultText } from '../../../src/portal/billing/payouts/result-fault.rules.ts';
import { translator } from '../../../src/portal/messages/translate.ts';

const HEADER = 'customer_code_1,customer_code_2,amount,result,date,reason';
/** What the reading of a file refuses, row by row, and what the comparison with a payout does. */
const rows = [
  '2026053101,1',
  'x,1,5,settled,2026-05-31,',
  '2026053101,x,5,settled,2026-05-31,',
  '2026053101,1,x,settled,2026-05-31,',
  '2026053101,1,5,paid,2026-05-31,',
  '2026053101,1,5,settled,31 May,',
  '2026053101,1,5,returned,2026-05-31,',
  '2026053101,1,5,settled,2026-05-31,because',
  `2026053101,1,5,returned,2026-05-31,${'x'.repeat(2_000)}`,
];
const compared = [
  'there is no payout 2026053101-1',
  'payout 2026053101-1 was not sent',
  'payout 2026053101-1 is of 500, not 5',
  'payout 2026053101-1 is transferred on 2026-06-01, not before',
  'payout 2026053101-1 is of €5.00, not €1.20',
  '2026-06-02 is after today',
  'payout 2026053101-1 is settled since 2026-06-01 already',
];

it('says why a row of the bank was refused in Japanese, whatever is wrong with it', () => {
  const read = readResults(Buffer.from([HEADER, ...rows].join('\n')), 'JPY').map(({ fault }) => fault ?? '');
  const faults = [...read, ...compared];
  assert.ok(read.every((fault) => fault !== ''));
  const t = translator('ja');
  const left = faults.filter(
    (fault) => !/[\p{Script=Han}\p{Script=Hiragana}]/u.test(resultFaultText(fault, t)),
  );
  assert.deepEqual(left, []);
  assert.equal(resultFaultText(compared[2]!, t), '振込2026053101-1の金額は500で、5ではありません');
});
