import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { clawedBackOf } from '../../src/collections/clawed-back.queries.ts';
import { BilledWorld, type BilledInvoice, type SellingCompany } from './billed-world.ts';
import { CollectionInbox } from './collection-inbox.ts';

let billed: BilledWorld;
let inbox: CollectionInbox;
let sellers: [a: SellingCompany, b: SellingCompany, c: SellingCompany];
before(async () => {
  billed = await BilledWorld.create();
  inbox = new CollectionInbox(billed);
  sellers = [await billed.addSeller(), await billed.addSeller(), await billed.addSeller()];
});
after(() => billed.close());

const bySize = (left: bigint, right: bigint) => Number(left - right);

/** Months from 2020 on: each test has one of its own. */
let months = 0;
function nextMonth(): string {
  months += 1;
  return `2026-0${months}`;
}

/** The net on each company's payable account of what moved since the balances given. */
async function movedSince(earlier: Record<string, bigint>): Promise<Record<string, bigint>> {
  const now = await inbox.balances();
  const codes = new Set([...Object.keys(earlier), ...Object.keys(now)]);
  return Object.fromEntries(
    [...codes]
      .map((code) => [code, (now[code] ?? 0n) - (earlier[code] ?? 0n)] as const)
      .filter(([, moved]) => moved !== 0n),
  );
}

describe('an uncollected invoice over three companies', () => {
  let invoice: BilledInvoice;
  let start: Record<string, bigint>;
  before(async () => {
    const [a, b, c] = sellers;
    [invoice] = (await billed.bill(nextMonth(), [
      [
        [a, 300n],
        [b, 500n],
        [c, 203n],
      ],
    ])) as [BilledInvoice];
    start = await inbox.balances();
  });

  it('costs each its share to the yen', async () => {
    const { counts } = await inbox.import('2026-04-01', `${invoice.number},partial,503,2026-03-30,,1`);
    assert.deepEqual(counts, { expected: 1, done: 1, skipped: 0, parked: 0 });
    const [a, b, c] = sellers.map(({ code }) => `company-payable:${code}`) as [string, string, string];
    assert.deepEqual(await movedSince(start), {
      cash: -503n,
      'subscriber-receivable': 1_003n,
      [a]: -150n,
      [b]: -249n,
      [c]: -101n,
    });
  });

  it('gives part of it back, and the rest the month after', async () => {
    await inbox.import('2026-05-01', `${invoice.number},partial,802,2026-04-30,,`);
    await inbox.import('2026-05-02', `${invoice.number},collected,1003,2026-05-01,,0`);
    const ids = sellers.map(({ companyId }) => companyId);
    assert.deepEqual(await inbox.steps(ids), [
      '2026-04-01 A 150',
      '2026-04-01 B 249',
      '2026-04-01 C 101',
      '2026-05-01 A -90',
      '2026-05-01 B -149',
      '2026-05-01 C -60',
      '2026-05-02 A -60',
      '2026-05-02 B -100',
      '2026-05-02 C -41',
    ]);
    assert.deepEqual(await movedSince(start), { cash: -1_003n, 'subscriber-receivable': 1_003n });
    assert.deepEqual(await clawedBackOf(billed.deps, invoice.chargeIds), new Map());
  });

  it('costs them again when the bank takes it back', async () => {
    await inbox.import('2026-05-03', `${invoice.number},uncollected,,2026-05-02,,8`);
    const ids = sellers.map(({ companyId }) => companyId);
    assert.deepEqual((await inbox.steps(ids)).slice(-3), [
      '2026-05-03 A 300',
      '2026-05-03 B 500',
      '2026-05-03 C 203',
    ]);
    assert.deepEqual([...(await clawedBackOf(billed.deps, invoice.chargeIds)).values()].toSorted(bySize), [
      203n,
      300n,
      500n,
    ]);
    assert.equal((await movedSince(start))['cash'], undefined);
  });
});

describe('results', () => {
  it('come in files in any order, and twice, to the same end', async () => {
    const [a, b, c] = sellers;
    const month = nextMonth();
    const [first, second, third] = (await billed.bill(month, [
      [
        [a, 300n],
        [b, 500n],
        [c, 203n],
      ],
      [
        [a, 101n],
        [b, 101n],
      ],
      [[c, 50n]],
    ])) as [BilledInvoice, BilledInvoice, BilledInvoice];
    const files = [
      [`${first.number},uncollected,0,2026-04-01,,1`, `${second.number},pending,0,2026-04-01,,1`],
      [
        `${first.number},partial,700,2026-04-15,1,`,
        `${second.number},uncollected,0,2026-04-16,,1`,
        `${third.number},collected,50,2026-04-01,,0`,
      ],
      [
        `${first.number},partial,400,2026-04-15,2,`,
        `${third.number},uncollected,,2026-04-02,,`,
        `${third.number},collected,,2026-04-02,,`,
      ],
    ];
    for (const file of [...files, ...files.toReversed()]) await inbox.put(file);
    await inbox.run('2026-05-04');
    const once = await inbox.end();
    for (const file of files.toReversed()) await inbox.put(file);
    const again = await inbox.run('2026-05-05');
    assert.deepEqual([again.counts.done, again.counts.skipped, again.counts.parked], [0, 6, 2]);
    assert.deepEqual(await inbox.end(), once);
    const standing = await billed.rows(
      'SELECT state, collected_minor AS collected, uncollected_minor AS uncollected FROM invoice_collection WHERE billing_period = ? ORDER BY invoice_number',
      [month],
    );
    const stateOf = new Map(
      [first, second, third]
        .toSorted((l, r) => (l.number < r.number ? -1 : 1))
        .map(({ number }, index) => [number, standing[index]]),
    );
    assert.deepEqual(
      [stateOf.get(first.number), stateOf.get(second.number), stateOf.get(third.number)],
      [
        { state: 'partial', collected: 400, uncollected: 603 },
        { state: 'uncollected', collected: 0, uncollected: 202 },
        // Its two results of one date contradict each other: the older one counts.
        { state: 'collected', collected: 50, uncollected: 0 },
      ],
    );
  });

  it('are refused row by row, and the other rows are booked', async () => {
    const [a] = sellers;
    const [invoice, other] = (await billed.bill(nextMonth(), [[[a, 100n]], [[a, 100n]]])) as [
      BilledInvoice,
      BilledInvoice,
    ];
    await inbox.put(
      [
        `${invoice.number},collected,100,2026-04-01,,0`,
        '202601-31-9999999,collected,100,2026-04-01,,0',
        `${other.number},collected,99,2026-04-01,,0`,
        `${other.number},paid,100,2026-04-01,,0`,
        `${other.number},collected,100,2026-02-30,,0`,
        `${other.number},collected,100,2206-04-01,,0`,
        `${other.number},collected,100,2026-04-01,0,0`,
        `${other.number},collected,1e2,2026-04-01,,0`,
        `${other.number},collected,100,2026-04-01,,too-long-code`,
        `${other.number},collected,100,2026-04-01`,
        `${other.number},"collected,100,2026-04-01,,0`,
        `"${other.number}","partial","40","2026/4/1","",""`,
      ],
      'mixed.csv',
    );
    const { counts, parked } = await inbox.run('2026-05-06');
    assert.deepEqual(counts, { expected: 12, done: 2, skipped: 0, parked: 10 });
    assert.deepEqual(
      parked.map(({ subject, reason }) => `${subject.padStart(12)} ${reason.split(':')[0]}`).sort(),
      [
        'mixed:row 10 column-count',
        'mixed:row 11 quote-stray',
        ' mixed:row 2 invoice-unknown',
        ' mixed:row 3 amount-invalid',
        ' mixed:row 4 result-invalid',
        ' mixed:row 5 date-invalid',
        ' mixed:row 6 date-in-future',
        ' mixed:row 7 sequence-invalid',
        ' mixed:row 8 amount-invalid',
        ' mixed:row 9 result-code-invalid',
      ].sort(),
    );
    assert.ok((await inbox.list('errors')).includes('2026-05-06-mixed.csv'));
  });

  it('of a truncated file are not booked at all', async () => {
    const [a] = sellers;
    const [invoice] = (await billed.bill(nextMonth(), [[[a, 100n]]])) as [BilledInvoice];
    const before = await inbox.end();
    const header = 'invoice_number,result,collected_amount,result_date,sequence,result_code';
    const row = `${invoice.number},collected,100,2026-04-01,,0`;
    await inbox.putText('a-no-line-feed.csv', `${header}\n${row}`);
    await inbox.putText('b-columns.csv', `${header}\n${row}\n${invoice.number},coll\n`);
    await inbox.putText('c-count.csv', `${header}\n${row}\nend,2\n`);
    await inbox.putText('d-header.csv', `${header.replace('result_date', 'date')}\n${row}\n`);
    await inbox.putText('e-empty.csv', '');
    const refused = await inbox.run('2026-05-07');
    assert.deepEqual(refused.counts, { expected: 5, done: 0, skipped: 0, parked: 5 });
    assert.deepEqual(await inbox.end(), before);
    assert.equal((await inbox.list('refused')).length, 5);
    await inbox.putText('whole.csv', `${header}\r\n${row}\r\n\r\nend,1\r\n`);
    const { counts } = await inbox.run('2026-05-08');
    assert.deepEqual(counts, { expected: 1, done: 1, skipped: 0, parked: 0 });
  });
});
