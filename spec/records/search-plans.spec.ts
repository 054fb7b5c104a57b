import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { queryRows } from '../../src/database/statement-pipeline.ts';
import { sql } from 'kysely';
import { sqlOf } from '../../src/database/sql.ts';
import { invoicesInPeriod, listPeriods } from '../../src/records/issued-invoices.queries.ts';
import { searchInvoices } from '../../src/records/invoice-search.queries.ts';
import { searchPayoutFiles } from '../../src/records/payout-file-search.queries.ts';
import { searchStatements } from '../../src/records/statement-search.queries.ts';
import { DOCUMENTS_PER_PAGE, type DocumentFilter } from '../../src/records/document-filter.rules.ts';
import { hanako } from '../support/people.ts';
import { createWorld, type World } from '../support/world.ts';

/** Invoices of each of two periods. */
const LINES = 6_000;

let world: World;
before(async () => {
  world = await createWorld();
  await run('SET foreign_key_checks = 0');
  for (const group of [10, 31]) {
    const closesOn = group === 31 ? '2026-03-31' : '2026-03-10';
    const issueOn = group === 31 ? '2026-04-05' : '2026-03-15';
    await run(`INSERT INTO billing_period (period, closing_group, state, starts_on, closes_on, issue_on, due_on)
      VALUES ('2026-03', ${group}, 'open', '2026-03-01', '${closesOn}', '${issueOn}', '2026-05-01')`);
    await run(`INSERT INTO line_invoice (billing_period, closing_group, line_id, holder_from, number, holder, item_count, total_minor)
      SELECT '2026-03', ${group}, CONCAT('COP', LPAD(${group} * 100000 + seq, 8, '0')), '2020-01-01', CONCAT('202603-${group}-', LPAD(seq, 7, '0')),
        CONCAT('人', seq MOD 3000), 1, 1 + seq MOD 2000 FROM seq_1_to_${LINES}`);
    await run(`UPDATE billing_period SET state = 'closed', invoice_count = ${LINES}, item_count = ${LINES},
      total_minor = ${LINES * 1_000}, checksum = REPEAT('a', 64), closed_at = '2026-04-01' WHERE closing_group = ${group}`);
  }
  await run('SET foreign_key_checks = 1');
});
after(() => world.close());

const em = () => world.deps.orm.em;
async function run(text: string): Promise<void> {
  await em().getConnection().execute(text);
}

const search = (filter: DocumentFilter) => searchInvoices(world.deps, hanako, filter);

describe('the search of line invoices among many', () => {
  const cases: readonly (readonly [what: string, filter: DocumentFilter, count: number])[] = [
    ['all', {}, 2 * LINES],
    ['of a range of dates', { from: '2026-04-01', to: '2026-04-30' }, LINES],
    ['of a line', { party: 'cop01000007' }, 1],
    ['of a holder', { party: '人７' }, 4],
    ['of a holder in a range of dates', { party: '人7', from: '2026-04-01' }, 2],
    ['of an amount', { minMinor: 500n, maxMinor: 500n }, 6],
    ['of an amount, a holder and dates', { minMinor: 1n, maxMinor: 8n, party: '人7', to: '2026-03-31' }, 1],
    ['that is not there', { party: '人3001' }, 0],
  ];
  for (const [what, filter, count] of cases)
    it(`finds and counts ${what}`, async () => {
      assert.equal((await search(filter)).totals.count, count);
    });

  const plans = [
    [{}, 'PRIMARY'],
    [{ party: 'cop01000007', maxMinor: 9n }, 'PRIMARY'],
    [{ party: '人7' }, 'line_invoice_of_holder'],
    [{ party: '人7', minMinor: 1n }, 'line_invoice_of_holder'],
    [{ minMinor: 500n, maxMinor: 500n }, 'line_invoice_of_amount'],
    [{ minMinor: 1_999n }, 'line_invoice_of_amount'],
  ] as const;
  for (const [filter, index] of plans)
    it(`reads a page by ${index}, without sorting a month: ${Object.keys(filter).join(', ') || 'everything'}`, async () => {
      const [period] = await listPeriods(world.deps, {});
      const { from, where, order } = invoicesInPeriod(period!, filter);
      const { rows } = await sql<{ key: string; type: string; Extra: string }>`
        EXPLAIN SELECT l.number FROM ${from} WHERE ${where} ORDER BY ${order} LIMIT 51`.execute(
        sqlOf(em().fork()),
      );
      assert.equal(rows[0]!.key, index);
      assert.notEqual(rows[0]!.type, 'ALL');
      // The invoices of one holder or line in a period are few.
      if (!('party' in filter)) assert.doesNotMatch(rows[0]!.Extra, /filesort/);
    });

  it('pages through all of an amount and of a date, each once', async () => {
    for (const filter of [{ maxMinor: 100n }, { from: '2026-04-01' }] as const) {
      const seen = new Set<string>();
      let pages = 0;
      for (let after: string | undefined = ''; after !== undefined && pages < 8; pages += 1) {
        const page = await search({ ...filter, after });
        for (const { number } of page.rows) {
          assert.ok(!seen.has(number), number);
          seen.add(number);
        }
        after = page.next;
      }
      const { totals } = await search(filter);
      assert.equal(seen.size, Math.min(totals.count, pages * DOCUMENTS_PER_PAGE));
    }
  });
});

describe('the plans of the other searches', () => {
  it('read settlements, corrections and payout files by an index each', async () => {
    const plans = await Promise.all(
      [
        "SELECT s.id FROM settlement s FORCE INDEX (settlement_by_date) JOIN statement_file f ON f.settlement_id = s.id WHERE s.settled_on >= '2026-01-01' AND s.payout_minor >= 5 ORDER BY s.settled_on DESC, s.id DESC LIMIT 51",
        'SELECT s.id FROM settlement s FORCE INDEX (settlement_of_company_by_date) WHERE s.company_id IN (7) ORDER BY s.settled_on DESC, s.id DESC LIMIT 51',
        "SELECT r.number FROM invoice_correction r FORCE INDEX (invoice_correction_by_date) WHERE r.corrected_on >= '2026-01-01'",
        "SELECT p.run_id FROM payout p WHERE p.payee LIKE 'ｱ%'",
      ].map((text) => queryRows<{ key: string | null; type: string }>(em().fork(), `EXPLAIN ${text}`, [])),
    );
    for (const plan of plans) assert.ok(plan[0]!.type !== 'ALL', JSON.stringify(plan));
    assert.deepEqual(
      plans.map(([first]) => first!.key),
      [
        'settlement_by_date',
        'settlement_of_company_by_date',
        'invoice_correction_by_date',
        'payout_of_payee',
      ],
    );
  });

  it('find nothing where nothing is, whatever is asked for', async () => {
    const filter = { from: '2026-01-01', to: '2026-12-31', minMinor: 1n, maxMinor: 9n, party: "%'!_ 会社" };
    assert.equal((await searchStatements(world.deps, hanako, filter)).totals.count, 0);
    assert.equal((await searchPayoutFiles(world.deps, hanako, filter)).totals.count, 0);
    assert.equal((await searchInvoices(world.deps, hanako, filter)).totals.count, 0);
  });
});
