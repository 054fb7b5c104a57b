import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { foldCharges } from '../../src/invoices/fold-charges.ts';
import { checkInvariants } from '../../src/invariants/check-invariants.ts';
import { BilledWorld } from '../collections/billed-world.ts';
import { staff } from '../support/actors.ts';
import { fakeRun } from '../support/fake-run.ts';
import { recordRefunds } from '../support/refunds.ts';
import { tamper } from './tamper.ts';

/** Those that look at refunds; no month is settled. */
const LOOKED_AT = new Set([1, 2, 4, 5]);

let billed: BilledWorld;
before(async () => {
  billed = await BilledWorld.create();
  const [seller] = [await billed.addSeller(), await billed.addSeller()];
  const [first, second] = await billed.bill('2026-01', [[[seller, 1_000n]], [[seller, 500n]]]);
  await recordRefunds(billed.deps, [
    { chargeId: first!.chargeIds[0]!, amountMinor: 300n, businessDate: '2026-02-03', period: '2026-02' },
    { chargeId: second!.chargeIds[0]!, amountMinor: 500n, businessDate: '2026-02-04', kind: 'bank' },
  ]);
  await fakeRun(billed.deps, foldCharges, { job: 'fold-charges', businessDate: '2026-02-05' });
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

const POSTED =
  '1: every refund is posted on its business date, with its amount, company and period, and every refund in the ledger is one';
const CANCELLED = '1: what is cancelled of refunds by bank is posted on the day it was decided';
const ITEM = '2: a refund item says what its refund and the refunded charge say';
const BY_BANK = '2: a refund by bank waits, is paid or is cancelled, with its amount';
const OWED = '4: what the ledger owes a company';
const COVERED =
  '5: the refunds of a charge follow each other, are of its company and line, and no more than was captured';

/** Changes, what undoes them, and the only sentences that are then not true. */
const tampering: readonly (readonly [
  name: string,
  table: string,
  change: string,
  undo: string,
  broken: readonly string[],
])[] = [
  [
    'a refund whose entry is that of another one',
    'ledger_entry',
    "UPDATE ledger_entry SET journal_id = CONCAT('X', SUBSTR(journal_id, 2)) WHERE kind = 'refund'",
    "UPDATE ledger_entry SET journal_id = (SELECT id FROM refund WHERE kind = 'invoice') WHERE kind = 'refund'",
    [POSTED],
  ],
  [
    'a refund that is posted with another amount',
    'ledger_entry',
    "UPDATE ledger_entry SET amount_minor = amount_minor + 1 WHERE kind = 'bank-refund'",
    "UPDATE ledger_entry SET amount_minor = amount_minor - 1 WHERE kind = 'bank-refund'",
    [POSTED, OWED],
  ],
  [
    'an item of a refund with another amount',
    'invoice_item',
    "UPDATE invoice_item SET amount_minor = amount_minor - 1 WHERE refund_id <> ''",
    "UPDATE invoice_item SET amount_minor = amount_minor + 1 WHERE refund_id <> ''",
    [ITEM],
  ],
  [
    'a refund of another company',
    'refund',
    "UPDATE refund SET company_id = company_id + 1 WHERE kind = 'invoice'",
    "UPDATE refund SET company_id = company_id - 1 WHERE kind = 'invoice'",
    [POSTED, ITEM, OWED, COVERED],
  ],
  [
    'a refund of more than was captured',
    'refund',
    "UPDATE refund SET amount_minor = amount_minor + 1 WHERE kind = 'bank'",
    "UPDATE refund SET amount_minor = amount_minor - 1 WHERE kind = 'bank'",
    [POSTED, BY_BANK, OWED, COVERED],
  ],
  [
    'a refund out of its turn',
    'refund',
    "UPDATE refund SET refunded_before_minor = 100 WHERE kind = 'invoice'",
    "UPDATE refund SET refunded_before_minor = 0 WHERE kind = 'invoice'",
    [COVERED],
  ],
  [
    'a refund by bank of another amount',
    'bank_refund',
    'UPDATE bank_refund SET amount_minor = amount_minor + 1',
    'UPDATE bank_refund SET amount_minor = amount_minor - 1',
    [BY_BANK],
  ],
  [
    'a refund by bank that is cancelled without an entry',
    'bank_refund',
    "UPDATE bank_refund SET state = 'cancelled', cancelled_minor = amount_minor, decided_on = '2026-02-06'",
    "UPDATE bank_refund SET state = 'waiting', cancelled_minor = 0, decided_on = NULL",
    [CANCELLED],
  ],
];

describe('the check of refunds', () => {
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
