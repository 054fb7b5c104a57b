import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { CompiledQuery } from 'kysely';
import { sqlOf } from '../../src/database/sql.ts';
import { cancelSubscription } from '../../src/subscriptions/cancel-subscription.ts';
import { SellingTerms } from '../charges/selling.ts';
import { subscribe } from '../subscriptions/subscribing.ts';
import { makeSale, makeSubscriber } from '../support/factories.ts';
import { createWorld, type World } from '../support/world.ts';
import { staff } from '../support/actors.ts';

let world: World;
let authorized: string;
before(async () => {
  world = await createWorld();
  const sale = await makeSale(world.deps);
  const seller = new SellingTerms(world, sale);
  authorized = (await seller.authorize(500n)).id;
  await makeSubscriber(world.deps, { lineId: sale.line.lineId, slot: 2 });
  await subscribe(world.deps, sale, { chargeDay: 1 });
  const { id: subscriptionId } = await subscribe(world.deps, sale, { chargeDay: 31, itemCode: 'left' });
  await cancelSubscription(world.deps, staff(), { subscriptionId });
  await run("UPDATE consent SET state = 'ended', ended_at = NOW(3)");
});
after(() => world.close());

const run = (statement: string) => sqlOf(world.deps.orm.em.fork()).executeQuery(CompiledQuery.raw(statement));

/** Runs as the service's user. */
const refused = [
  ["UPDATE charge SET description = 'another'", /charge_keeps_its_terms/],
  ["UPDATE charge SET reference = 'another'", /charge_keeps_its_terms/],
  ["UPDATE charge SET tax_code = 'reduced'", /charge_keeps_its_terms/],
  ['UPDATE charge SET amount_minor = amount_minor + 1', /charge_keeps_its_terms/],
  ['UPDATE charge SET limit_minor = 99999999', /charge_keeps_its_terms/],
  ['UPDATE charge SET own_limit_minor = 1', /charge_keeps_its_terms/],
  ['UPDATE charge SET subscriber_id = (SELECT MAX(id) FROM subscriber)', /charge_keeps_its_terms/],
  ["UPDATE charge SET authorized_until = '2030-01-01'", /charge_keeps_its_terms/],
  ["UPDATE charge SET open_until = '2030-01-01'", /charge_keeps_its_terms/],
] as const;

for (const [statement, refusal] of refused) {
  test(`the database refuses for an authorized charge: ${statement}`, async () => {
    await assert.rejects(run(`${statement} WHERE id = '${authorized}'`), refusal);
  });
}

const ended = [
  ["UPDATE consent SET state = 'active', ended_at = NULL", /consent_ends_once/],
  ["UPDATE consent SET ended_at = '2030-01-01'", /consent_ends_once/],
  [
    "UPDATE subscription SET state = 'active', left_on = NULL WHERE item_code = 'left'",
    /subscription_ends_once/,
  ],
] as const;

for (const [statement, refusal] of ended) {
  test(`the database refuses ${statement}`, async () => {
    await assert.rejects(run(statement), refusal);
  });
}

test('an authorization may be shortened', async () => {
  await run(`UPDATE charge SET open_until = open_until - INTERVAL 1 DAY WHERE id = '${authorized}'`);
});
