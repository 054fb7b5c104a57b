import { rm } from 'node:fs/promises';
import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../shared/problem.ts';
import type { PeriodKey } from './ensure-billing-period.ts';
import { exportInvoiceDetails } from './export-invoice-details.ts';
import { AFTER_ALL_LINES } from './fold-chunk.ts';

/**
 * Writes the invoice details of a closed period once more, for a file that was lost or spoilt on its way: the same bytes,
 * which the checksum of the close proves.
 * @throws Problem `illegal-state` for a period that has not closed, `invariant-broken` when the bytes would be others.
 */
export async function exportAgain(deps: Deps, key: PeriodKey): Promise<{ path: string; checksum: string }> {
  const period = await sqlOf(emOf(deps))
    .selectFrom('billing_period')
    .select(['period', 'closingGroup', 'state', 'closesOn', 'issueOn', 'dueOn', 'checksum'])
    .where('period', '=', key.period)
    .where('closingGroup', '=', key.closingGroup)
    .executeTakeFirst();
  const name = `${key.period}/${key.closingGroup}`;
  if (period?.state !== 'closed') throw new Problem('illegal-state', { detail: `${name} has not closed.` });
  const exported = await exportInvoiceDetails(deps, period, allLines(key));
  if (exported.checksum === period.checksum) return exported;
  await rm(exported.path);
  const detail = `${name} would not be what it was closed with; see npm run admin -- books check.`;
  throw new Problem('invariant-broken', { detail });
}

async function* allLines({ period, closingGroup }: PeriodKey) {
  yield { period, closingGroup, afterLine: '', throughLine: AFTER_ALL_LINES };
}
