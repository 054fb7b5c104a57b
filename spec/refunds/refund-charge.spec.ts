import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sqlOf } from '../../src/database/sql.ts';
import { listAudit } from '../../src/access/audit/audit.queries.ts';
import { staff, userOf } from '../support/actors.ts';
import { readMailsOf } from '../support/mailbox.ts';
import { createWorld, type World } from '../support/world.ts';
import { Refunding, refusalOf, tokyo } from './refunding.ts';

describe('a refund', () => {
  let world: World;
  let at: Refunding;
  before(async () => {
    world = await createWorld();
    at = await Refunding.begin(world);
  });
  after(() => world.close());

  it('gives back a part, then the rest, each with its row, entry, event and audit row', async () => {
    world.clock.set(tokyo('2026-05-10'));
    const chargeId = await at.sell(1_000n);
    world.clock.set(tokyo('2026-05-11', '00:00'));
    const part = await at.refund(chargeId, 300n, { note: 'scratched', reference: 'r-1' });
    const rest = await at.refund(chargeId, undefined, { actor: staff('aiko', 'agent') });
    assert.deepEqual(
      [part, rest].map((r) => [
        r.refundedBeforeMinor,
        r.amountMinor,
        r.kind,
        r.businessDate,
        r.billingPeriod,
      ]),
      [
        [0n, 300n, 'invoice', '2026-05-11', '2026-05'],
        [300n, 700n, 'invoice', '2026-05-11', '2026-05'],
      ],
    );
    assert.deepEqual(
      [part.taxCode, part.taxRateBps, part.closingGroup, part.note],
      ['standard', 1_000, 31, 'scratched'],
    );
    const [entry, ...more] = await at.entriesOf(part.id);
    assert.equal(more.length, 0);
    assert.deepEqual(entry, {
      kind: 'refund',
      businessDate: '2026-05-11',
      billingPeriod: '2026-05',
      amountMinor: 300n,
      debit: 'company-payable',
      credit: 'subscriber-receivable',
    });
    const events = await sqlOf(world.deps.orm.em.fork())
      .selectFrom('event')
      .select(['companyId', 'snapshot'])
      .where('type', '=', 'charge.refunded')
      .where('subjectId', '=', chargeId)
      .orderBy('id')
      .execute();
    const told = events.map(({ companyId, snapshot }) => {
      assert.equal(companyId, at.sale.company.id);
      const { refundMinor, refundedMinor, refundedBy, refundReference } = snapshot as Record<string, unknown>;
      return [refundMinor, refundedMinor, refundedBy, refundReference];
    });
    assert.deepEqual(told, [
      ['300', '300', 'company', 'r-1'],
      ['700', '1000', 'carrier', null],
    ]);
    const audit = await listAudit(world.deps, staff(), { subject: `charge:${chargeId}`, limit: 10 });
    assert.deepEqual(
      audit.map(({ actorKind, action }) => [actorKind, action]),
      [
        ['staff', 'refund.create'],
        ['company-key', 'refund.create'],
      ],
    );
  });

  it('never exceeds what was captured: the rest of nothing, a yen too much and a third of two halves are refused', async () => {
    const chargeId = await at.sell(500n);
    const tooMuch = await refusalOf(at.refund(chargeId, 501n));
    assert.equal(tooMuch.code, 'refund-too-large');
    assert.deepEqual(tooMuch.facts, { left: 500, refunded: 0, captured: 500 });
    await at.refund(chargeId, 250n);
    assert.deepEqual((await refusalOf(at.refund(chargeId, 251n))).facts, {
      left: 250,
      refunded: 250,
      captured: 500,
    });
    await at.refund(chargeId, 250n);
    assert.equal((await refusalOf(at.refund(chargeId))).facts['left'], 0);
    assert.equal((await at.refundsOf(chargeId)).length, 2);
  });

  it('is of what was captured, not of what was authorized or is pending', async () => {
    const held = await at.authorize(800n);
    const early = await refusalOf(at.refund(held.id));
    assert.deepEqual([early.code, early.facts['state']], ['not-captured', 'authorized']);
    await at.capture(held.id, 600n);
    assert.equal((await refusalOf(at.refund(held.id, 601n))).code, 'refund-too-large');
    assert.equal((await at.refund(held.id)).amountMinor, 600n);
  });

  it('is for the charge’s own company, and for people with the right', async () => {
    const chargeId = await at.sell();
    const other = await Refunding.begin(world);
    assert.equal((await refusalOf(other.refund(chargeId))).code, 'charge-not-found');
    const finance = userOf(at.sale.company.id, 'finance');
    assert.equal(
      (await refusalOf(at.refund(chargeId, undefined, { actor: finance }))).code,
      'permission-denied',
    );
    const support = userOf(at.sale.company.id, 'support');
    assert.equal(
      (await at.refund(chargeId, undefined, { actor: support })).createdBy,
      'company-user:taro@shop.example',
    );
  });

  it('refuses a reason, note, reference or amount that is none', async () => {
    const chargeId = await at.sell();
    const wrong = [
      { reason: 'because' as never },
      { note: ' ' },
      { note: 'x'.repeat(201) },
      { reference: '' },
    ];
    for (const over of wrong)
      assert.equal((await refusalOf(at.refund(chargeId, 1n, over))).code, 'invalid-request');
    for (const amount of [0n, -1n])
      assert.equal((await refusalOf(at.refund(chargeId, amount))).code, 'invalid-request');
  });

  it('is possible through the last day of the window, and not a millisecond later', async () => {
    world.clock.set(tokyo('2026-05-10'));
    const chargeId = await at.sell();
    // 60 days of the contract.
    world.clock.set(tokyo('2026-07-10', '00:00'));
    const late = await refusalOf(at.refund(chargeId, 100n));
    assert.deepEqual([late.code, late.facts['refundable_through']], ['refund-window-passed', '2026-07-09']);
    world.clock.set(new Date(tokyo('2026-07-10', '00:00').getTime() - 1));
    assert.equal((await at.refund(chargeId, 100n)).businessDate, '2026-07-09');
  });

  it('past the window is proposed by the support centre and approved by another person', async () => {
    world.clock.set(tokyo('2026-05-10'));
    const chargeId = await at.sell();
    world.clock.set(tokyo('2026-07-10', '00:00'));
    const alone = await refusalOf(at.refund(chargeId, 100n, { actor: staff('aiko', 'agent') }));
    assert.deepEqual([alone.code, alone.facts['because']], ['refund-needs-approval', 'window']);
    const approvalId = await at.approved(chargeId, 100n);
    const [refund] = await at.refundsOf(chargeId);
    assert.deepEqual(
      [refund?.approvalId, refund?.createdBy, refund?.amountMinor],
      [approvalId, 'staff:leiko', 100n],
    );
  });

  it('is whole where the contract allows no partial refunds', async () => {
    const strict = await Refunding.begin(world);
    await strict.setTerms({ partialRefunds: false });
    const chargeId = await strict.sell(900n);
    const part = await refusalOf(strict.refund(chargeId, 899n));
    assert.deepEqual([part.code, part.facts['left']], ['partial-not-allowed', 900]);
    assert.equal((await strict.refund(chargeId, 900n)).amountMinor, 900n);
  });

  it('is told to the holder of the line by mail, whatever they chose to get', async () => {
    const chargeId = await at.sell();
    await sqlOf(world.deps.orm.em.fork())
      .updateTable('line_holder')
      .set({ email: 'hanako@line.example' })
      .where('lineId', '=', at.sale.line.lineId)
      .execute();
    const { id } = await at.refund(chargeId, 400n, { reason: 'defective' });
    const mail = (await readMailsOf(world.deps, 'charge-refunded')).at(-1)!;
    const { refundNumber, refundMinor, reason, invoiceMonth } = mail.facts;
    assert.deepEqual([refundNumber, refundMinor, invoiceMonth], [`rf_${id}`, 400n, '2026-07']);
    assert.equal(reason.en, 'Defective or not as described');
  });
});
