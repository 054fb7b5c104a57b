import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { runDueNights } from '../../batch/nights.ts';
import { sqlOf } from '../../src/database/sql.ts';
import { createLog } from '../../src/shared/log.ts';
import { capture, makeMarket } from '../invoices/captured-charges.ts';
import { createWorld, type World } from '../support/world.ts';

let world: World;
before(async () => {
  world = await createWorld();
});
after(() => world.close());

it('a night that parks a line and finds broken figures logs how many, and not whose', async () => {
  const { registered, lines } = await makeMarket(world.deps, { lineCount: 1 });
  const [lineId] = lines as [string];
  await capture(world.deps, [{ ...registered, lineId, amountMinor: 500n, businessDate: '2026-05-09' }]);
  // An invoice of another closing group for the same period: the fold has to park the line.
  await capture(world.deps, [
    { ...registered, lineId: 'CAF0000009999', amountMinor: 1n, businessDate: '2026-05-09', closingGroup: 5 },
  ]);
  await sqlOf(world.deps.orm.em.fork())
    .insertInto('line_invoice')
    .values({
      billingPeriod: '2026-05',
      closingGroup: 5,
      lineId,
      holderFrom: '2026-01-01',
      number: null,
      itemCount: 0,
      totalMinor: 0n,
    })
    .execute();
  const logged: string[] = [];
  const log = createLog('trace', { write: (line: string) => void logged.push(line) });
  await runDueNights({ ...world.deps, log }, () => false);

  const text = logged.join('');
  assert.match(text, /fold-charges for 2026-05-09: .*parked 1/);
  assert.match(text, /BROKEN by \d+/);
  const parked = await sqlOf(world.deps.orm.em.fork()).selectFrom('parked').select('subject').execute();
  assert.ok(parked.some(({ subject }) => subject.includes(lineId)));
  for (const told of [lineId, 'CAF0000009999', '保有者'])
    assert.ok(!text.includes(told), `${told} is in the log`);
});
