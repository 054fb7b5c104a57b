import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import type { ItemRow } from '../../src/invoices/invoice-details.queries.ts';
import {
  columnsOf,
  detailColumns,
  formatDetails,
  type DetailsHead,
  type InvoiceDetails,
} from '../../src/invoices/invoice-details.rules.ts';

type Cells = Partial<Record<(typeof detailColumns)[number], string | number | null>>;

/** Texts full of what CSV gives a meaning to. */
const text = fc
  .array(fc.constantFrom('"', ',', '\n', '\r', ' ', "'", '=', 'a', '東', '※', '😀'), {
    minLength: 1,
    maxLength: 6,
  })
  .map((characters) => characters.join(''));
const date = fc.constantFrom('2026-04-30', '2026-05-01', '2026-05-31');
const amount = fc.oneof(fc.nat({ max: 10_000 }), fc.constant('9007199254740993'));
const rate = {
  part: fc.constantFrom('registered' as const, 'unregistered' as const),
  taxCode: fc.constantFrom('standard' as const, 'reduced' as const),
  taxRateBps: fc.constantFrom(300, 800, 1_000, 1_050),
};
const holders = fc
  .tuple(text, text)
  .map((names) =>
    names.map((holder, n) => ({ lineId: 'CAF0000000001', validFrom: `202${n}-01-01`, holder })),
  );
const item = fc.record({
  lineId: fc.constant('CAF0000000001'),
  holderFrom: fc.constant('2020-01-01'),
  boughtBy: fc.constantFrom('2020-01-01', '2021-01-01'),
  businessDate: date,
  chargeId: fc.nat({ max: 99 }).map((n) => `01JW${String(n).padStart(22, '0')}`),
  companyId: fc.constantFrom(1, 2),
  serviceId: fc.constantFrom(1, 2),
  description: text,
  amountMinor: amount,
  late: fc.constantFrom(0, 1),
  ...rate,
  refundId: fc.constant(''),
  kind: fc.constantFrom('one_time' as const, 'usage' as const),
});
const tax = fc.record({
  lineId: fc.constant('CAF0000000001'),
  holderFrom: fc.constant('2020-01-01'),
  totalMinor: amount,
  taxMinor: amount,
  ...rate,
});
const anyDetails = fc.record({
  invoice: fc.record({
    lineId: fc.constant('CAF0000000001'),
    holderFrom: fc.constant('2020-01-01'),
    number: fc.constant('202605-31-0000001'),
    itemCount: fc.nat(),
    totalMinor: amount,
  }),
  items: fc.uniqueArray(item, { maxLength: 8, selector: ({ chargeId }) => chargeId }),
  taxes: fc.array(tax, { maxLength: 3 }),
  holders,
});
const anyHead = fc.record({
  format: fc.constantFrom(1 as const, 2 as const, 3 as const, 4 as const),
  billingPeriod: fc.constant('2026-05'),
  closingDate: date,
  issueDate: date,
  dueDate: date,
  issuer: text,
  issuerRegistrationNumber: fc.constant('T7123456789012'),
});
const anySellers = fc.tuple(text, text, text, text).map(([one, two, three, four]) => ({
  companies: new Map([
    [1, { name: one, registrationNumber: 'T4011001098993' }],
    [2, { name: two, registrationNumber: null }],
  ]),
  services: new Map([
    [1, three],
    [2, four],
  ]),
}));
type Sellers = typeof anySellers extends fc.Arbitrary<infer Value> ? Value : never;

const letterhead = {
  format: 2 as const,
  billingPeriod: '2026-05',
  closingDate: '2026-05-31',
  issueDate: '2026-06-13',
  dueDate: '2026-06-30',
  issuer: '束ね通信',
  issuerRegistrationNumber: 'T7123456789012',
};
const supply = {
  holderFrom: '2020-01-01',
  boughtBy: '2020-01-01',
  businessDate: '2026-05-31',
  chargeId: '01JW1',
  companyId: 1,
  serviceId: 2,
  part: 'unregistered' as const,
  description: '映画',
  amountMinor: 105,
  taxCode: 'standard' as const,
  taxRateBps: 1_000,
  late: 0,
  refundId: '',
};

const orderOf = ({ boughtBy, businessDate, chargeId }: ItemRow) => `${boughtBy} ${businessDate} ${chargeId}`;

const rateCells = (row: { part: string; taxCode: string; taxRateBps: number }) => ({
  part: row.part,
  tax_code: row.taxCode,
  tax_rate_percent: row.taxRateBps / 100,
});

/** The same rows by the names of their columns, in a way that is only good for a few. */
function cellsOf(of: DetailsHead, { companies, services }: Sellers, details: InvoiceDetails): Cells[] {
  const { invoice, taxes } = details;
  const common = {
    invoice_number: invoice.number,
    line_id: invoice.lineId,
    holder_from: invoice.holderFrom,
    billing_period: of.billingPeriod,
    closing_date: of.closingDate,
    issue_date: of.issueDate,
    due_date: of.dueDate,
  };
  const items = details.items.toSorted((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1));
  const holderOf = ({ boughtBy }: ItemRow) =>
    details.holders.find(({ validFrom }) => validFrom === boughtBy)?.holder ?? '';
  return [
    {
      ...common,
      record: 'invoice',
      holder: [...new Set(items.map(holderOf))].join(' / '),
      item_no: invoice.itemCount,
      company: of.issuer,
      registration_number: of.issuerRegistrationNumber,
      amount: invoice.totalMinor,
      balance: BigInt(invoice.totalMinor) === 0n ? 'zero' : 'due',
    },
    ...items.map((item, index) => ({
      ...common,
      ...rateCells(item),
      record: 'item',
      holder: holderOf(item),
      item_no: index + 1,
      charge_id: of.format < 3 ? item.chargeId : `ch_${item.chargeId}`,
      supplied_on: item.businessDate,
      company: companies.get(item.companyId)!.name,
      registration_number:
        item.part === 'registered' ? companies.get(item.companyId)!.registrationNumber : null,
      service: services.get(item.serviceId)!,
      description: item.description,
      reduced_rate_mark: item.taxCode === 'reduced' ? '※' : null,
      amount: item.amountMinor,
      late: item.late === 1 ? 1 : null,
      item_kind: item.kind!,
    })),
    ...taxes.map((tax) => ({
      ...common,
      ...rateCells(tax),
      record: 'total',
      amount: tax.totalMinor,
      tax: tax.taxMinor,
    })),
  ];
}

describe('the rows of an invoice', () => {
  it('are those of its columns, as the library writes them, whatever is in them', () => {
    fc.assert(
      fc.property(anyHead, anySellers, anyDetails, (of, sellers, details) => {
        const rows = cellsOf(of, sellers, details).map((cells) =>
          columnsOf(of.format).map((column) => cells[column as keyof Cells] ?? null),
        );
        assert.equal(formatDetails(of, sellers, details), stringify(rows));
      }),
      { numRuns: 2_000 },
    );
  });

  it('say what a refund gives back, and that a negative total is credited', () => {
    const invoice = {
      lineId: 'CAF0000000001',
      holderFrom: '2020-01-01',
      number: 'N',
      holder: '佐藤',
      itemCount: 1,
    };
    const refund = {
      ...supply,
      lineId: invoice.lineId,
      amountMinor: -40,
      refundId: '01JR1',
      kind: 'refund' as const,
      suppliedOn: '2026-04-10',
      chargePeriod: '2026-04',
    };
    const sellers = {
      companies: new Map([[1, { name: '光', registrationNumber: null }]]),
      services: new Map([[2, '動画']]),
    };
    const of = { invoice: { ...invoice, totalMinor: -40 }, items: [refund], taxes: [], holders: [] };
    const write = (format: 3 | 4) => formatDetails({ ...letterhead, format }, sellers, of).split('\n');
    const [opening = '', item = ''] = write(4);
    assert.ok(opening.endsWith(',-40,,,,,,,credit'), opening);
    assert.ok(item.includes(',ch_01JW1,2026-05-31,'), item);
    assert.ok(item.endsWith(',-40,,,refund,rf_01JR1,2026-04-10,2026-04,'), item);
    const former = write(3);
    assert.deepEqual(
      former.map((line, n) => write(4)[n]!.startsWith(line)),
      former.map(() => true),
      'the former layout is the beginning of each row',
    );
  });

  const lineId = 'CAF0000000001';
  const details = {
    invoice: {
      lineId,
      holderFrom: supply.holderFrom,
      number: '202605-31-0000001',
      itemCount: 1,
      totalMinor: 105,
    },
    items: [{ ...supply, lineId }],
    taxes: [],
    holders: [{ lineId, validFrom: supply.holderFrom, holder: '花子' }],
  };
  const sellers = {
    companies: new Map([[1, { name: '商店', registrationNumber: null }]]),
    services: new Map([[2, '動画']]),
  };

  it('are refused for an item whose recipient is not known', () => {
    assert.throws(
      () => formatDetails(letterhead, sellers, { ...details, holders: [] }),
      /the holder of charge 01JW1 on line CAF0000000001 is not known/,
    );
  });

  for (const [what, unknown] of Object.entries({
    company: { companies: new Map() },
    service: { services: new Map() },
  })) {
    it(`are refused for an item whose ${what} is not known`, () => {
      assert.throws(
        () => formatDetails(letterhead, { ...sellers, ...unknown }, details),
        /the supplier of charge 01JW1 on line CAF0000000001 is not known/,
      );
    });
  }
});
