import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { importCollectionFiles } from '../../../src/collections/import-collection-files.ts';
import { sqlOf } from '../../../src/database/sql.ts';
import type { Deps } from '../../../src/deps.ts';
import { importLineFiles } from '../../../src/line-import/import-line-files.ts';
import { openLineFolders } from '../../../src/line-import/line-folders.ts';
import { importResultFile } from '../../../src/payouts/import-result-file.ts';
import { openResultFolders } from '../../../src/payouts/result-folders.ts';
import { writePayoutFile } from '../../../src/payouts/write-payout-file.ts';
import { rollUp } from '../../../src/reports/roll-up.ts';
import { executeRehearsals } from '../../../src/rehearsals/execute-rehearsal.ts';
import { startRehearsal } from '../../../src/rehearsals/start-rehearsal.ts';
import { executeRun } from '../../../src/runs/execute-run.ts';
import { proposeSettlements } from '../../../src/settlements/propose-settlements.ts';
import { settleCompanies } from '../../../src/settlements/settle-companies.ts';
import { CLOSING_GROUPS } from '../../../src/shared/calendar.rules.ts';
import { publicId } from '../../../src/shared/public-id.rules.ts';
import type { MovableClock } from '../../../src/shared/clock.ts';
import { approveRun, prepareRun, resultsOf } from '../../payouts/payout-world.ts';
import { approveDrafts } from '../../support/approve-settlements.ts';
import { closeMonth, makeLineIds, type Sale } from '../../support/closed-month.ts';
import { makeCompany, makeContract, makeLine, makeService } from '../../support/factories.ts';
import { fakeRun } from '../../support/fake-run.ts';
import { hanako } from '../../support/people.ts';
import { putCollectionResults } from './put-collection-results.ts';
import { runNights } from './night-runs.ts';

/** What addresses of the console name. */
export interface BillingIds {
  readonly [name: string]: string;
  /** Code of the first company, and its service. */
  readonly company: string;
  readonly service: string;
  /** A line with an invoice of March. */
  readonly line: string;
  /** A file of the line master with a refused row. */
  readonly 'line-file': string;
  /** A payout run that was sent; one of its payouts came back. */
  readonly 'payout-run': string;
  /** The payout that came back, and the file of results that says so, with a row that is refused. */
  readonly 'returned-payout': string;
  readonly 'payout-report': string;
  /** A settlement of March that waits for approval, and one that is a draft. */
  readonly settlement: string;
  readonly draft: string;
  /** A rehearsal of April; a numbered invoice, and a charge. */
  readonly rehearsal: string;
  readonly invoice: string;
  readonly charge: string;
  /** One of January that is paid. */
  readonly paid: string;
  /** The proposal of the one that waits. */
  readonly approval: string;
}

const NOW = new Date('2026-05-14T01:00:00.000Z');
const names = [
  ['aoba', '株式会社あおば音楽', 'Aoba Music Inc.'],
  ['hoshizora', '一般社団法人ほしぞらデジタルコンテンツ振興機構関東甲信越本部', 'Hoshizora Digital Content'],
  ['minato', 'みなと読書会', 'Minato Reading Association'],
] as const;

/**
 * Months of three companies. January is closed, settled, paid: one payout settled, one came back, of one nothing is known. March is
 * closed and settled: a settlement waits for approval, the others are drafts; the carrier has answered, with a row that is refused.
 * April is closed for three closing groups of six. Nights ran, with subjects parked, one that failed and one that is under way.
 */
export async function fillBillingWorld(deps: Deps, clock: MovableClock): Promise<BillingIds> {
  const sellers = await makeSellers(deps);
  const lines = await makeLines(deps);
  const sales = (each: bigint): Sale[] =>
    sellers.flatMap(({ companyId, serviceId }, place) =>
      lines.map((line) => ({ companyId, serviceId, ...line, amountMinor: each + 1_000n * BigInt(place) })),
    );
  const settle = (businessDate: string) =>
    executeRun(deps, { job: 'settle-companies', businessDate }, settleCompanies);
  await closeMonth(deps, { period: '2026-01', sales: sales(5_000n) });
  await settle('2026-02-25');
  await approveDrafts(deps);
  const paid = await payJanuary(deps, clock);
  await closeMonth(deps, { period: '2026-03', sales: sales(6_000n) });
  await settle('2026-04-25');
  const drafts = await listDrafts(deps);
  const [settlement = '', draft = ''] = drafts;
  const reason = '明細を確認しました';
  const [proposal] = await proposeSettlements(deps, hanako, { numbers: [settlement], reason });
  await closeMonth(deps, { period: '2026-04', sales: sales(7_000n), closed: [31, 5, 10] });
  await putCollectionResults(deps, '2026-03');
  await executeRun(deps, { job: 'import-collections', businessDate: '2026-05-12' }, importCollectionFiles);
  await runNights(deps);
  // Without a row in the table of runs: what the nights did is what `runNights` says.
  await fakeRun(deps, rollUp, { job: 'roll-up', businessDate: '2026-05-12' });
  const lineFile = await importLineFile(deps, lines[0]!.lineId);
  const rehearsal = await rehearseMonth(deps, '2026-04');
  return {
    company: sellers[0]!.code,
    service: sellers[0]!.service,
    line: lines[0]!.lineId,
    'line-file': lineFile,
    ...paid,
    settlement,
    draft,
    rehearsal,
    ...(await findExplained(deps)),
    paid: await findPaid(deps),
    approval: publicId('approval', proposal!.approvalId!),
  };
}

/** A row that changes nothing new, and one that is refused. */
async function importLineFile(deps: Deps, lineId: string): Promise<string> {
  const { inbox, done } = await openLineFolders(deps);
  const rows = [
    'line_id,holder,closing_group,status,valid_from,valid_to',
    'COP00990001,青葉 花子,end,active,2026-04-01,',
    `${lineId},"青葉 太郎",7,active,2026-01-01,`,
    '',
  ];
  await writeFile(join(inbox, 'lines.csv'), rows.join('\n'));
  await executeRun(deps, { job: 'import-lines', businessDate: '2026-05-11' }, importLineFiles);
  return (await readdir(done))[0]!;
}

/** Half of the month is closed. */
async function rehearseMonth(deps: Deps, period: string): Promise<string> {
  const { id } = await startRehearsal(deps, hanako, { scope: 'month', period });
  await executeRehearsals(deps);
  return id;
}

async function findExplained(deps: Deps) {
  const item = await sqlOf(deps.orm.em.fork())
    .selectFrom('line_invoice as l')
    .innerJoin('invoice_item as i', (join) =>
      join.onRef('i.lineId', '=', 'l.lineId').onRef('i.billingPeriod', '=', 'l.billingPeriod'),
    )
    .select(['l.number', 'i.chargeId'])
    .where('l.billingPeriod', '=', '2026-03')
    .orderBy('i.chargeId')
    .executeTakeFirstOrThrow();
  return { invoice: item.number!, charge: publicId('charge', item.chargeId) };
}

async function makeSellers(deps: Deps) {
  const sellers = [];
  for (const [code, name, nameEn] of names) {
    const { id: companyId } = await makeCompany(deps, { code, name, nameEn });
    const { id: serviceId, code: service } = await makeService(deps, { companyId });
    await makeContract(deps, { companyId, tariffCode: 'flets-2012' });
    sellers.push({ code, service, companyId, serviceId });
  }
  return sellers;
}

/** A line for each closing group. */
async function makeLines(deps: Deps) {
  const ids = makeLineIds(CLOSING_GROUPS.length);
  const lines = CLOSING_GROUPS.map((closingGroup, place) => ({ closingGroup, lineId: ids[place]! }));
  for (const line of lines) await makeLine(deps, line);
  return lines;
}

async function payJanuary(deps: Deps, clock: MovableClock) {
  clock.set(new Date('2026-05-11T01:00:00.000Z'));
  const number = await prepareRun(deps);
  await approveRun(deps, number);
  await writePayoutFile(deps, hanako, { number });
  clock.set(NOW);
  const payouts = await sqlOf(deps.orm.em.fork())
    .selectFrom('payout')
    .select(['id', 'amountMinor'])
    .orderBy('id')
    .execute();
  const [paid, back] = payouts.map(({ amountMinor }) => amountMinor);
  const file = resultsOf(
    `${number},1,${paid},settled,2026-05-12,`,
    `${number},2,${back},returned,2026-05-13,口座なし`,
    `${number},9,1000,settled,2026-05-12,`,
  );
  const { inbox } = await openResultFolders(deps);
  await writeFile(join(inbox, 'bank-0513.csv'), file);
  const { name } = await importResultFile(deps, hanako, { name: 'bank-0513.csv' });
  await writeFile(join(inbox, 'bank-0514.csv'), resultsOf());
  return { 'payout-run': number, 'returned-payout': payouts[1]!.id, 'payout-report': name };
}

async function findPaid(deps: Deps): Promise<string> {
  const row = await sqlOf(deps.orm.em.fork())
    .selectFrom('settlement')
    .select('number')
    .where('state', '=', 'paid')
    .orderBy('number')
    .executeTakeFirstOrThrow();
  return row.number;
}

async function listDrafts(deps: Deps): Promise<string[]> {
  const rows = await sqlOf(deps.orm.em.fork())
    .selectFrom('settlement')
    .select('number')
    .where('state', '=', 'draft')
    .orderBy('number')
    .execute();
  return rows.map(({ number }) => number);
}
