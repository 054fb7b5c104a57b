import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { listTenureRows } from '../../src/safeguards/tenure-safeguards.queries.ts';
import { setOwnLimit } from '../../src/safeguards/set-own-limit.ts';
import { setPurchaseRule } from '../../src/safeguards/set-purchase-rule.ts';
import { changeHolder } from '../purchases/change-holder.ts';
import { staff } from '../support/actors.ts';
import { makeSale } from '../support/factories.ts';
import { createWorld, type World } from '../support/world.ts';

const agent = staff('hanako', 'agent');

describe('what the support centre sets for a line', () => {
  let world: World;
  let sale: Awaited<ReturnType<typeof makeSale>>;
  before(async () => void (world = await createWorld()));
  after(() => world.close());
  beforeEach(async () => void (sale = await makeSale(world.deps)));

  const on = (askedBy: 'holder' | 'person' | 'carrier') => {
    const { lineId, holderFrom } = sale.buyer;
    return { tenure: { lineId, holderFrom }, reason: { askedBy, why: 'お電話でのお申し出' } };
  };
  const limitTo = (limitMinor: bigint | null, askedBy: 'holder' | 'person' | 'carrier' = 'holder') =>
    setOwnLimit(world.deps, agent, { subscriberId: null, kind: 'monthly-limit', limitMinor, ...on(askedBy) });
  const rows = () => listTenureRows(world.deps, sale.buyer);

  it('names who set it, and counts like the setting of the holder', async () => {
    await limitTo(3_000n, 'carrier');
    const raised = await limitTo(5_000n);
    assert.equal(raised.permitsMore, true);
    const [lowered, later] = await rows();
    assert.equal(lowered!.setBy, 'staff:hanako');
    assert.ok(later!.validFrom > lowered!.validFrom, 'a raise begins on the next date');
  });

  it('permits more on the word of the holder alone', async () => {
    await limitTo(3_000n);
    const refused = { code: 'illegal-state', facts: { reason: 'holder-decides' } };
    await assert.rejects(limitTo(4_000n, 'person'), refused);
    await assert.rejects(limitTo(null, 'carrier'), refused);
    assert.equal((await rows()).length, 1);
  });

  it('needs a reason, a tenure that is not over, and somebody who may', async () => {
    const limit = { subscriberId: null, kind: 'monthly-limit', limitMinor: 1n } as const;
    await assert.rejects(setOwnLimit(world.deps, agent, limit), { code: 'invalid-request' });
    await assert.rejects(setOwnLimit(world.deps, staff('jiro', 'billing'), { ...limit, ...on('holder') }), {
      code: 'permission-denied',
    });
    const former = on('holder');
    await changeHolder(world.deps, sale.line.lineId, '2026-05-02');
    await assert.rejects(setOwnLimit(world.deps, agent, { ...limit, ...former }), { code: 'line-not-found' });
  });

  it('is recorded once of two at once', async () => {
    const block = { kind: 'block', subscriberId: null, companyId: sale.company.id, serviceId: null } as const;
    const set = () => setPurchaseRule(world.deps, agent, { ...block, inForce: true, ...on('person') });
    const done = await Promise.all([set(), set()]);
    assert.deepEqual(
      done.map(({ isUnchanged }) => isUnchanged).toSorted((a, b) => Number(a) - Number(b)),
      [false, true],
    );
    assert.equal((await rows()).length, 1);
  });
});
