import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { checkInvariants } from '../../src/invariants/check-invariants.ts';
import { writePayoutFile } from '../../src/payouts/write-payout-file.ts';
import { approveRun, createPayoutWorld, prepareRun, type PayoutWorld } from '../payouts/payout-world.ts';
import { listFaults, sealNight } from '../seals/sealed-nights.ts';
import { hanako } from '../support/people.ts';
import { staff } from '../support/actors.ts';
import { tamper } from './tamper.ts';

let world: PayoutWorld;
before(async () => {
  world = await createPayoutWorld();
  const number = await prepareRun(world.deps);
  await approveRun(world.deps, number);
  await writePayoutFile(world.deps, hanako, { number });
  await sealNight(world, '2026-05-11');
});
after(() => world.close());

/** Sentences of this invariant that are not true. */
async function brokenSentences(): Promise<string[]> {
  const results = await checkInvariants(world.deps, staff());
  const broken = results.find(({ number }) => number === 10)!.offending.map((row) => row.broken);
  return [...new Set(broken)];
}

const FIRST = '(SELECT id FROM (SELECT MIN(id) AS id FROM payout) AS first_payout)';

const tampering: { name: string; table: string; statement: string; undo: string; broken: RegExp[] }[] = [
  {
    name: 'a payout of another amount',
    table: 'payout',
    statement: `UPDATE payout SET amount_minor = amount_minor + 7 WHERE id = ${FIRST}`,
    undo: `UPDATE payout SET amount_minor = amount_minor - 7 WHERE id = ${FIRST}`,
    broken: [
      /has the payouts and the total/,
      /of its whole amount/,
      /the ledger was given/,
      /the same bytes/,
    ],
  },
  {
    name: 'a payout to another account',
    table: 'payout',
    statement: `UPDATE payout SET account_number = '7777777' WHERE id = ${FIRST}`,
    undo: `UPDATE payout SET account_number = '1234567' WHERE id = ${FIRST}`,
    broken: [/the same bytes/],
  },
  {
    name: 'a sent payout that is planned again',
    table: 'payout',
    statement: `UPDATE payout SET state = 'planned' WHERE id = ${FIRST}`,
    undo: `UPDATE payout SET state = 'sent' WHERE id = ${FIRST}`,
    broken: [/has the payouts and the total/, /sent with its run/, /the ledger was given/],
  },
  {
    name: 'a run without its approval',
    table: 'payout_run',
    statement: "UPDATE payout_run SET originator = CONCAT(originator, ' '), approval_id = NULL",
    undo: "UPDATE payout_run SET originator = TRIM(originator), approval_id = (SELECT MAX(id) FROM approval WHERE kind = 'payout-run.approve')",
    broken: [/executed approval of two people/],
  },
  {
    name: 'another checksum',
    table: 'payout_run',
    statement: 'UPDATE payout_run SET checksum = REVERSE(checksum)',
    undo: 'UPDATE payout_run SET checksum = REVERSE(checksum)',
    broken: [/the same bytes/],
  },
  {
    name: 'a settlement that nobody paid',
    table: 'settlement',
    statement: "UPDATE settlement SET state = 'paid' ORDER BY id LIMIT 1",
    undo: "UPDATE settlement SET state = 'approved'",
    broken: [/paid when the bank has settled/],
  },
  {
    name: 'an entry that no payout has',
    table: 'ledger_entry',
    statement: `INSERT INTO ledger_entry SELECT business_date, 'X', kind, debit_account, credit_account, 5, billing_period
      FROM ledger_entry WHERE kind = 'payout-sent' LIMIT 1`,
    undo: "DELETE FROM ledger_entry WHERE journal_id = 'X'",
    broken: [/the ledger was given/],
  },
];

test('what was sent holds, and its seals', async () => {
  assert.deepEqual(await brokenSentences(), []);
  assert.deepEqual(await listFaults(world), []);
});

for (const { name, table, statement, undo, broken } of tampering) {
  test(`reports ${name}`, async () => {
    await tamper(world.deps, table, statement);
    const sentences = await brokenSentences();
    assert.equal(sentences.length, broken.length, sentences.join('\n'));
    broken.forEach((sentence, index) => assert.match(sentences[index]!, sentence));
    if (table === 'payout' && !statement.includes('state'))
      assert.match((await listFaults(world)).join('\n'), /^payout/m);
    await tamper(world.deps, table, undo);
    assert.deepEqual(await brokenSentences(), []);
  });
}
