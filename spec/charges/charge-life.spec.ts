import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { authorizeCharge } from '../../src/charges/authorize-charge.ts';
import { cancelCharge, declineCharge } from '../../src/charges/cancel-charge.ts';
import { captureCharge } from '../../src/charges/capture-charge.ts';
import { createCharge, type NewCharge } from '../../src/charges/create-charge.ts';
import { getCharge, listCharges } from '../../src/charges/charge.queries.ts';
import { sqlOf } from '../../src/database/sql.ts';
import {
  makeCompany,
  makeContract,
  makeLine,
  makeSale,
  makeService,
  makeSubscriber,
} from '../support/factories.ts';
import { createWorld, NOON_IN_TOKYO, type World } from '../support/world.ts';
import { keyOf, signedIn, visitorOf } from '../support/actors.ts';

let world: World;
before(async () => (world = await createWorld()));
after(() => world.close());

type Sale = Awaited<ReturnType<typeof makeSale>>;

const input = (sale: Sale, over: Partial<NewCharge> = {}): NewCharge => ({
  serviceCode: sale.service.code,
  amountMinor: 800n,
  taxCode: 'standard',
  description: '映画「海の底」',
  returnUrl: 'https://shop.example/thanks',
  automaticCapture: false,
  ...over,
});

async function authorized(sale: Sale, over: Partial<NewCharge> = {}) {
  const { id } = await createCharge(world.deps, keyOf(sale.company.id), input(sale, over));
  return authorizeCharge(world.deps, signedIn(sale.buyer), { chargeId: id });
}

const sql = () => sqlOf(world.deps.orm.em.fork());

async function spentOf(sale: Sale, period: string) {
  const row = await sql()
    .selectFrom('line_period')
    .select('spentMinor')
    .where('lineId', '=', sale.line.lineId)
    .where('period', '=', period)
    .executeTakeFirst();
  return row?.spentMinor ?? 0n;
}

async function heldOf({ buyer: { lineId, holderFrom } }: Sale) {
  const query = sql().selectFrom('tenure_hold').select('heldMinor').where('lineId', '=', lineId);
  return (await query.where('holderFrom', '=', holderFrom).executeTakeFirst())?.heldMinor ?? 0n;
}

function entriesOf(chargeId: string) {
  return sql()
    .selectFrom('ledger_entry as e')
    .innerJoin('ledger_account as d', 'd.id', 'e.debitAccount')
    .innerJoin('ledger_account as c', 'c.id', 'e.creditAccount')
    .select(['e.kind', 'd.kind as debit', 'c.kind as credit', 'e.amountMinor'])
    .where('e.journalId', '=', chargeId)
    .orderBy('e.kind')
    .execute();
}

describe('a one-time charge', () => {
  test('waits for its subscriber, is reserved, then captured for less, and says so in the ledger', async () => {
    const sale = await makeSale(world.deps, { closingGroup: 5 });
    const charge = await authorized(sale);
    assert.equal(charge.state, 'authorized');
    assert.deepEqual([await heldOf(sale), await spentOf(sale, '2026-05')], [800n, 0n]);
    assert.deepEqual(await entriesOf(charge.id), [
      { kind: 'authorization', debit: 'authorization-held', credit: 'authorization-owed', amountMinor: 800n },
    ]);
    const captured = await captureCharge(world.deps, keyOf(sale.company.id), {
      chargeId: charge.id,
      amountMinor: 500n,
    });
    assert.equal(captured.state, 'captured');
    const { capturedMinor, businessDate, billingPeriod, closingGroup, taxRateBps, late } = captured;
    assert.deepEqual(
      { capturedMinor, businessDate, billingPeriod, closingGroup, taxRateBps, late },
      {
        capturedMinor: 500n,
        businessDate: '2026-05-10',
        billingPeriod: '2026-05',
        closingGroup: 5,
        taxRateBps: 1000,
        late: false,
      },
    );
    assert.deepEqual([await heldOf(sale), await spentOf(sale, '2026-05')], [0n, 500n]);
    assert.deepEqual(await entriesOf(charge.id), [
      { kind: 'authorization', debit: 'authorization-held', credit: 'authorization-owed', amountMinor: 800n },
      { kind: 'capture', debit: 'subscriber-receivable', credit: 'company-payable', amountMinor: 500n },
      { kind: 'release', debit: 'authorization-owed', credit: 'authorization-held', amountMinor: 800n },
    ]);
  });

  test('is captured with the confirmation when the company asked for that', async () => {
    const sale = await makeSale(world.deps);
    const charge = await authorized(sale, { automaticCapture: true });
    assert.equal(charge.state, 'captured');
    assert.deepEqual(
      (await entriesOf(charge.id)).map((e) => e.kind),
      ['capture'],
    );
  });

  test('refuses a second capture of the same authorization, also when 50 come at once', async () => {
    const sale = await makeSale(world.deps);
    const { id } = await authorized(sale);
    const tries = await Promise.allSettled(
      Array.from({ length: 50 }, () => captureCharge(world.deps, keyOf(sale.company.id), { chargeId: id })),
    );
    assert.equal(tries.filter((t) => t.status === 'fulfilled').length, 1);
    for (const t of tries) if (t.status === 'rejected') assert.equal(t.reason.code, 'illegal-state');
    assert.equal(await spentOf(sale, '2026-05'), 800n);
  });

  test('refuses to capture more than was authorized', async () => {
    const sale = await makeSale(world.deps);
    const { id } = await authorized(sale);
    const more = { chargeId: id, amountMinor: 801n };
    await assert.rejects(captureCharge(world.deps, keyOf(sale.company.id), more), {
      code: 'amount-above-authorized',
    });
  });

  test('is unknown to another company', async () => {
    const sale = await makeSale(world.deps);
    const other = await makeSale(world.deps);
    const { id } = await authorized(sale);
    const stranger = keyOf(other.company.id);
    await assert.rejects(captureCharge(world.deps, stranger, { chargeId: id }), { code: 'charge-not-found' });
    await assert.rejects(cancelCharge(world.deps, stranger, { chargeId: id }), { code: 'charge-not-found' });
    await assert.rejects(getCharge(world.deps, stranger, id), { code: 'charge-not-found' });
  });

  test('gives back what it reserved when it is cancelled, once', async () => {
    const sale = await makeSale(world.deps);
    const { id } = await authorized(sale);
    const key = keyOf(sale.company.id);
    await Promise.all([
      cancelCharge(world.deps, key, { chargeId: id }),
      cancelCharge(world.deps, key, { chargeId: id }),
    ]);
    assert.deepEqual([await heldOf(sale), await spentOf(sale, '2026-05')], [0n, 0n]);
    assert.deepEqual(
      (await entriesOf(id)).map((e) => e.kind),
      ['authorization', 'cancellation'],
    );
    await assert.rejects(captureCharge(world.deps, key, { chargeId: id }), { code: 'illegal-state' });
  });

  test('can be declined by the subscriber, and is then neither confirmed nor captured', async () => {
    const sale = await makeSale(world.deps);
    const { id } = await createCharge(world.deps, keyOf(sale.company.id), input(sale));
    assert.equal((await declineCharge(world.deps, visitorOf(id), { chargeId: id })).state, 'cancelled');
    await assert.rejects(authorizeCharge(world.deps, signedIn(sale.buyer), { chargeId: id }), {
      code: 'illegal-state',
    });
  });

  test('is confirmed once: the same buyer again changes nothing, another is refused', async () => {
    const sale = await makeSale(world.deps);
    const second = await makeSubscriber(world.deps, { lineId: sale.line.lineId, slot: 2 });
    const charge = await authorized(sale);
    const again = await authorizeCharge(world.deps, signedIn(sale.buyer), { chargeId: charge.id });
    assert.equal(again.state, 'authorized');
    assert.equal(await heldOf(sale), 800n);
    const buyer = { ...sale.buyer, subscriberId: second.id };
    await assert.rejects(authorizeCharge(world.deps, signedIn(buyer), { chargeId: charge.id }), {
      code: 'illegal-state',
    });
  });

  test('can no longer be confirmed after thirty minutes', async () => {
    const sale = await makeSale(world.deps);
    const { id } = await createCharge(world.deps, keyOf(sale.company.id), input(sale));
    world.clock.advance(30 * 60_000);
    const confirm = authorizeCharge(world.deps, signedIn(sale.buyer), { chargeId: id });
    await assert.rejects(confirm, { code: 'checkout-expired' });
    world.clock.set(NOON_IN_TOKYO);
  });
});

describe('what a charge may not be', () => {
  const cases: [string, (sale: Sale) => Partial<NewCharge>, string][] = [
    ['of a service the company has not', () => ({ serviceCode: 'nothing' }), 'service-not-found'],
    ['above the maximum of the contract', () => ({ amountMinor: 10_001n }), 'amount-above-contract'],
    ['sent back to another site', () => ({ returnUrl: 'https://evil.example/' }), 'return-url-not-allowed'],
    [
      'sent back by way of a user name',
      () => ({ returnUrl: 'https://user@shop.example/' }),
      'return-url-not-allowed',
    ],
    [
      'sent back past a backslash',
      () => ({ returnUrl: 'https://shop.example\\@evil.example/' }),
      'return-url-not-allowed',
    ],
    [
      'sent back with a line more',
      () => ({ returnUrl: 'https://shop.example/\r\nX: y' }),
      'return-url-not-allowed',
    ],
    ['sent back to a script', () => ({ returnUrl: 'javascript:alert(1)' }), 'return-url-not-allowed'],
  ];
  for (const [name, over, code] of cases) {
    test(name, async () => {
      const sale = await makeSale(world.deps);
      await assert.rejects(createCharge(world.deps, keyOf(sale.company.id), input(sale, over(sale))), {
        code,
      });
      assert.deepEqual(await listCharges(world.deps, keyOf(sale.company.id), { limit: 10 }), []);
    });
  }

  test('of a company without a contract in force', async () => {
    const company = await makeCompany(world.deps);
    const service = await makeService(world.deps, { companyId: company.id });
    await makeContract(world.deps, { companyId: company.id, validFrom: '2026-06-01' });
    const sale = { ...(await makeSale(world.deps)), company, service };
    await assert.rejects(createCharge(world.deps, keyOf(sale.company.id), input(sale)), {
      code: 'contract-missing',
    });
  });

  test('of a suspended company', async () => {
    const company = await makeCompany(world.deps, { state: 'suspended' });
    const service = await makeService(world.deps, { companyId: company.id });
    const sale = { ...(await makeSale(world.deps)), company, service };
    await assert.rejects(createCharge(world.deps, keyOf(sale.company.id), input(sale)), {
      code: 'company-suspended',
    });
  });
});

describe('the limit of a line', () => {
  test('holds when many confirm at once on one line', async () => {
    const sale = await makeSale(world.deps);
    const ids = await Promise.all(
      Array.from(
        { length: 12 },
        async () =>
          (await createCharge(world.deps, keyOf(sale.company.id), input(sale, { amountMinor: 1000n }))).id,
      ),
    );
    const tries = await Promise.allSettled(
      ids.map((chargeId) => authorizeCharge(world.deps, signedIn(sale.buyer), { chargeId })),
    );
    assert.equal(tries.filter((t) => t.status === 'fulfilled').length, 10);
    for (const t of tries) if (t.status === 'rejected') assert.equal(t.reason.code, 'limit-exceeded');
    assert.equal(await heldOf(sale), 10_000n);
  });

  test('of a child is lower', async () => {
    const base = await makeSale(world.deps);
    const line = await makeLine(world.deps, { holder: { birthDate: '2015-01-01' } });
    const subscriber = await makeSubscriber(world.deps, { lineId: line.lineId });
    const buyer = { subscriberId: subscriber.id, lineId: line.lineId, holderFrom: line.holderFrom };
    const { id } = await createCharge(
      world.deps,
      keyOf(base.company.id),
      input(base, { amountMinor: 1501n }),
    );
    await assert.rejects(authorizeCharge(world.deps, signedIn(buyer), { chargeId: id }), {
      code: 'limit-exceeded',
    });
  });

  test('does not let a former holder of the line buy', async () => {
    const base = await makeSale(world.deps);
    const line = await makeLine(world.deps, { holder: { validTo: '2026-05-10' } });
    const subscriber = await makeSubscriber(world.deps, { lineId: line.lineId });
    const buyer = { subscriberId: subscriber.id, lineId: line.lineId, holderFrom: line.holderFrom };
    const { id } = await createCharge(world.deps, keyOf(base.company.id), input(base));
    await assert.rejects(authorizeCharge(world.deps, signedIn(buyer), { chargeId: id }), {
      code: 'entitlement-ended',
    });
  });
});

describe('the database itself', () => {
  test('refuses a change of a captured charge, by any actor', async () => {
    const sale = await makeSale(world.deps);
    const { id } = await authorized(sale, { automaticCapture: true });
    const change = sql().updateTable('charge').set({ capturedMinor: 1n }).where('id', '=', id).execute();
    await assert.rejects(change, /charge_is_final/);
    await assert.rejects(sql().deleteFrom('charge').where('id', '=', id).execute(), /charge_stays/);
    const entry = sql()
      .updateTable('ledger_entry')
      .set({ amountMinor: 1n })
      .where('journalId', '=', id)
      .execute();
    await assert.rejects(entry, /ledger_entry_is_final/);
  });
});
