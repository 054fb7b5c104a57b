import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { approveChange, rejectChange } from '../../src/access/approvals/decide-approval.ts';
import { approvalKinds } from '../../src/approval-kinds.ts';
import { sqlOf } from '../../src/database/sql.ts';
import { proposeRefund } from '../../src/refunds/refund-approval.ts';
import { refunderOf } from '../../src/refunds/refund-limits.rules.ts';
import { keyOf, staff, userOf } from '../support/actors.ts';
import { makeSale } from '../support/factories.ts';
import { createWorld, type World } from '../support/world.ts';
import { Refunding, refusalOf, tokyo } from './refunding.ts';

/** The limit that a refund exceeds. */
async function because(work: Promise<unknown>) {
  const { code, facts } = await refusalOf(work);
  assert.equal(code, 'refund-needs-approval');
  return facts['because'];
}

describe('what one person may give back alone', () => {
  let world: World;
  let day = 0;
  before(async () => {
    world = await createWorld({
      REFUND_LIMIT_CHARGE: '1000',
      REFUND_LIMIT_LINE_DAY: '1500',
      REFUND_LIMIT_PERSON_DAY: '2000',
      REFUND_LIMIT_COMPANY_DAY: '3000',
    });
  });
  after(() => world.close());

  /** Another line, on a day of its own: sums of a day begin at nothing. */
  const begin = async () => {
    day += 1;
    world.clock.set(tokyo(`2026-05-${String(day).padStart(2, '0')}`));
    return new Refunding(world, await makeSale(world.deps));
  };
  const agent = staff('aiko', 'agent');

  it('is counted with the earlier refunds of the charge, by anybody on any day', async () => {
    const at = await begin();
    const chargeId = await at.sell(3_000n);
    await at.refund(chargeId, 600n);
    assert.equal(await because(at.refund(chargeId, 401n, { actor: agent })), 'charge');
    await at.refund(chargeId, 400n, { actor: agent });
    world.clock.set(tokyo('2026-06-20'));
    assert.equal(await because(at.refund(chargeId, 1n, { actor: staff('leiko', 'lead') })), 'charge');
  });

  it('is counted over the line of a day, by all refunders', async () => {
    const at = await begin();
    const charges = [await at.sell(1_000n), await at.sell(1_000n), await at.sell(1_000n)];
    await at.refund(charges[0]!, 800n);
    await at.refund(charges[1]!, 700n, { actor: agent });
    assert.equal(await because(at.refund(charges[2]!, 1n, { actor: staff('leiko', 'lead') })), 'line-day');
  });

  it('is never taken for less than it is: without its sum there is no refund', async () => {
    const at = await begin();
    const chargeId = await at.sell(1_000n);
    // The database takes it for the line's row; its name is another one.
    const spaced = `line:${at.sale.line.lineId} `;
    const db = sqlOf(world.deps.orm.em.fork());
    const businessDate = `2026-05-${String(day).padStart(2, '0')}`;
    await db
      .insertInto('refunded_day')
      .values({ subject: spaced, businessDate, refundedMinor: 1_400n })
      .execute();
    await assert.rejects(at.refund(chargeId, 200n), /the sum of line:.* is not there/);
    assert.deepEqual(await at.refundsOf(chargeId), []);
  });

  it('is counted over the person of a day, however the amount is split and however many are made at once', async () => {
    const at = await begin();
    const lines = [
      at,
      new Refunding(world, await makeSale(world.deps)),
      new Refunding(world, await makeSale(world.deps)),
    ];
    const charges = await Promise.all(lines.map(async (one) => ({ one, id: await one.sell(1_000n) })));
    const work = charges.flatMap(({ one, id }) =>
      Array.from({ length: 10 }, () => one.refund(id, 100n, { actor: agent })),
    );
    const outcomes = await Promise.allSettled(work);
    assert.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 20);
    const fresh = new Refunding(world, await makeSale(world.deps));
    const chargeId = await fresh.sell(1_000n);
    assert.equal(await because(fresh.refund(chargeId, 1n, { actor: agent })), 'person-day');
    assert.equal((await fresh.refund(chargeId, 1n, { actor: staff('leiko', 'lead') })).amountMinor, 1n);
  });

  it('begins again at midnight', async () => {
    const at = await begin();
    const other = new Refunding(world, await makeSale(world.deps));
    const [one, two] = [await at.sell(1_000n), await other.sell(1_000n)];
    const third = new Refunding(world, await makeSale(world.deps));
    const three = await third.sell(1_000n);
    await at.refund(one, 1_000n, { actor: agent });
    await other.refund(two, 1_000n, { actor: agent });
    assert.equal(await because(third.refund(three, 1n, { actor: agent })), 'person-day');
    day += 1;
    world.clock.set(tokyo(`2026-05-${String(day).padStart(2, '0')}`, '00:00'));
    assert.equal((await third.refund(three, 1_000n, { actor: agent })).amountMinor, 1_000n);
  });

  it('is the day’s sum alone for a company, with all its keys and people; it asks the support centre', async () => {
    const at = await begin();
    const chargeId = await at.sell(9_000n);
    assert.equal((await at.refund(chargeId, 2_500n)).amountMinor, 2_500n, 'above the limit of a charge');
    const owner = userOf(at.sale.company.id, 'owner');
    await at.refund(chargeId, 500n, { actor: owner });
    const refusal = await refusalOf(
      at.refund(chargeId, 1n, { actor: { ...keyOf(at.sale.company.id), keyId: 'another' } }),
    );
    assert.deepEqual([refusal.code, refusal.facts['because']], ['refund-needs-approval', 'company-day']);
    assert.match(refusal.detail ?? '', /support centre/);
    const refund = { chargeId, amountMinor: 1n, reason: 'requested' } as const;
    const proposed = await refusalOf(
      (async () => proposeRefund(world.deps, owner, { refund, why: 'please' }))(),
    );
    assert.equal(proposed.code, 'permission-denied');
    assert.equal(refunderOf(owner), refunderOf(at.key));
  });

  it('is passed by two people, whose refund counts for the charge and not for either', async () => {
    const at = await begin();
    const chargeId = await at.sell(5_000n);
    await at.approved(chargeId, 4_000n);
    assert.equal(await because(at.refund(chargeId, 1n, { actor: agent })), 'charge');
    const other = new Refunding(world, await makeSale(world.deps));
    await other.refund(await other.sell(1_000n), 1_000n, { actor: agent });
  });

  it('is not passed by the proposer, by an agent who approves, or when the charge has changed', async () => {
    const at = await begin();
    const chargeId = await at.sell(5_000n);
    const refund = { chargeId, reason: 'goodwill' } as const;
    const lead = staff('leiko', 'lead');
    const approvalId = await proposeRefund(world.deps, lead, { refund, why: 'a letter' });
    const decide = (actor: typeof lead) => approveChange(world.deps, actor, approvalKinds, { approvalId });
    assert.equal((await refusalOf(decide(lead))).code, 'approval-own');
    assert.equal((await refusalOf(decide(staff('aiko', 'agent')))).code, 'permission-denied');
    await at.refund(chargeId, 1n);
    assert.equal((await refusalOf(decide(staff('other', 'lead')))).code, 'approval-void');
    assert.equal((await at.refundsOf(chargeId)).length, 1);
  });

  it('is made once when two people approve at once, and never when it is rejected', async () => {
    const at = await begin();
    const [one, two] = [await at.sell(5_000n), await at.sell(4_000n)];
    const propose = (chargeId: string) =>
      proposeRefund(world.deps, agent, { refund: { chargeId, reason: 'goodwill' }, why: 'a letter' });
    const approvalId = await propose(one);
    const both = [staff('leiko', 'lead'), staff('kimi', 'billing-approver')].map((actor) =>
      approveChange(world.deps, actor, approvalKinds, { approvalId }),
    );
    const outcomes = await Promise.allSettled(both);
    assert.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 1);
    assert.equal((await at.refundsOf(one)).length, 1);
    const rejected = await propose(two);
    await rejectChange(world.deps, staff('leiko', 'lead'), approvalKinds, { approvalId: rejected });
    assert.equal((await at.refundsOf(two)).length, 0);
  });
});
