import { sql } from 'kysely';
import { sqlOf } from '../../../src/database/sql.ts';
import type { Figures } from '../shadow/figures.ts';
import { describePayout } from '../shadow/payout-figures.ts';
import type { BankTransfer } from './bank.ts';
import { rows, type Minor } from './rows.ts';
import type { Service } from './service.ts';

/** Runs, payouts, the transfers in the files on disk, and sums of each. */
export async function addPayouts(figures: Figures, service: Service): Promise<void> {
  const db = sqlOf(service.deps.orm.em.fork());
  for (const { number, state, payoutCount, totalMinor, sentOn } of await db
    .selectFrom('payout_run')
    .selectAll()
    .execute())
    figures.set(`payout-run ${number}`, `${state}, ${payoutCount} of ${totalMinor}, sent ${sentOn}`);
  const payouts = await listPayouts(service);
  for (const { code, words } of payouts) figures.set(`payout ${code}`, words);
  const transfers = await service.bank.listTransfers();
  for (const { code, amount, accountNumber, newCode, monthDay } of transfers)
    figures.set(`transfer ${code}`, `${amount} to ${accountNumber}, new ${newCode}, on ${monthDay}`);
  figures.set('sum-of-files', sumOfFiles(service, transfers));
  for (const { what, paid, returned } of await listSums(service))
    figures.set(`sum-of-${what}`, `${Number(paid)} paid, ${Number(returned)} returned`);
}

function sumOfFiles({ bank }: Service, transfers: readonly BankTransfer[]): string {
  const sumOf = (isCounted: (one: BankTransfer) => boolean) =>
    transfers.reduce((sum, one) => (isCounted(one) ? sum + one.amount : sum), 0n);
  const returned = sumOf((one) => bank.resultOf(one) === 'returned');
  return `${sumOf(() => true) - returned} paid, ${returned} returned`;
}

interface Sum {
  readonly what: string;
  readonly paid: Minor;
  readonly returned: Minor;
}

/** Of payouts; and of the settlements that they are of, each once however often it was sent. */
function listSums(service: Service): Promise<Sum[]> {
  return rows<Sum>(
    service,
    sql`SELECT 'payouts' AS what, COALESCE(SUM(IF(state IN ('sent', 'settled'), amount_minor, 0)), 0) AS paid,
        COALESCE(SUM(IF(state = 'returned', amount_minor, 0)), 0) AS returned FROM payout
      UNION ALL
      SELECT 'settlements', (SELECT COALESCE(SUM(payout_minor), 0) FROM settlement
          WHERE id IN (SELECT settlement_id FROM payout WHERE state IN ('sent', 'settled'))),
        (SELECT COALESCE(SUM(s.payout_minor), 0) FROM payout p JOIN settlement s ON s.id = p.settlement_id WHERE p.state = 'returned')`,
  );
}

/** All of them, each with its code and in words. */
export async function listPayouts({ deps, names }: Service) {
  const found = await sqlOf(deps.orm.em.fork())
    .selectFrom('payout as p')
    .innerJoin('payout_run as r', 'r.id', 'p.runId')
    .innerJoin('settlement as s', 's.id', 'p.settlementId')
    .leftJoin('payout as o', 'o.id', 'p.replacesId')
    .leftJoin('payout_run as u', 'u.id', 'o.runId')
    .selectAll('p')
    .select(['r.number', 's.billingPeriod', 'u.number as replacedRun', 'o.lineNumber as replacedLine'])
    .execute();
  return found.map((one) => ({
    code: `${one.number}-${one.lineNumber}`,
    company: names.companies.nameOf(one.companyId!),
    period: one.billingPeriod,
    words: describePayout({
      company: names.companies.nameOf(one.companyId!),
      period: one.billingPeriod,
      amount: Number(one.amountMinor),
      dueOn: one.dueOn,
      payOn: one.payOn,
      version: one.accountVersion,
      news: one.accountNews,
      replaces: one.replacedRun === null ? null : `${one.replacedRun}-${one.replacedLine}`,
      state: one.state,
      resultOn: one.resultOn,
    }),
  }));
}
