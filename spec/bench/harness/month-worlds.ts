import type { RowDataPacket } from 'mysql2/promise';
import type { Deps } from '../../../src/deps.ts';
import { ensureBillingPeriods, type PeriodKey } from '../../../src/billing-periods/ensure-billing-period.ts';
import { onDatabase, type BenchDatabase, type BenchDatabases } from './bench-database.ts';
import { fillCharges, fillWorld } from './bench-world.ts';

/** The month and closing group of all charges, and the business date on which they came and it closes. */
export const MONTH: PeriodKey = { period: '2026-05', closingGroup: 31 };
export const CLOSING_DATE = '2026-05-31';
export const COMPANIES = 100;
const CHARGES_PER_LINE = 10;

/** A database with a month's captured charges, ten a line; how far they are folded and closed, benches change. */
export interface MonthWorld {
  readonly url: string;
  readonly charges: number;
  readonly lines: number;
}

/** Worlds by their number of charges. Filling one of millions takes minutes, so the benches of a run share them. */
export interface MonthWorlds {
  get(charges: number): Promise<MonthWorld>;
  drop(): Promise<void>;
}

export function monthWorlds(databases: BenchDatabases, say: (text: string) => void): MonthWorlds {
  const made: BenchDatabase[] = [];
  const worlds = new Map<number, MonthWorld>();
  return {
    get: async (charges) => {
      const known = worlds.get(charges);
      if (known) return known;
      say(`filling a month of ${charges} charges`);
      const database = await databases.create(`month_${charges}`);
      made.push(database);
      const world = { url: database.url, charges, lines: charges / CHARGES_PER_LINE };
      const size = { ...world, companies: COMPANIES, closingGroup: MONTH.closingGroup };
      await fillWorld(database.url, size);
      await fillCharges(database.url, { ...size, businessDate: CLOSING_DATE });
      worlds.set(charges, world);
      return world;
    },
    drop: async () => {
      for (const database of made) await database.drop();
    },
  };
}

/** As before the first fold. Invoices and items are never deleted, so the tables are emptied as a whole. */
export async function unfoldMonth(deps: Deps, { url }: MonthWorld): Promise<void> {
  await onDatabase(url, (connection) =>
    connection.query(`SET foreign_key_checks = 0; TRUNCATE TABLE invoice_item; TRUNCATE TABLE line_invoice;
      TRUNCATE TABLE line_invoice_tax; TRUNCATE TABLE billing_period; TRUNCATE TABLE closed_period_party;
      TRUNCATE TABLE run`),
  );
  await ensureBillingPeriods(deps, [MONTH]);
}

/** Folds a month that is not folded, or closed already; `fold` is given one as before the first fold. */
export async function ensureFolded(deps: Deps, world: MonthWorld, fold: () => Promise<void>): Promise<void> {
  const items = await onDatabase(world.url, async (connection) => {
    const [[row]] = await connection.query<RowDataPacket[]>('SELECT COUNT(*) AS items FROM invoice_item');
    return Number(row?.['items']);
  });
  if (items === world.charges) return;
  await unfoldMonth(deps, world);
  await fold();
}
