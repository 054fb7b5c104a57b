import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseDemoOptions } from '../../../batch/demo/options.ts';
import { createCalendar } from '../../../batch/demo/plan/demo-calendar.ts';
import { chooseVisitors } from '../../../batch/demo/plan/choose-visitors.rules.ts';
import { planWorld } from '../../../batch/demo/plan/plan-world.ts';
import type { DemoEvent, WorldPlan } from '../../../batch/demo/plan/world-plan.ts';

const timeZone = 'Asia/Tokyo';
const plan = (args: string): WorldPlan =>
  planWorld(parseDemoOptions(args === '' ? [] : args.split(' ')), timeZone);
const usagesOf = (event: DemoEvent) =>
  'usages' in event ? event.usages : 'usage' in event ? [event.usage] : [];

const refundsOf = (args: string) =>
  plan(args).events.flatMap((event) => (event.kind === 'refund' ? [event.refund] : []));

const times = (world: WorldPlan) => world.events.map(({ at }) => at);

const sizes = [
  '',
  '--companies 1 --lines 6 --charges 12',
  '--companies 12 --lines 6 --charges 45',
  '--lines 6 --charges 180',
  '--companies 30 --lines 100 --charges 3000',
  '--companies 3 --lines 50 --charges 700 --seed 9 --month 2027-01',
  '--lines 100 --charges 800 --month 2024-02',
];

describe('the plan of a demo world', () => {
  for (const size of sizes) {
    it(`comes to the charges asked for with ${size || 'the defaults'}`, () => {
      const wanted = parseDemoOptions(size === '' ? [] : size.split(' '));
      const { chargeCount, lines, companies, events } = plan(size);
      assert.equal(chargeCount, wanted.charges);
      assert.equal(lines.length, wanted.lines);
      assert.equal(companies.length, wanted.companies);
      assert.equal(new Set(lines.map(({ lineId }) => lineId)).size, lines.length);
      assert.equal(new Set(lines.map(({ closingGroup }) => closingGroup)).size, 6);
      assert.ok(events.every((event, index) => index === 0 || events[index - 1]!.at <= event.at));
    });

    it(`never lets a line spend more than its month with ${size || 'the defaults'}`, () => {
      const calendar = createCalendar(parseDemoOptions(size === '' ? [] : size.split(' ')).month, timeZone);
      const spent = new Map<string, number>();
      for (const usage of plan(size).events.flatMap(usagesOf)) {
        if (usage.isRefused) continue;
        const { line } = usage.subscriber;
        assert.ok(usage.amountMinor >= 1);
        const key = `${line.lineId}|${calendar.period(usage.at, line.closingGroup)}`;
        spent.set(key, (spent.get(key) ?? 0) + usage.amountMinor);
      }
      assert.ok(Math.max(...spent.values()) < 10_000);
    });
  }

  it('is the same for the same seed and another for another', () => {
    const args = '--lines 40 --charges 300';
    assert.deepEqual(times(plan(args)), times(plan(args)));
    assert.notDeepEqual(times(plan(args)), times(plan(`${args} --seed 2`)));
  });

  it('has somebody join, leave and join again in one month', () => {
    const joins = plan('--lines 40 --charges 300').events.flatMap((event) =>
      event.kind === 'join' ? [event.subscription] : [],
    );
    const [first, second] = joins;
    assert.equal(first?.subscriber, second?.subscriber);
    assert.equal(first?.item, second?.item);
    assert.ok(first!.leavesAt! < second!.at);
  });

  it('has a line that changes hands, whose former holder is refused afterwards', () => {
    const { events, lines } = plan('--lines 40 --charges 300');
    const refused = events.flatMap(usagesOf).filter(({ isRefused }) => isRefused);
    assert.equal(refused.length, 1);
    const { line } = refused[0]!.subscriber;
    assert.equal(lines.filter(({ nextHolder }) => nextHolder).length, 1);
    const buyers = new Set(
      events
        .flatMap(usagesOf)
        .filter((usage) => usage.subscriber.line === line)
        .map(({ subscriber }) => subscriber.key),
    );
    assert.equal(buyers.size, 2);
  });

  it('gives back what was sold before, in worlds with a line to spare for each case', () => {
    const refunds = refundsOf('--lines 40 --charges 300');
    assert.ok(refunds.every(({ at, usage }) => at > usage.at));
    assert.deepEqual(refunds.map(({ paidBy }) => paidBy).sort(), [
      'bank',
      ...Array<string>(5).fill('invoice'),
    ]);
    assert.deepEqual(
      refundsOf('--lines 29 --charges 300').map(({ paidBy }) => paidBy),
      ['bank'],
    );
  });

  it('has a night for every day until the last group has closed, and later for closing days and days with a file', () => {
    const events = plan('--lines 40 --charges 300').events;
    const nights = events.flatMap((event) => (event.kind === 'night' ? [event.businessDate] : []));
    const daily = nights.filter((date) => date <= '2026-06-25');
    assert.equal(daily.length, 57);
    const later = nights.slice(57);
    for (const date of ['2026-06-30', '2026-07-05', '2026-07-24', '2026-07-27', '2026-08-25', '2026-08-31'])
      assert.ok(later.includes(date), date);
    assert.ok(!later.includes('2026-06-28') && later.length < 35, later.join(' '));
    assert.equal(later.at(-1), '2026-08-31');
  });

  it('prints the sign-ins of people who have something to see, each once', () => {
    const world = plan('--lines 40 --charges 300');
    const visitors = chooseVisitors(world);
    assert.deepEqual(
      visitors.map(({ shows }) => shows),
      ['has a monthly subscription', 'buys most often', 'took over a line during the month'],
    );
    assert.ok(visitors.every(({ subscriber }) => subscriber.password !== undefined));
    assert.equal(new Set(visitors.map(({ subscriber }) => subscriber.key)).size, 3);
    const [subscribed, , moved] = visitors;
    const joins = world.events.flatMap((event) => (event.kind === 'join' ? [event.subscription] : []));
    assert.ok(joins.some(({ subscriber, leavesAt }) => subscriber === subscribed!.subscriber && !leavesAt));
    assert.ok(moved!.subscriber.line.nextHolder);
  });
});
