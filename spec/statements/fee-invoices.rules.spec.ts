import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { convert } from 'xmlbuilder2';
import { taxOn } from '../../src/shared/tax.rules.ts';
import { describeFeeInvoices, feeInvoicesOf } from '../../src/statements/fee-invoices.rules.ts';
import { writeJpPintInvoice } from '../../src/statements/jp-pint.rules.ts';
import { setUpInvoiceNumber } from '../../templates/statement/statement.rules.ts';
import type { Statement } from '../../templates/statement/statement.types.ts';
import { sampleStatement } from '../templates/statement/sample-statement.ts';

const RATES = [300, 500, 800, 1000];

/** A statement with the taxes that a settlement gives it: each rounded down by itself. */
function withFees(
  fees: {
    readonly fee: bigint;
    readonly setUp: bigint;
    readonly rate?: number;
    readonly taxable?: boolean;
    /** Of a release whose statements name no invoice for the set-up fee. */
    readonly isOlder?: boolean;
  },
  changes: Partial<Statement> = {},
): Statement {
  const { fee, setUp, rate = 1000, taxable = true, isOlder = false } = fees;
  const sample = sampleStatement(changes);
  return {
    ...sample,
    fee: {
      ...sample.fee,
      exTaxMinor: fee,
      taxable,
      taxRateBps: rate,
      taxMinor: taxable ? taxOn(fee, rate) : 0n,
    },
    setUp: {
      exTaxMinor: setUp,
      taxMinor: taxOn(setUp, rate),
      ...(!isOlder && setUp > 0n && { invoiceNumber: setUpInvoiceNumber(sample.number) }),
    },
  };
}

/** Number, category, percent, taxable amount and tax of each invoice by its XML. */
function taxesOf(statement: Statement) {
  return Object.values(describeFeeInvoices(statement)).map((invoice) => {
    // oxlint-disable-next-line typescript/no-explicit-any -- a tree of elements by name
    const { Invoice }: any = convert(writeJpPintInvoice(invoice), { format: 'object' });
    const { 'cac:TaxSubtotal': subtotal, 'cbc:TaxAmount': total } = Invoice['cac:TaxTotal'];
    assert.equal(subtotal['cbc:TaxAmount']['#'], total['#']);
    const category = subtotal['cac:TaxCategory'];
    return [
      Invoice['cbc:ID'],
      category['cbc:ID'],
      category['cbc:Percent'],
      BigInt(subtotal['cbc:TaxableAmount']['#']),
      BigInt(total['#']),
    ];
  });
}

/** Those of a statement that names no invoice for its set-up fee. */
const older = (fees: { fee: bigint; setUp: bigint; taxable?: boolean }) =>
  describeFeeInvoices(withFees({ ...fees, isOlder: true }));

describe('the electronic invoices of a statement', () => {
  const number = 'ST-2026-05-000123';
  for (const { name, fees, expected } of [
    {
      name: 'the fee alone, under the number of the statement',
      fees: { fee: 4_000n, setUp: 0n },
      expected: [[number, 'S', '10', 4_000n, 400n]],
    },
    {
      // Together 20 yen at 10% would be 2, where each of the two is 0.9 and 1.1 yen: 0 + 1.
      name: 'fee and set-up fee whose taxes together are not that of their sum',
      fees: { fee: 9n, setUp: 11n },
      expected: [
        [number, 'S', '10', 9n, 0n],
        [`${number}-SETUP`, 'S', '10', 11n, 1n],
      ],
    },
    {
      name: 'an exempt fee beside a set-up fee, which is always taxed',
      fees: { fee: 4_000n, setUp: 9_999n, taxable: false },
      expected: [
        [number, 'E', '0', 4_000n, 0n],
        [`${number}-SETUP`, 'S', '10', 9_999n, 999n],
      ],
    },
    {
      name: 'a set-up fee without a fee',
      fees: { fee: 0n, setUp: 50_000n },
      expected: [[`${number}-SETUP`, 'S', '10', 50_000n, 5_000n]],
    },
    { name: 'none when nothing is supplied', fees: { fee: 0n, setUp: 0n }, expected: [] },
  ])
    it(name, () => assert.deepEqual(taxesOf(withFees(fees)), expected));

  it('have the tax of their amount, rounded once, and add up to the taxes of the statement', () => {
    const yen = fc.bigInt({ min: 0n, max: 10_000_000n });
    const fees = fc.record({
      fee: yen,
      setUp: yen,
      rate: fc.constantFrom(...RATES),
      taxable: fc.boolean(),
    });
    fc.assert(
      fc.property(fees, (drawn) => {
        const statement = withFees(drawn);
        const taxes = taxesOf(statement);
        for (const [, category, , base, tax] of taxes)
          assert.equal(tax, category === 'E' ? 0n : taxOn(base as bigint, drawn.rate));
        const sum = taxes.reduce(
          (total, [, , , base, tax]) => total + (base as bigint) + (tax as bigint),
          0n,
        );
        const { fee, setUp } = statement;
        assert.equal(sum, fee.exTaxMinor + fee.taxMinor + setUp.exTaxMinor + setUp.taxMinor);
      }),
    );
  });

  it('of a correction name the invoice that each replaces', () => {
    const replaces = { number, issueDate: '2026-07-08' };
    const corrected = withFees({ fee: 9n, setUp: 11n }, { number: `${number}-2`, replaces });
    const { fee, 'set-up': setUp } = describeFeeInvoices(corrected);
    assert.equal(fee?.replaces?.number, number);
    assert.equal(setUp?.replaces?.number, `${number}-SETUP`);
    assert.equal(setUp?.number, `${number}-2-SETUP`);
  });

  it('of a statement that names none for its set-up fee are one, as it was printed, under its number', () => {
    const joined = older({ fee: 9n, setUp: 11n });
    assert.deepEqual(Object.keys(joined), ['fee']);
    const xml = writeJpPintInvoice(joined.fee!);
    // oxlint-disable-next-line typescript/no-explicit-any -- a tree of elements by name
    const { Invoice }: any = convert(xml, { format: 'object' });
    assert.equal(Invoice['cbc:ID'], number);
    assert.equal(Invoice['cac:InvoiceLine'].length, 2);
    // Rounded apart, as on the paper: 0 and 1, where 20 yen would have 2.
    assert.equal(Invoice['cac:TaxTotal']['cbc:TaxAmount']['#'], '1');
    assert.equal(Invoice['cac:LegalMonetaryTotal']['cbc:PayableAmount']['#'], '21');
    assert.deepEqual(older({ fee: 0n, setUp: 50_000n }).fee?.supplies.length, 1);
    assert.deepEqual(Object.keys(older({ fee: 9n, setUp: 0n })), ['fee']);
    assert.deepEqual(
      older({ fee: 4_000n, setUp: 9_999n, taxable: false }).fee?.supplies.map(({ taxRateBps }) => taxRateBps),
      [null, 1000],
    );
  });

  it('are linked as they are, of every combination of fees', () => {
    for (const fee of [0n, 9n])
      for (const setUp of [0n, 11n])
        for (const isOlder of [false, true])
          assert.deepEqual(
            feeInvoicesOf({ feeExTaxMinor: fee, setUpExTaxMinor: setUp }, !isOlder),
            Object.keys(describeFeeInvoices(withFees({ fee, setUp, isOlder }))),
            `${fee} ${setUp} ${isOlder}`,
          );
  });

  it('are refused when two supplies of a rate are on one and the tax is not that of their sum', () => {
    const { fee, 'set-up': setUp } = describeFeeInvoices(withFees({ fee: 9n, setUp: 11n }));
    const joined = { ...fee!, supplies: [...fee!.supplies, ...setUp!.supplies] };
    assert.throws(() => writeJpPintInvoice(joined), RangeError);
  });
});
