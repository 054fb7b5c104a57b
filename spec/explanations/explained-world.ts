import { sqlOf } from '../../src/database/sql.ts';
import { closePeriods } from '../../src/invoices/close-periods.ts';
import { foldCharges } from '../../src/invoices/fold-charges.ts';
import { executeRun } from '../../src/runs/execute-run.ts';
import { settleCompanies } from '../../src/settlements/settle-companies.ts';
import { BilledWorld, type SellingCompany } from '../collections/billed-world.ts';
import { CollectionInbox } from '../collections/collection-inbox.ts';
import { approveDrafts } from '../support/approve-settlements.ts';
import { closeMonth, type Sale } from '../support/closed-month.ts';
import { makeLine, makeService, makeSubscriber } from '../support/factories.ts';
import { recordRefunds } from '../support/refunds.ts';

/** Runs the jobs of a night that invoice and settle, as real runs. */
export async function runNight({ deps, world }: BilledWorld, businessDate: string): Promise<void> {
  world.clock.set(new Date(`${businessDate}T15:30:00.000Z`));
  for (const [job, work] of [
    ['fold-charges', foldCharges],
    ['close-periods', closePeriods],
    ['settle-companies', settleCompanies],
  ] as const)
    await executeRun(deps, { job, businessDate }, work);
}

/** Sells in a month whose groups are still open. Returns the charges in the order of their sale. */
export async function sell(
  { deps, world, rows }: Pick<BilledWorld, 'deps' | 'world' | 'rows'>,
  period: string,
  sales: readonly Sale[],
): Promise<readonly string[]> {
  world.clock.set(new Date(`${period}-20T03:00:00.000Z`));
  await closeMonth(deps, { period, sales, closed: [] });
  const found = await rows<{ id: string }>('SELECT id FROM charge WHERE billing_period = ? ORDER BY id', [
    period,
  ]);
  return found.map(({ id }) => id);
}

/**
 * Two months of a company that sells in two services: refunds of the own and of the earlier month, one by bank, a set-up fee, a
 * clawback; and another company on the same lines. January is approved, February too.
 */
export async function makeExplainedWorld() {
  const billed = await BilledWorld.create();
  const { deps } = billed;
  const at = { deps, world: billed.world, rows: billed.rows.bind(billed) };
  billed.world.clock.set(new Date('2026-01-05T00:00:00.000Z'));
  const seller = await billed.addSeller({ setUpFeeMinor: 1_000n, tariffCode: 'flets-2012' });
  const other = await billed.addSeller();
  const { id: booksId } = await makeService(deps, { companyId: seller.companyId });
  const lines: string[] = [];
  for (let n = 0; n < 6; n += 1) {
    lines.push((await makeLine(deps, { closingGroup: n % 2 ? 31 : 10 })).lineId);
  }
  const sale = (line: number, amountMinor: bigint, over: Partial<Sale> = {}): Sale => ({
    companyId: seller.companyId,
    serviceId: seller.serviceId,
    lineId: lines[line]!,
    closingGroup: line % 2 ? 31 : 10,
    amountMinor,
    ...over,
  });
  const ofOther = { companyId: other.companyId, serviceId: other.serviceId };
  const january = await sell(at, '2026-01', [sale(0, 9_000n), sale(1, 2_000n), sale(1, 700n, ofOther)]);
  await runNight(billed, '2026-02-25');
  await approveDrafts(deps);
  const [unpaid] = await billed.rows<{ number: string }>(
    'SELECT number FROM line_invoice WHERE line_id = ?',
    [lines[1]],
  );
  billed.world.clock.set(new Date('2026-03-02T03:00:00.000Z'));
  await new CollectionInbox(billed).import('2026-03-01', `${unpaid!.number},uncollected,,2026-03-01,,1`);
  const february = await sell(at, '2026-02', [
    ...lines.map((_, line) => sale(line, 800n + BigInt(line))),
    sale(2, 1_200n, { serviceId: booksId, taxCode: 'reduced' }),
    sale(3, 400n, ofOther),
  ]);
  await recordRefunds(deps, [
    { chargeId: february[5]!, amountMinor: 805n, businessDate: '2026-02-21', period: '2026-02' },
    { chargeId: january[0]!, amountMinor: 500n, businessDate: '2026-02-22', period: '2026-02' },
    { chargeId: january[0]!, amountMinor: 200n, businessDate: '2026-02-22', kind: 'bank' },
  ]);
  await confirm(billed, { chargeId: february[0]!, seller, lineId: lines[0]! });
  await runNight(billed, '2026-03-25');
  const drafted = await settlementOf(billed, seller, '2026-02');
  return { billed, seller, other, lines, february, drafted };
}

export async function settlementOf(billed: BilledWorld, { companyId }: SellingCompany, period: string) {
  const [row] = await billed.rows<{ number: string; id: string }>(
    'SELECT number, id FROM settlement WHERE company_id = ? AND billing_period = ?',
    [companyId, period],
  );
  return row!.number;
}

async function confirm(
  { deps }: BilledWorld,
  { chargeId, seller, lineId }: { chargeId: string; seller: SellingCompany; lineId: string },
): Promise<void> {
  const { id: subscriberId, issuedId } = await makeSubscriber(deps, { lineId });
  await sqlOf(deps.orm.em.fork())
    .insertInto('confirmation')
    .values({
      id: deps.ids.next(),
      subjectId: chargeId,
      subjectKind: 'charge',
      companyId: seller.companyId,
      subscriberId,
      lineId,
      holderFrom: '2026-01-01',
      issuedId,
      amountMinor: 800n,
      currency: 'JPY',
      texts: { title: '動画一本' },
      language: 'ja',
      templateVersion: 'a'.repeat(64),
      address: '192.0.2.10',
      aaaServer: 'aaa-1.example:1812',
      aaaAnswer: 'accept',
      lineProvenAt: deps.clock.now(),
      provenBy: 'password',
      confirmedAt: deps.clock.now(),
    })
    .execute();
}
