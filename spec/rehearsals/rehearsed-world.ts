import { executeRehearsals } from '../../src/rehearsals/execute-rehearsal.ts';
import { startRehearsal, type StartRehearsal } from '../../src/rehearsals/start-rehearsal.ts';
import { BilledWorld, type SellingCompany } from '../collections/billed-world.ts';
import { CollectionInbox } from '../collections/collection-inbox.ts';
import { runNight } from '../explanations/explained-world.ts';
import { capture } from '../invoices/captured-charges.ts';
import { staff } from '../support/actors.ts';
import { approveDrafts } from '../support/approve-settlements.ts';
import { makeLine } from '../support/factories.ts';
import { recordRefunds } from '../support/refunds.ts';
import { CLOSING_GROUPS, periodRange, type ClosingGroup } from '../../src/shared/calendar.rules.ts';

export const billing = staff('hanako', 'billing');

/**
 * Sellers over lines of all six closing groups. January is settled and approved. February is captured and folded by nobody: sales,
 * refunds of the own and of the earlier month, one by bank, a clawback of January, a set-up fee, and a company that is settled on
 * what is collected.
 */
export async function makeRehearsedWorld() {
  const billed = await BilledWorld.create();
  const { deps, world } = billed;
  world.clock.set(new Date('2026-01-05T00:00:00.000Z'));
  const lines: { readonly lineId: string; readonly closingGroup: ClosingGroup }[] = [];
  for (const closingGroup of [...CLOSING_GROUPS, ...CLOSING_GROUPS]) {
    lines.push({ lineId: (await makeLine(deps, { closingGroup })).lineId, closingGroup });
  }
  const steady = await billed.addSeller({ tariffCode: 'flets-2011' });
  const fresh = await billed.addSeller({ tariffCode: 'flets-2012', setUpFeeMinor: 3_000n });
  const collecting = await billed.addSeller({ settlementBasis: 'collected' });
  /** An amount for each line in turn, over and over; none for zero. */
  const sell = (period: string, seller: SellingCompany, amounts: readonly bigint[]) =>
    capture(
      deps,
      amounts.flatMap((amountMinor, place) => {
        if (amountMinor === 0n) return [];
        const line = lines[place % lines.length]!;
        const { companyId, serviceId } = seller;
        const businessDate = periodRange(period, line.closingGroup).startsOn;
        return [{ companyId, serviceId, ...line, period, businessDate, amountMinor }];
      }),
    );
  const january = await sell('2026-01', steady, Array<bigint>(12).fill(2_000n));
  await runNight(billed, '2026-02-25');
  await approveDrafts(deps);
  const [unpaid] = await billed.rows<{ number: string }>(
    'SELECT number FROM line_invoice WHERE line_id = ?',
    [lines[0]!.lineId],
  );
  world.clock.set(new Date('2026-03-02T03:00:00.000Z'));
  await new CollectionInbox(billed).import('2026-03-01', `${unpaid!.number},uncollected,,2026-03-01,,1`);
  const february = await sell('2026-02', steady, Array<bigint>(24).fill(900n));
  await sell('2026-02', fresh, Array<bigint>(6).fill(1_500n));
  await sell('2026-02', collecting, [700n, 800n]);
  await recordRefunds(deps, [
    { chargeId: february[0]!, amountMinor: 900n, businessDate: '2026-02-20', period: '2026-02' },
    { chargeId: february[1]!, amountMinor: 300n, businessDate: '2026-02-20', period: '2026-02' },
    { chargeId: january[3]!, amountMinor: 500n, businessDate: '2026-02-20', period: '2026-02' },
    { chargeId: january[4]!, amountMinor: 250n, businessDate: '2026-02-20', kind: 'bank' },
  ]);
  return { billed, steady, fresh, collecting, lines, sell };
}

/** Starts a rehearsal and executes it; returns its identifier. */
export async function rehearse({ deps }: BilledWorld, start: StartRehearsal): Promise<string> {
  const { id } = await startRehearsal(deps, billing, start);
  await executeRehearsals(deps);
  return id;
}
