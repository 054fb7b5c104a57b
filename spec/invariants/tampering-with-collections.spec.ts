import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { checkInvariants } from '../../src/invariants/check-invariants.ts';
import { BilledWorld } from '../collections/billed-world.ts';
import { CollectionInbox } from '../collections/collection-inbox.ts';
import { staff } from '../support/actors.ts';
import { tamper } from './tamper.ts';

/** Those that look at collection; the month is not settled. */
const LOOKED_AT = new Set([1, 4, 5, 9]);

let billed: BilledWorld;
before(async () => {
  billed = await BilledWorld.create();
  const inbox = new CollectionInbox(billed);
  const [a, b] = [await billed.addSeller(), await billed.addSeller()];
  const bearing = await billed.addSeller({ legalModel: 'assignment' });
  const [mixed, whole] = await billed.bill('2026-03', [
    [
      [a, 300n],
      [b, 500n],
      [bearing, 203n],
    ],
    [[a, 400n]],
  ]);
  await inbox.import(
    '2026-05-01',
    `${mixed!.number},partial,503,2026-04-30,,1`,
    `${whole!.number},collected,,2026-04-30,,0`,
  );
  await inbox.import('2026-05-02', `${mixed!.number},partial,703,2026-05-01,,`);
});
after(() => billed.close());

async function findBroken(): Promise<string[]> {
  const results = await checkInvariants(billed.deps, staff());
  const broken = results
    .filter(({ number }) => LOOKED_AT.has(number))
    .flatMap(({ number, offending }) => offending.map((row) => `${number}: ${row.broken}`))
    .map((sentence) => (sentence.startsWith(OWED) ? OWED : sentence));
  return [...new Set(broken)].sort();
}

const POSTED = '9: what is collected, uncollected and borne of the invoices of a period is posted';
const STANDING = '9: how far an invoice is collected is what the newest of its results says';
const CLAWBACKS = '9: clawbacks and recoveries are posted, journal by journal';
const SHARES = '9: what an invoice has cost a company is the sum of its clawbacks and recoveries';
const ONCE =
  '9: with recourse, clawbacks less recoveries of a charge are its uncollected share, or what is left of it after refunds';
const COVERED = '5: refunds and clawbacks less recoveries of a charge are no more than was captured';
const OWED = '4: what the ledger owes a company';

/** Changes, what undoes them, and the only sentences that are then not true. */
const tampering: readonly (readonly [
  name: string,
  table: string,
  change: string,
  undo: string,
  broken: readonly string[],
])[] = [
  [
    'a result that was not booked',
    'collection_result',
    "INSERT INTO collection_result SELECT number, '2026-05-03', 0, 'uncollected', 0, '1', '2026-05-03', 1 FROM line_invoice WHERE total_minor = 400",
    "DELETE FROM collection_result WHERE result_date = '2026-05-03'",
    [STANDING],
  ],
  [
    'a result that is gone',
    'collection_result',
    "UPDATE collection_result SET invoice_number = CONCAT('X', invoice_number) WHERE collected_minor = 400",
    "UPDATE collection_result SET invoice_number = SUBSTR(invoice_number, 2) WHERE invoice_number LIKE 'X%'",
    [STANDING],
  ],
  [
    'a standing without its result',
    'invoice_collection',
    "UPDATE invoice_collection SET state = 'pending', collected_minor = 0 WHERE total_minor = 400",
    "UPDATE invoice_collection SET state = 'collected', collected_minor = 400 WHERE total_minor = 400",
    [STANDING, POSTED],
  ],
  [
    'an invoice that is less uncollected than its result says',
    'invoice_collection',
    'UPDATE invoice_collection SET uncollected_minor = 200 WHERE total_minor = 1003',
    'UPDATE invoice_collection SET uncollected_minor = 300 WHERE total_minor = 1003',
    [STANDING, POSTED, ONCE],
  ],
  [
    'money that was not collected',
    'ledger_entry',
    "UPDATE ledger_entry SET amount_minor = amount_minor + 1 WHERE kind = 'collected' LIMIT 1",
    "UPDATE ledger_entry SET amount_minor = amount_minor - 1 WHERE kind = 'collected' LIMIT 1",
    [POSTED],
  ],
  [
    'a loss on the wrong side',
    'ledger_entry',
    "UPDATE ledger_entry SET debit_account = credit_account, credit_account = (SELECT id FROM ledger_account WHERE kind = 'credit-loss') WHERE kind = 'loss'",
    "UPDATE ledger_entry SET credit_account = debit_account, debit_account = (SELECT id FROM ledger_account WHERE kind = 'credit-loss') WHERE kind = 'loss'",
    ['1: every entry debits and credits the accounts of its kind'],
  ],
  [
    'a clawback that is posted with another amount',
    'ledger_entry',
    "UPDATE ledger_entry SET amount_minor = amount_minor + 1 WHERE kind = 'clawback' LIMIT 1",
    "UPDATE ledger_entry SET amount_minor = amount_minor - 1 WHERE kind = 'clawback' LIMIT 1",
    [OWED, CLAWBACKS],
  ],
  [
    'a clawback above what was captured',
    'clawback',
    "UPDATE clawback SET amount_minor = amount_minor + 1000 WHERE kind = 'clawback' LIMIT 1",
    "UPDATE clawback SET amount_minor = amount_minor - 1000 WHERE kind = 'clawback' LIMIT 1",
    [OWED, COVERED, CLAWBACKS, SHARES, ONCE],
  ],
  [
    'a recovery that nobody gets',
    'clawback',
    "UPDATE clawback SET amount_minor = amount_minor - 1 WHERE kind = 'recovery' LIMIT 1",
    "UPDATE clawback SET amount_minor = amount_minor + 1 WHERE kind = 'recovery' LIMIT 1",
    [OWED, CLAWBACKS, SHARES, ONCE],
  ],
  [
    'a loss that the carrier does not bear',
    'company_collection',
    "UPDATE company_collection SET lost_minor = lost_minor - 1 WHERE legal_model = 'assignment'",
    "UPDATE company_collection SET lost_minor = lost_minor + 1 WHERE legal_model = 'assignment'",
    [POSTED],
  ],
];

describe('the check of what is collected', () => {
  it('finds nothing where nothing was tampered with', async () => {
    assert.deepEqual(await findBroken(), []);
  });

  for (const [name, table, change, undo, broken] of tampering) {
    it(`finds ${name}`, async () => {
      await tamper(billed.deps, table, change);
      try {
        assert.deepEqual(await findBroken(), [...broken].sort());
      } finally {
        await tamper(billed.deps, table, undo);
      }
    });
  }
});
