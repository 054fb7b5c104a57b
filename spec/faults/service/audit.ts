import assert from 'node:assert/strict';
import { sqlOf } from '../../../src/database/sql.ts';
import type { Deps } from '../../../src/deps.ts';
import { parsePublicId } from '../../../src/shared/public-id.rules.ts';
import { listBrokenInvariants } from '../../support/broken-invariants.ts';
import type { Acknowledged, Order } from './load.ts';
import { ONE_TIME_AMOUNT } from './shop.ts';

/** A charge as acknowledged by responses. */
interface Promised {
  readonly id: string;
  readonly state: string;
  readonly amount: number;
  readonly reference: string | null;
}

/**
 * Asserts that the database has exactly what was acknowledged: no charge lost, doubled or invented. Returns the number of
 * charges and the broken invariants.
 */
export async function auditCharges(
  deps: Deps,
  acknowledged: readonly Acknowledged[],
): Promise<{ charges: number; brokenInvariants: readonly string[] }> {
  const promised = acknowledged.flatMap(promisesOf);
  const wanted = new Map(promised.map((charge) => [charge.id, charge]));
  assert.equal(wanted.size, promised.length, 'one charge stands for two orders');
  const rows = await sqlOf(deps.orm.em.fork())
    .selectFrom('charge')
    .select(['id', 'state', 'amountMinor', 'reference', 'capturedMinor'])
    .execute();
  // One-time charges that were created in advance and never captured.
  const stored = rows.filter(
    ({ id, state, reference }) => wanted.has(id) || state !== 'authorized' || reference !== null,
  );
  assert.equal(stored.length, promised.length, 'there are as many charges as were acknowledged');
  for (const row of stored) {
    const charge = wanted.get(row.id);
    assert.ok(charge, `nobody was told of charge ${row.id} (${row.reference})`);
    const { id: _, ...figures } = charge;
    assert.deepEqual(
      { state: stateAsPromised(row.state), amount: Number(row.amountMinor), reference: row.reference },
      figures,
    );
    assert.equal(row.capturedMinor, row.state === 'captured' ? row.amountMinor : null);
  }
  return { charges: stored.length, brokenInvariants: await listBrokenInvariants(deps) };
}

/** Unconfirmed charges may have expired in the meantime. */
const stateAsPromised = (state: string): string => (state === 'expired' ? 'pending' : state);

function promisesOf({ order, text }: Acknowledged): Promised[] {
  const answer = JSON.parse(text) as { id: string; outcomes: { charge: { id: string } }[] };
  if (order.kind !== 'usages') return [promiseOf(answer, order, order.body)];
  const { charges } = order.body as { charges: object[] };
  assert.equal(answer.outcomes.length, charges.length);
  return answer.outcomes.map(({ charge }, index) => promiseOf(charge, order, charges[index]!));
}

function promiseOf(charge: { id: string }, { kind }: Order, body: object): Promised {
  const id = parsePublicId('charge', charge.id);
  assert.ok(id !== undefined, 'an answer without its charge');
  const state = kind === 'create' ? 'pending' : 'captured';
  if (kind === 'capture') return { id, state, amount: ONE_TIME_AMOUNT, reference: null };
  const { amount, reference } = body as { amount: number; reference: string };
  return { id, state, amount, reference };
}
