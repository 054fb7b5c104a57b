import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { importCollectionFile } from '../../../src/collections/import-collection-file.ts';
import { formatCsv } from '../../../src/shared/csv.ts';
import { businessDateOf } from '../../../src/shared/calendar.rules.ts';
import { hanako } from '../../support/people.ts';
import type { CollectionRow } from '../history.ts';
import * as shadow from '../shadow/collecting.ts';
import type { EventKinds } from './event-kind.ts';

/** What the carrier collects is planned with the closing days: `plan/plan-results.ts`. */
export const collectionKinds: Pick<EventKinds, 'deliver-results'> = {
  'deliver-results': {
    foresee: shadow.deliverResults,
    async perform({ deps, filesDir }, { rows, tonight }, { at }) {
      const csv = resultFile(rows);
      if (tonight) {
        const inbox = join(filesDir, 'collections', 'inbox');
        await mkdir(inbox, { recursive: true });
        const day = rows[0]?.date ?? '';
        await writeFile(
          join(inbox, `${at.replaceAll(/\D/g, '')}-${rows[0]?.invoice}-${day}-${rows.length}.csv`),
          csv,
        );
        return 'waits for the night';
      }
      const report = await importCollectionFile(deps, hanako, {
        // oxlint-disable-next-line typescript/require-await -- a file is read as it comes
        read: async function* () {
          yield Buffer.from(csv);
        },
        fileName: 'results.csv',
        bookedOn: businessDateOf(deps.clock.now(), deps.config.timeZone),
      });
      return `${report.read} rows, ${report.refused} refused`;
    },
  },
};

function resultFile(rows: readonly CollectionRow[]): string {
  const header = ['invoice_number', 'result', 'collected_amount', 'result_date', 'sequence', 'result_code'];
  const cells = rows.map(({ invoice, result, amount, date, sequence, code }) => [
    invoice,
    result,
    amount ?? '',
    date,
    sequence === 0 ? '' : sequence,
    code,
  ]);
  return formatCsv([header, ...cells]);
}
