import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sqlOf } from '../../../src/database/sql.ts';
import { Refunding, tokyo } from '../../refunds/refunding.ts';
import { makeSale } from '../../support/factories.ts';
import { createWorld, type World } from '../../support/world.ts';
import { typeCommand } from './type-command.ts';

describe('refunds on the command line', () => {
  let world: World;
  let at: Refunding;
  before(async () => {
    world = await createWorld({ REFUND_LIMIT_CHARGE: '1000' });
    world.clock.set(tokyo('2026-05-10'));
    at = new Refunding(world, await makeSale(world.deps));
  });
  after(() => world.close());

  const type = async (...args: string[]) => {
    const { code, error, out } = await typeCommand(world.deps, [...args, '--json']);
    return { code, error, body: (out === '' ? {} : JSON.parse(out)) as Record<string, unknown> };
  };
  const create = (chargeId: string, ...more: string[]) =>
    type('refund', 'create', '--charge', `ch_${chargeId}`, '--reason', 'requested', ...more);

  it('are made, shown and listed', async () => {
    const chargeId = await at.sell(900n);
    const made = await create(chargeId, '--amount', '300', '--note', 'a call');
    assert.equal(made.code, 0, made.error);
    assert.deepEqual(
      [made.body['amountMinor'], made.body['refundedMinor'], made.body['paidBy'], made.body['note']],
      [300, 300, 'invoice', 'a call'],
    );
    const shown = await type('refund', 'show', '--refund', String(made.body['refund']));
    assert.deepEqual(shown.body, made.body);
    const listed = await type('refund', 'list', '--charge', `ch_${chargeId}`);
    assert.deepEqual(listed.body, [made.body]);
    const tooMuch = await create(chargeId, '--amount', '601');
    assert.notEqual(tooMuch.code, 0);
    assert.match(tooMuch.error, /600/);
  });

  it('and by the company at once never exceed what was captured', async () => {
    const chargeId = await at.sell(900n);
    const outcomes = await Promise.all([
      create(chargeId, '--amount', '500').then(({ code }) => code === 0),
      at.refund(chargeId, 500n).then(
        () => true,
        () => false,
      ),
    ]);
    assert.deepEqual(outcomes.toSorted(), [false, true]);
    assert.equal((await at.refundsOf(chargeId)).length, 1);
  });

  it('above the limit of one person are proposed by one and approved by another', async () => {
    const chargeId = await at.sell(3_000n);
    const alone = await create(chargeId);
    assert.match(alone.error, /Propose it/);
    const proposed = await type(
      'refund',
      'propose',
      '--charge',
      `ch_${chargeId}`,
      '--reason',
      'goodwill',
      '--why',
      'a letter',
      '--as',
      'aiko',
    );
    const approval = String(proposed.body['approval']);
    assert.equal((await at.refundsOf(chargeId)).length, 0);
    assert.notEqual((await type('approval', 'approve', '--approval', approval, '--as', 'aiko')).code, 0);
    assert.equal((await type('approval', 'approve', '--approval', approval, '--as', 'leiko')).code, 0);
    assert.deepEqual(
      (await at.refundsOf(chargeId)).map(({ amountMinor }) => amountMinor),
      [3_000n],
    );
  });

  it('to a former holder go to an account that two people approved', async () => {
    const account = [
      '--line',
      at.sale.line.lineId,
      '--holder-from',
      '2026-01-01',
      '--bank-code',
      '9999',
      '--bank-name',
      'ミホン',
      '--branch-code',
      '001',
      '--branch-name',
      'ホンテン',
      '--account-number',
      '1234567',
      '--account-holder',
      'トウザイ ハナコ',
    ];
    const propose = () =>
      type('refund', 'account', ...account, '--reason', 'letter of 1 March', '--as', 'aiko');
    assert.match((await propose()).error, /Nothing is to be paid/);
    const chargeId = await at.sell(500n);
    await at.import('新保有者,end,active,2026-05-10,');
    await sqlOf(world.deps.orm.em.fork()).updateTable('billing_period').set({ state: 'closing' }).execute();
    const refund = await at.refund(chargeId);
    assert.equal(refund.kind, 'bank');
    const { body, error, code } = await propose();
    assert.equal(code, 0, error);
    const approve = await type(
      'approval',
      'approve',
      '--approval',
      String(body['approval']),
      '--as',
      'leiko',
    );
    assert.equal(approve.code, 0, approve.error);
    const [row] = await sqlOf(world.deps.orm.em.fork()).selectFrom('refund_account').selectAll().execute();
    assert.deepEqual([row?.lineId, row?.version, row?.accountNumber], [at.sale.line.lineId, 1, '1234567']);
    const alone = sqlOf(world.deps.orm.em.fork())
      .insertInto('refund_account')
      .values({ ...row!, version: 2, accountNumber: '7654321' })
      .execute();
    await assert.rejects(alone, /refund_account_takes_two/);
  });
});
