import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { sqlOf } from '../database/sql.ts';
import { invoiceDetailsPath } from '../invoices/export-invoice-details.ts';
import type { OffendingRow, Rule } from './invariant.types.ts';
import { isToRead } from './within.ts';

/** The files lie on the machine that closed the period; elsewhere, or once archived, there is nothing to compare. */
export const checksumIsThatOfFile: Rule = {
  sentence: 'the invoice details given to the carrier are, where they lie here, those that were closed',
  async find({ em, config }, { months }) {
    const periods = await sqlOf(em)
      .selectFrom('billing_period')
      .select(['period', 'closingGroup', 'checksum'])
      .where('state', '=', 'closed')
      .execute();
    const here = periods.filter(
      (period) => isToRead(period.period, months) && existsSync(invoiceDetailsPath(config.filesDir, period)),
    );
    const offending: OffendingRow[] = [];
    for (const period of here) {
      const path = invoiceDetailsPath(config.filesDir, period);
      const fileChecksum = await hashFile(path);
      if (fileChecksum !== period.checksum) offending.push({ ...period, path, fileChecksum });
    }
    return { checked: here.length, count: offending.length, offending };
  },
};

async function hashFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}
