import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sqlOf } from '../../src/database/sql.ts';
import { invoiceDetailsPath } from '../../src/invoices/export-invoice-details.ts';
import { systemClock } from '../../src/shared/clock.ts';
import { capture, makeMarket } from '../invoices/captured-charges.ts';
import { createWorld, type World } from '../support/world.ts';

/** A world with a month of charges, always the same ones, and a folder for its files. */
export interface BusyWorld {
  readonly world: World;
  readonly filesDir: string;
  close(): Promise<void>;
}

/** Makes the world: two of them are twins, equal to the byte. */
export async function createBusyWorld({
  lines,
  charges,
}: {
  lines: number;
  charges: number;
}): Promise<BusyWorld> {
  const filesDir = await mkdtemp(join(tmpdir(), 'tabane-killed-'));
  const world = await createWorld({ FILES_DIR: filesDir });
  world.clock.set(systemClock.now());
  const market = await makeMarket(world.deps, { lineCount: lines });
  const sold = Array.from({ length: charges }, (_, n) => ({
    ...(n % 4 === 0 ? market.unregistered : market.registered),
    lineId: market.lines[(n * 7) % lines]!,
    amountMinor: BigInt(100 + ((n * 37) % 900)),
    businessDate: n % 3 === 0 ? '2026-05-30' : '2026-05-31',
    taxCode: n % 5 === 0 ? ('reduced' as const) : ('standard' as const),
  }));
  await capture(world.deps, sold, 1);
  return {
    world,
    filesDir,
    close: async () => {
      await world.close();
      await rm(filesDir, { recursive: true });
    },
  };
}

/** Everything that folding and closing have made, without the times at which they did. */
export async function readResult({ world }: BusyWorld) {
  const query = sqlOf(world.deps.orm.em.fork());
  const periods = await query.selectFrom('billing_period').selectAll().orderBy('closesOn').execute();
  return {
    items: await query.selectFrom('invoice_item').selectAll().orderBy('chargeId').execute(),
    invoices: await query.selectFrom('line_invoice').selectAll().orderBy('lineId').execute(),
    taxes: await query
      .selectFrom('line_invoice_tax')
      .selectAll()
      .orderBy('lineId')
      .orderBy('part')
      .orderBy('taxCode')
      .execute(),
    periods: periods.map((period) => ({ ...period, closedAt: null })),
  };
}

/** The file for the carrier's billing system. */
export function readDetails({ filesDir }: BusyWorld): Promise<Buffer> {
  return readFile(invoiceDetailsPath(filesDir, { period: '2026-05', closingGroup: 31 }));
}
