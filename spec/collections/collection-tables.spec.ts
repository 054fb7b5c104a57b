import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { onServer } from '../support/test-server.ts';
import { BilledWorld, type BilledInvoice } from './billed-world.ts';

let billed: BilledWorld;
let invoice: BilledInvoice;
let companyId: number;
before(async () => {
  billed = await BilledWorld.create();
  const seller = await billed.addSeller();
  ({ companyId } = seller);
  [invoice] = (await billed.bill('2026-03', [[[seller, 300n]]])) as [BilledInvoice];
});
after(() => billed.close());

/** Runs as the user of the service, as an attacker could; everything is rolled back. */
async function attempt(...statements: readonly string[]): Promise<void> {
  await onServer(billed.world.database.url, async (connection) => {
    await connection.query("SET sql_mode = 'TRADITIONAL'");
    await connection.beginTransaction();
    for (const statement of statements) await connection.query(statement);
    await connection.rollback();
  });
}

const result = (kind: string, collected: number, number = invoice.number) =>
  `INSERT INTO collection_result VALUES ('${number}', '2026-05-01', 0, '${kind}', ${collected}, '', '2026-05-02', 1)`;

const standing = (state: string, collected: number, uncollected: number) =>
  `INSERT INTO invoice_collection VALUES ('${invoice.number}', '2026-03', 31, 300, '${state}', ${collected}, ${uncollected}, 1, '2026-05-02')`;

const share = (uncollected: number, lost: number, recovered: number) =>
  `INSERT INTO company_collection VALUES ('${invoice.number}', ${companyId}, '2026-03', 'agency', ${uncollected}, ${lost}, ${recovered}, '2026-05-02')`;

let ids = 0;
const clawback = (
  position: number,
  kind: string,
  amount: number,
  more: { number?: string; company?: number; settlement?: string } = {},
) =>
  `INSERT INTO clawback VALUES ('C${(ids += 1)}', ${more.company ?? companyId}, '2026-03', '${invoice.lineId}', '2026-01-01',
    '${more.number ?? invoice.number}', '${invoice.chargeIds[0]}', ${position}, '${kind}', ${amount}, '2026-05-02', 'J', ${more.settlement ?? 'NULL'}, NOW(3))`;

const refund = (before: number, amount: number) =>
  `INSERT INTO refund SELECT 'R${(ids += 1)}', id, company_id, service_id, line_id, holder_from, billing_period, closing_group, ${amount}, ${before},
    tax_code, tax_rate_bps, 'bank', '2026-05-02', '2026-05', NULL, 'goodwill', NULL, NULL, NULL, 'spec', NOW(3) FROM charge`;

const settlement = () =>
  `INSERT INTO settlement (id, company_id, billing_period, contract_id, number, state, settled_on, billed_minor, refunded_minor,
    line_count, item_count, tariff_code, tariff_from, fee_branch, fee_ex_tax_minor, fee_tax_rate_bps, fee_tax_minor, carried_in_minor,
    payout_minor, carried_out_minor, payout_on, created_at, rule_version, legal_model, settlement_basis, fee_taxable)
   SELECT 'S', ${companyId}, '2026-03', c.id, 'S202603-1', 'draft', '2026-04-25', 0, 0, 0, 0, c.tariff_code,
    (SELECT valid_from FROM tariff t WHERE t.code = c.tariff_code LIMIT 1), 'minimum', 0, 1000,
    0, 0, 0, 0, '2026-05-29', NOW(3), 2, 'agency', 'billed', TRUE FROM contract c WHERE c.company_id = ${companyId}`;

/** By two people, as `approveChange` leaves it. */
const approved = () => [
  `INSERT INTO approval (id, kind, subject, input, changes, subject_hash, reason, state, maker, proposed_at, expires_at)
   VALUES ('A', 'settlement.approve', 'settlement:S202603-1', '{"revision": 1}', '{}', '${'0'.repeat(64)}', 'spec', 'pending',
     'staff:acct-1', NOW(3), NOW(3) + INTERVAL 1 DAY)`,
  "UPDATE approval SET state = 'executed', checker = 'staff:acct-2', decided_at = NOW(3) WHERE id = 'A'",
  "UPDATE settlement SET state = 'approved', approval_id = 'A', approved_at = NOW(3)",
];

describe('the database', () => {
  const refused: readonly (readonly [what: string, refusal: RegExp, statements: () => readonly string[]])[] =
    [
      [
        'a result of an invoice that does not exist',
        /collection_result_is_of_invoice/,
        () => [result('collected', 300, '202603-31-9999999')],
      ],
      ['more than the total', /collection_result_is_of_invoice/, () => [result('collected', 301)]],
      ['collected, but not the total', /collection_result_is_of_invoice/, () => [result('collected', 299)]],
      ['a part that is the total', /collection_result_is_of_invoice/, () => [result('partial', 300)]],
      ['a part that is nothing', /collection_result_is_of_invoice/, () => [result('partial', 0)]],
      [
        'an amount of what is uncollected',
        /collection_result_is_of_invoice/,
        () => [result('uncollected', 1)],
      ],
      ['another kind of result', /collection_result_kind/, () => [result('lost', 0)]],
      ['the same row twice', /Duplicate/, () => [result('collected', 300), result('collected', 300)]],
      [
        'a result that changes',
        /collection_result_is_final/,
        () => [result('collected', 300), "UPDATE collection_result SET result_code = '1'"],
      ],
      [
        'a result that goes',
        /collection_result_stays/,
        () => [result('collected', 300), 'DELETE FROM collection_result'],
      ],
      [
        'a state that is not its amounts',
        /invoice_collection_amounts/,
        () => [standing('collected', 299, 1)],
      ],
      [
        'a state with more than its total',
        /invoice_collection_amounts/,
        () => [standing('partial', 200, 200)],
      ],
      [
        'a pending invoice with something uncollected',
        /invoice_collection_amounts/,
        () => [standing('pending', 0, 300)],
      ],
      [
        'an invoice with another total',
        /invoice_collection_keeps/,
        () => [standing('pending', 0, 0), 'UPDATE invoice_collection SET total_minor = 1'],
      ],
      [
        'an invoice whose state goes',
        /invoice_collection_stays/,
        () => [standing('pending', 0, 0), 'DELETE FROM invoice_collection'],
      ],
      [
        'more lost than is uncollected',
        /company_collection_amounts/,
        () => [standing('uncollected', 0, 300), share(300, 301, 0)],
      ],
      [
        'more recovered than was lost',
        /company_collection_amounts/,
        () => [standing('uncollected', 0, 300), share(300, 100, 101)],
      ],
      [
        'a loss that is undone',
        /company_collection_keeps/,
        () => [
          standing('uncollected', 0, 300),
          share(300, 300, 0),
          'UPDATE company_collection SET lost_minor = 0',
        ],
      ],
      [
        'a clawback above what was captured',
        /clawback_is_covered.*captured/,
        () => [clawback(1, 'clawback', 301)],
      ],
      [
        'a second one above it',
        /clawback_is_covered.*captured/,
        () => [clawback(1, 'clawback', 200), clawback(2, 'clawback', 101)],
      ],
      [
        'a clawback of what was refunded',
        /clawback_is_covered.*captured/,
        () => [refund(0, 100), clawback(1, 'clawback', 201)],
      ],
      [
        'a recovery of more than was clawed back',
        /clawback_is_covered.*captured/,
        () => [clawback(1, 'clawback', 200), clawback(2, 'recovery', 201)],
      ],
      [
        'a step that is taken twice',
        /follows/,
        () => [clawback(1, 'clawback', 100), clawback(1, 'clawback', 100)],
      ],
      ['a step that is left out', /follows/, () => [clawback(2, 'clawback', 100)]],
      [
        'a clawback of another invoice',
        /clawback_is_covered.*charge on/,
        () => [clawback(1, 'clawback', 100, { number: '202603-31-9999999' })],
      ],
      [
        'a clawback from another company',
        /clawback_is_covered.*charge on/,
        () => [clawback(1, 'clawback', 100, { company: companyId + 1 })],
      ],
      ['a clawback of nothing', /clawback_amount/, () => [clawback(1, 'clawback', 0)]],
      [
        'a clawback that changes',
        /clawback_is_final/,
        () => [clawback(1, 'clawback', 100), 'UPDATE clawback SET amount_minor = 1'],
      ],
      [
        'a clawback that goes',
        /clawback_stays/,
        () => [clawback(1, 'clawback', 100), 'DELETE FROM clawback'],
      ],
      [
        'a clawback in a settlement that does not exist',
        /clawback_is_final/,
        () => [clawback(1, 'clawback', 100), "UPDATE clawback SET settlement_id = 'X'"],
      ],
      [
        'a clawback in a settlement before its draft',
        /clawback_is_covered/,
        () => [settlement(), clawback(1, 'clawback', 100, { settlement: "'S'" })],
      ],
      [
        'a refund of what was clawed back',
        /refund_after_clawback/,
        () => [clawback(1, 'clawback', 200), refund(0, 101)],
      ],
      [
        'a refund of it after others',
        /refund_after_clawback/,
        () => [refund(0, 50), clawback(1, 'clawback', 200), refund(50, 51)],
      ],
      [
        'a month that is cut again',
        /collection_cutoff_is_final/,
        () => [
          `INSERT INTO collection_cutoff VALUES (${companyId}, '2026-03', '2026-07-01', NOW(3))`,
          "UPDATE collection_cutoff SET cut_on = '2026-07-02'",
        ],
      ],
      [
        'an answer to an invoice that does not exist',
        /invoice_answer_is_of_invoice/,
        () => ["INSERT INTO invoice_answer VALUES ('X', '2026-05-01', 0, 'accepted', '', '2026-05-02', 1)"],
      ],
      [
        'a refused invoice without a reason',
        /invoice_answer_kind/,
        () => [
          `INSERT INTO invoice_answer VALUES ('${invoice.number}', '2026-05-01', 0, 'refused', '', '2026-05-02', 1)`,
        ],
      ],
    ];
  for (const [what, refusal, statements] of refused) {
    it(`refuses ${what}`, async () => {
      await assert.rejects(attempt(...statements()), refusal);
    });
  }

  it('takes what is right: steps in turn, frozen in a draft and released', async () => {
    await attempt(
      result('partial', 100),
      standing('partial', 100, 200),
      share(200, 200, 0),
      clawback(1, 'clawback', 200),
      refund(0, 100),
      clawback(2, 'recovery', 200),
      clawback(3, 'clawback', 200),
      settlement(),
      "UPDATE clawback SET settlement_id = 'S'",
      'UPDATE clawback SET settlement_id = NULL',
    );
  });

  it('keeps what is in an approved settlement', async () => {
    await assert.rejects(
      attempt(
        clawback(1, 'clawback', 200),
        settlement(),
        "UPDATE clawback SET settlement_id = 'S'",
        ...approved(),
        'UPDATE clawback SET settlement_id = NULL',
      ),
      /clawback_is_final/,
    );
  });
});
