import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sqlOf } from '../../src/database/sql.ts';
import { addMonths, businessDateOf, lastDayOfMonth, monthOf } from '../../src/shared/calendar.rules.ts';
import { systemClock } from '../../src/shared/clock.ts';
import { startBatch } from '../batch/batch-process.ts';
import { ServiceProcess } from '../faults/service/service-process.ts';
import { listBrokenInvariants } from '../support/broken-invariants.ts';
import { makeApiKey, makeSale } from '../support/factories.ts';
import { apiClient } from '../support/http-client.ts';
import { createWorld, type World } from '../support/world.ts';
import { Refunding, tokyo } from './refunding.ts';

/*
 * The service refunds, in its process, what a former holder bought last month, while the night in another process closes that
 * month: each refund is an item of the invoice or is paid by bank, and none is lost between the two.
 */
describe('refunds of one process and the close of another', () => {
  let world: World;
  let at: Refunding;
  let service: ServiceProcess;
  let token: string;
  let period: string;
  const chargeIds: string[] = [];
  before(async () => {
    world = await createWorld({ LINE_MONTHLY_LIMIT: '1000000' });
    period = addMonths(monthOf(businessDateOf(systemClock.now(), 'Asia/Tokyo')), -1);
    world.clock.set(tokyo(`${period}-10`));
    at = new Refunding(world, await makeSale(world.deps));
    for (let made = 0; made < 6; made += 1) chargeIds.push(await at.sell(5_000n));
    world.clock.set(tokyo(`${period}-20`));
    await at.import(`新保有者,end,active,${period}-20,`);
    ({ token } = await makeApiKey(world.deps, { companyId: at.sale.company.id }));
    service = await ServiceProcess.start({ DATABASE_URL: world.database.url, RATE_LIMIT_CHARGES: '100000' });
  });
  after(async () => {
    await service.kill();
    await world.close();
  });

  it('have each refund in one of the two', async () => {
    const api = apiClient(service.origin, token);
    const night = startBatch(world, world.config.filesDir, [
      'night',
      '--business-date',
      lastDayOfMonth(period),
    ]);
    const replies: unknown[] = [];
    let more = 3;
    while (night.isRunning() || (more -= 1) > 0) {
      const sent = chargeIds.map((id) =>
        api.post(`/v1/charges/ch_${id}/refunds`, { amount: 1, reason: 'requested' }),
      );
      for (const { status, text, body } of await Promise.all(sent))
        replies.push(status === 201 ? body['paid_by'] : text);
    }
    const { code, errors } = await night.result;
    assert.deepEqual([code, errors], [0, '']);
    assert.deepEqual(
      [...new Set(replies)].toSorted((a, b) => String(a).localeCompare(String(b))),
      ['bank', 'invoice'],
    );
    const { count } = await sqlOf(world.deps.orm.em.fork())
      .selectFrom('refund')
      .select(({ fn }) => fn.countAll<number | string>().as('count'))
      .executeTakeFirstOrThrow();
    assert.equal(Number(count), replies.length);
    const items = await sqlOf(world.deps.orm.em.fork())
      .selectFrom('invoice_item')
      .select('refundId')
      .where('kind', '=', 'refund')
      .where('billingPeriod', '=', period)
      .execute();
    assert.equal(items.length, replies.filter((paidBy) => paidBy === 'invoice').length);
    world.clock.set(systemClock.now());
    assert.deepEqual(await listBrokenInvariants(world.deps), []);
  });
});
