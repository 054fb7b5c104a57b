import { streamReport } from '../../../reports/stream-report.ts';
import { reportDefinitions } from '../../../reports/report-definitions.ts';
import { businessDateOf, monthOf } from '../../../shared/calendar.rules.ts';
import { streamCsv } from '../../../shared/csv-stream.ts';
import type { Cell } from '../../../shared/csv.ts';
import type { Locale } from '../../../shared/money.ts';
import { defineDownload } from '../../kit/define-download.ts';
import { translator } from '../../messages/translate.ts';
import { readReport, reportQuery, scopeOf, type ReportChoice } from './report-query.rules.ts';
import { columnLabel, rowName } from './report-words.rules.ts';
import type { Actor } from '../../../access/actor.ts';
import type { ServiceDeps } from '../../../service-deps.ts';

/** A report as CSV: a row for each day or month and what it is divided by, whatever its length. */
export const reportCsv = defineDownload({
  name: 'billing.report-csv',
  path: '/billing/reports/csv',
  permission: 'reports:read',
  query: reportQuery,
  load: async (deps, { actor, query, visit: { language } }) => {
    const choice = readReport(query, monthOf(businessDateOf(deps.clock.now(), deps.config.timeZone)));
    const t = translator(language);
    const names = Object.keys(reportDefinitions[choice.report].columns);
    const { by } = choice;
    return {
      filename: `report-${choice.report}-${choice.from}-${choice.through}.csv`,
      type: 'text/csv; charset=utf-8',
      body: streamCsv({
        head: [
          t('billing.reports.column.startsOn'),
          ...(by === 'time' ? [] : [t('billing.reports.column.code'), t(`billing.reports.by.${by}`)]),
          ...names.map((name) => columnLabel(t, choice.report, name)),
        ],
        rows: await rowsOf(deps, { actor, choice, names, language }),
        last: (count) => [t('billing.reports.csv-last', { count })],
      }),
    };
  },
});

interface RowsToWrite {
  readonly actor: Actor;
  readonly choice: ReportChoice;
  readonly names: readonly string[];
  readonly language: Locale;
}

/** The first row is read before the file begins: what is refused is a page, not a broken file. */
async function rowsOf(deps: ServiceDeps, { actor, choice, names, language }: RowsToWrite) {
  const { by } = choice;
  const t = translator(language);
  const rows = streamReport(deps, actor, scopeOf(choice), by === 'time' ? undefined : by);
  const first = await rows.next();
  return (async function* (): AsyncGenerator<readonly Cell[]> {
    for (let next = first; next.done !== true; next = await rows.next()) {
      const { startsOn, row, sums } = next.value;
      const head = choice.grain === 'day' ? startsOn : monthOf(startsOn);
      const of =
        row === undefined || by === 'time' ? [] : [row.code ?? row.key, rowName(row, { by, language, t })];
      yield [head, ...of, ...names.map((name) => sums[name] ?? 0n)];
    }
  })();
}
