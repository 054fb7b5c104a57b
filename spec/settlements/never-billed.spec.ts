import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { foldCharges } from '../../src/invoices/fold-charges.ts';
import { executeRun } from '../../src/runs/execute-run.ts';
import { sumBilled } from '../../src/settlements/billed-companies.queries.ts';
import type { ClosingGroup } from '../../src/shared/calendar.rules.ts';
import { capture, type Captured } from '../invoices/captured-charges.ts';
import { createDice } from '../reports/random-sales.ts';
import { makeCompany, makeLine, makeService } from '../support/factories.ts';
import { recordRefunds, type NewRefund } from '../support/refunds.ts';
import { createWorld, type World } from '../support/world.ts';

/*
 * Charges that count as never billed are found from the refunds of a month, by key. Here the same is recounted as domain.md
 * section 1 says it, from all charges and refunds, on random sales: of several services, rates, groups and tenures a line, refunded
 * whole, in two parts, partly, in the next month, or not.
 */

const MONTH = '2026-02';
const LAST_MONTH = '2026-01';
const NEXT_MONTH = '2026-03';

interface Sold extends Captured {
  readonly id: string;
  /** Given back whole on invoices of the month itself. */
  isGone: boolean;
}

let world: World;
const sold: Sold[] = [];
before(async () => {
  world = await createWorld();
  world.clock.set(new Date('2026-01-05T00:00:00.000Z'));
  const dice = createDice(20_260_201);
  const services: Pick<Captured, 'companyId' | 'serviceId'>[] = [];
  for (const serviceCount of [2, 1, 1]) {
    const { id: companyId } = await makeCompany(world.deps);
    for (let n = 0; n < serviceCount; n += 1)
      services.push({ companyId, serviceId: (await makeService(world.deps, { companyId })).id });
  }
  const lines: string[] = [];
  for (let n = 0; n < 12; n += 1) lines.push((await makeLine(world.deps, { closingGroup: 31 })).lineId);
  const draw = (businessDate: string): Captured => ({
    ...services[dice(services.length)]!,
    lineId: lines[dice(lines.length)]!,
    amountMinor: BigInt(2 + dice(500)),
    businessDate,
    taxCode: dice(5) === 0 ? 'reduced' : 'standard',
    // A former holder's invoice of the line closes in another group: a tenure has one invoice a month.
    ...(dice(4) === 0 && { holderFrom: '2025-06-01', closingGroup: 5 as const }),
  });
  const january = Array.from({ length: 6 }, () => draw('2026-01-20'));
  const february = Array.from({ length: 70 }, () => draw('2026-02-10'));
  const earlier = await capture(world.deps, january);
  const ids = await capture(world.deps, february);
  const refunds: NewRefund[] = [];
  const give = (chargeId: string, amountMinor: bigint, period = MONTH) =>
    refunds.push({ chargeId, amountMinor, period, businessDate: '2026-02-26' });
  for (const [index, charge] of february.entries()) {
    const [id, kind] = [ids[index]!, dice(8)];
    const { amountMinor } = charge;
    if (kind <= 3) give(id, amountMinor);
    else if (kind === 4) {
      give(id, 1n);
      give(id, amountMinor - 1n);
    } else if (kind === 5) give(id, amountMinor - 1n);
    else if (kind === 6) {
      give(id, amountMinor - 1n);
      give(id, 1n, NEXT_MONTH);
    }
    sold.push({ ...charge, id, isGone: kind <= 4 });
  }
  for (const [index, id] of earlier.entries()) give(id, january[index]!.amountMinor);
  await recordRefunds(world.deps, refunds);
  world.clock.set(new Date('2026-02-26T15:00:00.000Z'));
  const night = { job: 'fold-charges', businessDate: '2026-02-26' };
  assert.equal((await executeRun(world.deps, night, foldCharges)).kind, 'finished');
});
after(() => world.close());

const linesOf = (charges: readonly Sold[]) => new Set(charges.map(({ lineId }) => lineId)).size;

const keyOf = (line: {
  readonly closingGroup?: ClosingGroup | undefined;
  readonly serviceId: number;
  readonly taxCode?: string;
}) => [line.closingGroup ?? 31, line.serviceId, line.taxCode].join('/');

/** Lines and items that count, by hand. */
function recount(charges: readonly Sold[]) {
  const staying = charges.filter(({ isGone }) => !isGone);
  return { lineCount: linesOf(staying), itemCount: staying.length };
}

const pick = ({ lineCount, itemCount }: { readonly lineCount: number; readonly itemCount: number }) => ({
  lineCount,
  itemCount,
});

describe('what counts as never billed', () => {
  it('leaves the counts of each company as they are counted by hand', async () => {
    const billed = await sumBilled(world.deps, MONTH);
    const byCompany = Map.groupBy(sold, ({ companyId }) => companyId);
    assert.ok([...byCompany.values()].some((own) => linesOf(own) > recount(own).lineCount));
    for (const [companyId, own] of byCompany)
      assert.deepEqual(pick(billed.get(companyId)!), recount(own), `company ${companyId}`);
  });

  it('leaves the counts of each settlement line as they are counted by hand', async () => {
    const billed = await sumBilled(world.deps, MONTH);
    const expected = Map.groupBy(sold, keyOf);
    const found = [...billed.values()].flatMap(({ settlementLines }) =>
      settlementLines.filter(({ kind }) => kind === 'charge'),
    );
    assert.equal(found.length, expected.size);
    for (const line of found)
      assert.deepEqual(pick(line), recount(expected.get(keyOf(line))!), `settlement line ${keyOf(line)}`);
    assert.ok([...expected.values()].some((own) => own.length > 1 && recount(own).lineCount === 0));
  });

  it('refunds of charges of another month take nothing from the counts', async () => {
    const billed = await sumBilled(world.deps, MONTH);
    const counted = [...billed.values()].flatMap(({ settlementLines }) =>
      settlementLines.filter(({ originalPeriod }) => originalPeriod === LAST_MONTH),
    );
    assert.equal(
      counted.reduce((sum, { itemCount }) => sum + itemCount, 0),
      6,
    );
  });
});
