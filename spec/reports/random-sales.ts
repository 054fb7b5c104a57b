import { CLOSING_GROUPS } from '../../src/shared/calendar.rules.ts';
import { BilledWorld, type BilledInvoice, type SellingCompany } from '../collections/billed-world.ts';
import { CollectionInbox } from '../collections/collection-inbox.ts';
import { runAsOwner } from '../support/as-owner.ts';
import { makeService } from '../support/factories.ts';
import { recordRefunds } from '../support/refunds.ts';

/** A world with random sales of three months, refunds of each kind, collection results and subscriptions. */
export interface RandomSales {
  readonly billed: BilledWorld;
  readonly inbox: CollectionInbox;
  readonly sellers: readonly SellingCompany[];
  readonly invoices: readonly BilledInvoice[];
  close(): Promise<void>;
}

/** Numbers that are the same in each run of a seed. */
export function createDice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * sides);
  };
}

const MONTHS = ['2026-01', '2026-02', '2026-03'];

export async function sellAtRandom(seed: number): Promise<RandomSales> {
  const dice = createDice(seed);
  const billed = await BilledWorld.create();
  billed.world.clock.set(new Date('2026-05-20T03:00:00.000Z'));
  const inbox = new CollectionInbox(billed);
  const first = await billed.addSeller();
  const other = await makeService(billed.deps, { companyId: first.companyId, platform: 'flets-cast' });
  const sellers = [
    first,
    { ...first, serviceId: other.id },
    await billed.addSeller({ tariffCode: 'west-2004' }),
    await billed.addSeller({ legalModel: 'assignment' }),
  ];
  const invoices: BilledInvoice[] = [];
  for (const month of MONTHS) invoices.push(...(await billMonth(billed, { month, sellers, dice })));
  await refundSome(billed, invoices, dice);
  await collectSome(inbox, invoices, dice);
  await subscribeSome(billed, sellers, dice);
  return { billed, inbox, sellers, invoices, close: () => billed.close() };
}

interface MonthToBill {
  readonly month: string;
  readonly sellers: readonly SellingCompany[];
  readonly dice: (sides: number) => number;
}

/** One call closes all groups of a month, so each month has one group, and its sales one day. */
async function billMonth(billed: BilledWorld, { month, sellers, dice }: MonthToBill) {
  const invoices = Array.from({ length: 6 }, () =>
    Array.from(
      { length: 1 + dice(3) },
      () => [sellers[dice(sellers.length)]!, BigInt(100 + dice(900))] as const,
    ),
  );
  return await billed.bill(month, invoices, CLOSING_GROUPS[dice(CLOSING_GROUPS.length)]);
}

async function refundSome(
  billed: BilledWorld,
  invoices: readonly BilledInvoice[],
  dice: (sides: number) => number,
): Promise<void> {
  for (const [index, { chargeIds }] of invoices.entries()) {
    if (dice(2) === 0) continue;
    const refund = { chargeId: chargeIds[0]!, amountMinor: BigInt(1 + dice(90)) };
    const day = String(10 + dice(15));
    await recordRefunds(billed.deps, [
      index % 2 === 0
        ? { ...refund, kind: 'bank', businessDate: `2026-04-${day}` }
        : { ...refund, period: '2026-04', businessDate: `2026-05-${day.replace('2', '0')}` },
    ]);
  }
}

async function collectSome(
  inbox: CollectionInbox,
  invoices: readonly BilledInvoice[],
  dice: (sides: number) => number,
): Promise<void> {
  const unpaid = invoices.filter(() => dice(3) === 0);
  await inbox.import('2026-05-05', ...unpaid.map(({ number }) => `${number},uncollected,,2026-05-04,,1`));
  const later = unpaid.filter(() => dice(2) === 0);
  if (later.length === 0) return;
  await inbox.import('2026-05-15', ...later.map(({ number }) => `${number},collected,,2026-05-14,,0`));
}

/** Rows with the columns that reports read; no night renews them. */
async function subscribeSome(
  billed: BilledWorld,
  sellers: readonly SellingCompany[],
  dice: (sides: number) => number,
): Promise<void> {
  const dayOf = (month: number) => `2026-0${month}-${String(1 + dice(27)).padStart(2, '0')}`;
  const rows = Array.from({ length: 40 }, (_, index) => {
    const { companyId, serviceId } = sellers[dice(sellers.length)]!;
    const leftOn = dice(3) === 0 ? `'${dayOf(4)}'` : 'NULL';
    return `('S${String(index).padStart(25, '0')}', ${companyId}, ${serviceId}, 'item', 'd', 100, 'standard', 1, 0, 0,
      NULL, 'COP00000001', '2026-01-01', '${leftOn === 'NULL' ? 'active' : 'ended'}', NOW(3), '${dayOf(1 + dice(3))}', ${leftOn})`;
  });
  await runAsOwner(
    billed.world.database,
    `SET STATEMENT check_constraint_checks = 0, foreign_key_checks = 0 FOR INSERT INTO subscription (id, company_id, service_id, item_code, description, amount_minor,
      tax_code, charge_day, first_month_free, last_month_free, subscriber_id, line_id, holder_from, state, created_at, joined_on, left_on)
     VALUES ${rows.join(', ')}`,
  );
}
