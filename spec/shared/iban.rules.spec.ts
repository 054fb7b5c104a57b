import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readIban } from '../../src/shared/iban.rules.ts';

/** The examples of the registry. */
const examples = [
  'DE89 3704 0044 0532 0130 00',
  'FR14 2004 1010 0505 0001 3M02 606',
  'NL91 ABNA 0417 1643 00',
  'NO93 8601 1117 947',
  'MT84 MALT 0110 0001 2345 MTLC AST0 01S',
  'gb29nwbk60161331926819',
];

for (const example of examples) {
  test(`reads ${example}`, () => {
    assert.deepEqual(readIban(example), { iban: example.replaceAll(' ', '').toUpperCase() });
  });
}

for (const { entered, fault } of [
  { entered: '', fault: /not an IBAN/ },
  { entered: '0123456', fault: /not an IBAN/ },
  { entered: 'DE89 3704 0044 0532 0130 0', fault: /21 characters, and one of DE has 22/ },
  { entered: 'DE89 3704 0044 0532 0130 01', fault: /check digits/ },
  { entered: 'US64 SVBK US6S 3300 9586 71', fault: /US, where no euro transfer goes/ },
]) {
  test(`refuses ${entered || 'nothing'}`, () => {
    const read = readIban(entered);
    assert.match('fault' in read ? read.fault : '', fault);
  });
}

test('finds every single wrong figure', () => {
  const iban = 'DE89370400440532013000';
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 21 }), fc.integer({ min: 1, max: 9 }), (at, by) => {
      const wrong = String((Number(iban[at]) + by) % 10);
      return 'fault' in readIban(iban.slice(0, at) + wrong + iban.slice(at + 1));
    }),
  );
});
