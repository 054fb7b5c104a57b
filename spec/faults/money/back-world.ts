import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import { sqlOf } from '../../../src/database/sql.ts';
import type { Deps } from '../../../src/deps.ts';
import { executeRun } from '../../../src/runs/execute-run.ts';
import { settleCompanies } from '../../../src/settlements/settle-companies.ts';
import { CLOSING_GROUPS } from '../../../src/shared/calendar.rules.ts';
import { systemClock } from '../../../src/shared/clock.ts';
import { closeMonth, type Sale } from '../../support/closed-month.ts';
import { makeCompany, makeContract, makeService } from '../../support/factories.ts';
import { recordRefunds } from '../../support/refunds.ts';
import { createWorld, type World } from '../../support/world.ts';

export const PERIOD = '2026-01';
const MODELS = ['agency', 'assignment', 'agency'] as const;
const REFUND_EVERY = 4;

/**
 * A closed and drafted month of three companies, two with recourse and one without: two such worlds are twins. Every line bought of
 * two of them, and some of it is to be given back by bank.
 */
export async function createBackWorld(lines: number): Promise<World> {
  const world = await createWorld();
  const { deps } = world;
  const sellers: Pick<Sale, 'companyId' | 'serviceId'>[] = [];
  for (const [n, legalModel] of MODELS.entries()) {
    const { id: companyId } = await makeCompany(deps, { code: `seller-${n}` });
    const { id: serviceId } = await makeService(deps, { companyId });
    await makeContract(deps, { companyId, legalModel, feeTaxable: legalModel === 'agency' });
    sellers.push({ companyId, serviceId });
  }
  const sales = Array.from({ length: 2 * lines }, (_, n): Sale => {
    const line = Math.floor(n / 2);
    const lineId = `CAF${String(line).padStart(10, '0')}`;
    const closingGroup = CLOSING_GROUPS[line % CLOSING_GROUPS.length]!;
    return {
      ...sellers[n % sellers.length]!,
      lineId,
      closingGroup,
      amountMinor: BigInt(101 + ((n * 37) % 400)),
    };
  });
  await closeMonth(deps, { period: PERIOD, sales });
  await executeRun(deps, { job: 'settle-companies', businessDate: '2026-02-25' }, settleCompanies);
  const charges = await sqlOf(deps.orm.em.fork())
    .selectFrom('charge')
    .select(['id', 'capturedMinor'])
    .orderBy('lineId')
    .orderBy('companyId')
    .execute();
  const back = charges.filter((_, n) => n % REFUND_EVERY === 0);
  await recordRefunds(
    deps,
    back.map(({ id: chargeId, capturedMinor }, n) => ({
      chargeId,
      amountMinor: n % 2 === 0 ? capturedMinor! : capturedMinor! / 2n,
      businessDate: '2026-03-01',
      kind: 'bank',
    })),
  );
  await deliverResults(deps);
  // Commands have the real clock.
  world.clock.set(systemClock.now());
  return world;
}

/** Of each invoice one result: collected, uncollected, or a part. */
async function deliverResults(deps: Deps): Promise<void> {
  const invoices = await sqlOf(deps.orm.em.fork())
    .selectFrom('line_invoice')
    .select(['number', 'totalMinor'])
    .where('number', 'is not', null)
    .orderBy('number')
    .execute();
  const rows = invoices.map(({ number, totalMinor }, n) => {
    if (n % 3 === 0) return `${number},collected,,2026-03-05`;
    if (n % 3 === 1) return `${number},uncollected,0,2026-03-05`;
    return `${number},partial,${totalMinor / 3n},2026-03-05`;
  });
  const inbox = join(deps.config.filesDir, 'collections', 'inbox');
  await mkdir(inbox, { recursive: true });
  const header = 'invoice_number,result,collected_amount,result_date';
  await writeFile(join(inbox, 'results.csv'), [header, ...rows, `end,${rows.length}`, ''].join('\n'));
}

/** What has moved: standings, costs, refunds by bank, settlements, payouts, files and balances, without identifiers and times. */
export async function readMoved({ deps }: Pick<World, 'deps'>) {
  const db = sqlOf(deps.orm.em.fork());
  const read = async (query: ReturnType<typeof sql<object>>) => (await query.execute(db)).rows;
  return {
    standings: await read(
      sql`SELECT invoice_number, state, CAST(collected_minor AS CHAR) AS collected, CAST(uncollected_minor AS CHAR) AS uncollected,
        result_count FROM invoice_collection ORDER BY invoice_number`,
    ),
    costs: await read(
      sql`SELECT invoice_number, c.code, CAST(lost_minor AS CHAR) AS lost, CAST(recovered_minor AS CHAR) AS recovered
        FROM company_collection m JOIN company c ON c.id = m.company_id ORDER BY invoice_number, c.code`,
    ),
    clawbacks: await read(
      sql`SELECT k.invoice_number, c.code, k.kind, CAST(k.amount_minor AS CHAR) AS amount FROM clawback k
        JOIN company c ON c.id = k.company_id ORDER BY k.invoice_number, c.code, k.kind, k.amount_minor`,
    ),
    refunds: await read(
      sql`SELECT h.line_id, c.code, b.state, CAST(b.amount_minor AS CHAR) AS amount, CAST(b.payable_minor AS CHAR) AS payable
        FROM bank_refund b JOIN refund r ON r.id = b.refund_id JOIN charge h ON h.id = r.charge_id
        JOIN company c ON c.id = r.company_id ORDER BY h.line_id, c.code`,
    ),
    settlements: await read(
      sql`SELECT number, state, revision, CAST(payout_minor AS CHAR) AS payout FROM settlement ORDER BY number`,
    ),
    payouts: await read(
      sql`SELECT p.kind, p.state, p.line_number, CAST(p.amount_minor AS CHAR) AS amount, r.state AS run, r.checksum
        FROM payout p JOIN payout_run r ON r.id = p.run_id ORDER BY r.number, p.line_number`,
    ),
    sent: await read(sql`SELECT COUNT(*) AS entries FROM ledger_entry WHERE kind = 'payout-sent'`),
    files: await readFiles(deps),
    balances: await read(
      sql`SELECT a.code, CAST(SUM(IF(e.credit_account = a.id, e.amount_minor, -e.amount_minor)) AS CHAR) AS balance
        FROM ledger_account a JOIN ledger_entry e ON a.id IN (e.credit_account, e.debit_account)
        GROUP BY a.id, a.code ORDER BY a.code`,
    ),
  };
}

/** The files for the bank. */
async function readFiles({ config }: Deps): Promise<Record<string, string>> {
  const folder = join(config.filesDir, 'payouts');
  const names = (await readdir(folder)).filter((name) => name.endsWith('.txt'));
  const files = names
    .sort()
    .map(async (name) => [name, await readFile(join(folder, name), 'latin1')] as const);
  return Object.fromEntries(await Promise.all(files));
}
