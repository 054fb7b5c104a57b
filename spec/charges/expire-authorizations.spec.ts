import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { authorizeCharge } from '../../src/charges/authorize-charge.ts';
import { captureCharge } from '../../src/charges/capture-charge.ts';
import { createCharge } from '../../src/charges/create-charge.ts';
import { createConsent } from '../../src/consents/create-consent.ts';
import { expireAuthorizations } from '../../src/charges/expire-authorizations.ts';
import { sqlOf } from '../../src/database/sql.ts';
import { executeRun } from '../../src/runs/execute-run.ts';
import { makeSale } from '../support/factories.ts';
import { createWorld, type World } from '../support/world.ts';
import { keyOf, signedIn } from '../support/actors.ts';

let world: World;
before(async () => (world = await createWorld()));
after(() => world.close());

const sql = () => sqlOf(world.deps.orm.em.fork());

async function stateOf(table: 'charge' | 'consent', id: string) {
  const row = await sql().selectFrom(table).select('state').where('id', '=', id).executeTakeFirstOrThrow();
  return row.state;
}

test('what nobody confirmed or captured in time expires, gives back what it reserved, and says so in the ledger', async () => {
  const sale = await makeSale(world.deps);
  const input = {
    serviceCode: sale.service.code,
    amountMinor: 700n,
    taxCode: 'standard',
    description: '映画',
    returnUrl: 'https://shop.example/thanks',
    automaticCapture: false,
  } as const;
  const pending = await createCharge(world.deps, keyOf(sale.company.id), input);
  const held = await createCharge(world.deps, keyOf(sale.company.id), input);
  const captured = await createCharge(world.deps, keyOf(sale.company.id), input);
  for (const { id } of [held, captured])
    await authorizeCharge(world.deps, signedIn(sale.buyer), { chargeId: id });
  await captureCharge(world.deps, keyOf(sale.company.id), { chargeId: captured.id });
  const consent = await createConsent(world.deps, keyOf(sale.company.id), {
    ...input,
    description: '都度課金',
  });

  world.clock.advance(24 * 60 * 60_000);
  const night = (businessDate: string) =>
    executeRun(
      world.deps,
      { job: 'expire-authorizations', businessDate, chunkSize: 1 },
      expireAuthorizations,
    );
  const first = await night('2026-05-10');
  assert.equal(first.kind, 'finished');
  assert.deepEqual(
    [
      await stateOf('charge', pending.id),
      await stateOf('charge', held.id),
      await stateOf('consent', consent.id),
    ],
    ['expired', 'authorized', 'expired'],
  );

  world.clock.advance(6 * 24 * 60 * 60_000);
  await assert.rejects(captureCharge(world.deps, keyOf(sale.company.id), { chargeId: held.id }), {
    code: 'illegal-state',
  });
  await night('2026-05-16');
  assert.deepEqual(
    [await stateOf('charge', held.id), await stateOf('charge', captured.id)],
    ['expired', 'captured'],
  );
  const spent = await sql().selectFrom('line_period').select('spentMinor').execute();
  assert.deepEqual(spent, [{ spentMinor: 700n }]);
  const entries = await sql()
    .selectFrom('ledger_entry')
    .select(['kind', 'businessDate'])
    .where('journalId', '=', held.id)
    .execute();
  assert.deepEqual(entries, [
    { kind: 'authorization', businessDate: '2026-05-10' },
    { kind: 'expiry', businessDate: '2026-05-17' },
  ]);
  assert.equal((await night('2026-05-16')).kind, 'already-finished');
});
