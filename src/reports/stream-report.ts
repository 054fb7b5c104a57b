import type { Actor } from '../access/actor.ts';
import type { Deps } from '../deps.ts';
import { reportDefinitions } from './report-definitions.ts';
import { startsOf } from './report-range.rules.ts';
import { listReportRows, listReportStarts } from './report.queries.ts';
import type { Dimension, ReportRow, ReportScope, ReportSums } from './report.types.ts';

/** A row of a file: the sums of a day or month, of one company, service… if the report is divided. */
export interface StreamedRow {
  readonly startsOn: string;
  readonly row?: ReportRow | undefined;
  readonly sums: ReportSums;
}

/** Rows that are read at once. */
const CHUNK = 1_000;

/** All rows of a report, day by day or month by month; some thousand are in memory at a time. */
export async function* streamReport(
  deps: Deps,
  actor: Actor,
  scope: ReportScope,
  by?: Dimension,
): AsyncGenerator<StreamedRow> {
  if (by === undefined) {
    yield* await listReportStarts(deps, actor, scope);
    return;
  }
  const { order } = reportDefinitions[scope.report];
  for (const startsOn of startsOf(scope)) {
    const ofStart = { ...scope, from: startsOn, through: startsOn };
    for (let after: { sum: bigint; key: string } | undefined; ;) {
      const rows = await listReportRows(deps, actor, ofStart, { by, limit: CHUNK, after });
      for (const row of rows) yield { startsOn, row, sums: row.sums };
      const last = rows.at(-1);
      if (!last || rows.length < CHUNK) break;
      after = { sum: last.sums[order]!, key: last.key };
    }
  }
}
