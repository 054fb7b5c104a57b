import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { checkInvariants } from '../../src/invariants/check-invariants.ts';
import { writePayoutFile } from '../../src/payouts/write-payout-file.ts';
import { accounts, createEuroWorld } from '../payouts/euro-world.ts';
import { approveRun, kenji, prepareRun, type PayoutWorld } from '../payouts/payout-world.ts';
import { hanako } from '../support/people.ts';
import { staff } from '../support/actors.ts';
import { tamper } from './tamper.ts';

let world: PayoutWorld;
before(async () => {
  world = await createEuroWorld();
  const number = await prepareRun(world.deps);
  await approveRun(world.deps, number, kenji);
  await writePayoutFile(world.deps, hanako, { number });
});
after(() => world.close());

async function brokenNumbers(): Promise<number[]> {
  const results = await checkInvariants(world.deps, staff());
  return results.filter(({ holds }) => !holds).map(({ number }) => number);
}

const { german, french } = accounts;
const tampering = [
  {
    name: 'the IBAN of a sent payout',
    table: 'payout',
    column: 'iban',
    from: german.iban,
    to: french.iban,
    broken: 10,
  },
  {
    name: 'the BIC of a sent payout',
    table: 'payout',
    column: 'bic',
    from: '',
    to: 'COBADEFFXXX',
    broken: 10,
  },
  {
    name: 'the IBAN of an account',
    table: 'bank_account',
    column: 'iban',
    from: german.iban,
    to: french.iban,
    broken: 12,
  },
  {
    name: 'the BIC of an account',
    table: 'bank_account',
    column: 'bic',
    from: '',
    to: 'COBADEFFXXX',
    broken: 12,
  },
] as const;

for (const { name, table, column, from, to, broken } of tampering) {
  test(`${name} that was changed past the triggers is found, by its rule and by the audit trail`, async () => {
    assert.deepEqual(await brokenNumbers(), []);
    const change = (before: string, now: string) =>
      `UPDATE ${table} SET ${column} = '${now}' WHERE ${column} = '${before}' AND iban LIKE '${column === 'iban' ? before : 'DE%'}'`;
    await tamper(world.deps, table, change(from, to));
    const found = await brokenNumbers();
    assert.ok(found.includes(broken) && found.length >= 2, found.join());
    await tamper(world.deps, table, change(to, from));
    assert.deepEqual(await brokenNumbers(), []);
  });
}
