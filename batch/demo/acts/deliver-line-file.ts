import { mkdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { businessDateOf, writeClosingGroup } from '../../../src/shared/calendar.rules.ts';
import type { PlannedTenure } from '../plan/world-plan.ts';
import { writeCsv } from '../results/write-csv.ts';
import type { DemoWorld } from './demo-world.ts';

const columns = [
  'line_id',
  'holder',
  'closing_group',
  'status',
  'valid_from',
  'valid_to',
  'birth_date',
  'email',
] as const;

/** Puts a line master file into the inbox, as the carrier's system does; the next night imports it. */
export async function deliverLineFile({ site }: DemoWorld, tenures: readonly PlannedTenure[]): Promise<void> {
  const { config, clock } = site.deps;
  const inbox = join(config.filesDir, 'lines', 'inbox');
  await mkdir(inbox, { recursive: true });
  const name = `line-master-${businessDateOf(clock.now(), config.timeZone)}`;
  const arriving = join(inbox, `${name}.arriving`);
  await writeCsv(arriving, columns, rowsOf(tenures));
  await rename(arriving, join(inbox, `${name}.csv`));
}

async function* rowsOf(tenures: readonly PlannedTenure[]) {
  for (const { line, holder } of tenures) {
    yield {
      line_id: line.lineId,
      holder: holder.holder,
      closing_group: writeClosingGroup(line.closingGroup),
      status: 'active',
      valid_from: holder.validFrom,
      valid_to: null,
      birth_date: holder.birthDate ?? null,
      email: holder.email ?? null,
    };
  }
}
