import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { getInvoiceOfLine } from '../../src/purchases/invoice-of-line.queries.ts';
import { listInvoicesOfLine } from '../../src/purchases/invoices-of-line.queries.ts';
import type { SubscriberActor } from '../../src/access/actor.ts';
import { createWorld, type World } from '../support/world.ts';
import { asHolder, asMember, makeHousehold, runNight, type Household } from './household.ts';

describe('the invoices of a line', () => {
  let world: World;
  let home: Household;
  let late: string;
  before(async () => {
    world = await createWorld();
    home = await makeHousehold(world.deps);
    for (const amount of [105n, 105n, 105n]) await home.use(home.holder, amount);
    await home.use(home.holder, 108n, { taxCode: 'reduced', description: 'パン' });
    await home.use(home.taro, 220n);
    world.clock.set(new Date('2026-06-01T00:10:00+09:00'));
    await runNight(world.deps, '2026-05-31');
    const occurredAt = new Date('2026-05-30T12:00:00+09:00');
    late = await home.use(home.taro, 70n, { occurredAt, description: '5月の利用' });
  });
  after(() => world.close());

  const invoice = (actor: SubscriberActor, period: string, page: { limit?: number; after?: string } = {}) =>
    getInvoiceOfLine(world.deps, actor, { period, limit: 50, ...page });

  it('are listed with number, dates and total, the newest first and the open one without a number', async () => {
    const { invoices } = await listInvoicesOfLine(world.deps, asHolder(home.holder));
    assert.deepEqual(
      invoices.map(({ period, number, total }) => [
        period.period,
        period.state,
        number,
        total.count,
        total.minor,
      ]),
      [
        ['2026-06', 'open', null, 1, 70n],
        ['2026-05', 'closed', '202605-31-0000001', 5, 643n],
      ],
    );
    assert.deepEqual([invoices[1]!.period.issueOn, invoices[1]!.period.dueOn], ['2026-06-13', '2026-06-30']);
    assert.match(invoices[1]!.holder ?? '', /東西/);
  });

  it('show the items and the tax per rate, rounded once', async () => {
    const { items, rates } = await invoice(asHolder(home.holder), '2026-05');
    assert.deepEqual(
      items.map(({ priceMinor, taxRateBps, status }) => [priceMinor, taxRateBps, status]),
      [
        ...Array.from({ length: 3 }, () => [105n, 1_000, 'invoiced']),
        [108n, 800, 'invoiced'],
        [220n, 1_000, 'invoiced'],
      ],
    );
    assert.deepEqual(
      rates.map(({ taxRateBps, totalMinor, taxMinor, supplier }) => [
        taxRateBps,
        totalMinor,
        taxMinor,
        supplier,
      ]),
      [
        [1_000, 535n, 48n, 'registered'],
        [800, 108n, 8n, 'registered'],
      ],
    );
  });

  it('have a late purchase in the period that took it', async () => {
    const { items, number, rates } = await invoice(asHolder(home.holder), '2026-06');
    assert.deepEqual(
      items.map(({ id, late: isLate, businessDate, status }) => [id, isLate, businessDate, status]),
      [[late, true, '2026-05-30', 'waiting']],
    );
    assert.deepEqual([number, rates[0]?.totalMinor, rates[0]?.taxMinor], [null, 70n, 6n]);
  });

  it('show another person their own items, their own total, and no number', async () => {
    const { invoices } = await listInvoicesOfLine(world.deps, asMember(home.taro));
    assert.deepEqual(
      invoices.map(({ period, total, number, holder }) => [period.period, total.minor, number, holder]),
      [
        ['2026-06', 70n, null, null],
        ['2026-05', 220n, null, null],
      ],
    );
    const { items, rates } = await invoice(asMember(home.taro), '2026-05');
    assert.deepEqual(
      [items.map(({ priceMinor }) => priceMinor), rates.map(({ totalMinor }) => totalMinor)],
      [[220n], [220n]],
    );
  });

  it('come in pages of items', async () => {
    const first = await invoice(asHolder(home.holder), '2026-05', { limit: 3 });
    const second = await invoice(asHolder(home.holder), '2026-05', { limit: 3, after: first.next! });
    assert.deepEqual([first.items.length, second.items.length, second.next], [3, 2, undefined]);
    assert.equal(new Set([...first.items, ...second.items].map(({ id }) => id)).size, 5);
  });

  it('are not found for another line, nor for a period without a purchase', async () => {
    const other = await makeHousehold(world.deps);
    await assert.rejects(invoice(asHolder(other.holder), '2026-05'), { code: 'not-found' });
    await assert.rejects(invoice(asHolder(home.holder), '2026-04'), { code: 'not-found' });
    const [, , third] = home.people;
    await assert.rejects(invoice(asMember(third!), '2026-05'), { code: 'not-found' });
  });
});
