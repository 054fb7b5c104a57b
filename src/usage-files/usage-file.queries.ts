import type { Actor } from '../access/actor.ts';
import { actingCompany } from '../access/owned-by.ts';
import { queryRows } from '../database/statement-pipeline.ts';
import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { streamCsv } from '../shared/csv-stream.ts';
import type { Cell } from '../shared/csv.ts';
import type { DownloadedFile } from '../shared/downloaded-file.ts';
import { Problem } from '../shared/problem.ts';
import { publicId } from '../shared/public-id.rules.ts';
import { usageFileOf } from './usage-file-of.ts';
import type { UsageFile, UsageRowOutcome } from './usage-file.entity.ts';

const CHUNK = 2_000;

/** A usage file of the actor's own company. @throws Problem `usage-file-not-found`, also for one of another company */
export async function getUsageFile(deps: Deps, actor: Actor, id: string): Promise<UsageFile> {
  const companyId = actingCompany(actor, 'charges:read');
  const row = await sqlOf(emOf(deps))
    .selectFrom('usage_file')
    .selectAll()
    .where('id', '=', id)
    .where('companyId', '=', companyId)
    .executeTakeFirst();
  if (!row) throw new Problem('usage-file-not-found');
  return usageFileOf(row);
}

/** The usage files of the actor's own company, newest first. */
export async function listUsageFiles(
  deps: Deps,
  actor: Actor,
  { limit, after }: { readonly limit: number; readonly after?: string | undefined },
): Promise<UsageFile[]> {
  const companyId = actingCompany(actor, 'charges:read');
  let query = sqlOf(emOf(deps)).selectFrom('usage_file').selectAll().where('companyId', '=', companyId);
  if (after !== undefined) query = query.where('id', '<', after);
  const rows = await query.orderBy('id', 'desc').limit(limit).execute();
  return rows.map(usageFileOf);
}

interface ResultRow {
  readonly number: number;
  readonly outcome: UsageRowOutcome;
  readonly reference: string | null;
  readonly itemKey: string | null;
  readonly chargeId: string | null;
  readonly problemCode: string | null;
  readonly problemText: string | null;
}

/** The columns of a result. */
export const resultColumns = [
  'row',
  'reference',
  'item_key',
  'outcome',
  'charge',
  'problem',
  'text',
] as const;

/**
 * What became of each row of a file, as a CSV file of any size: formulas are neutralised, and the last line has the count.
 * @throws Problem `usage-file-not-found`, `usage-file-not-finished`, `usage-file-result-removed` after `KEPT_DAYS`
 */
export async function openUsageFileResult(deps: Deps, actor: Actor, id: string): Promise<DownloadedFile> {
  const file = await getUsageFile(deps, actor, id);
  if (file.finishedAt == null) throw new Problem('usage-file-not-finished', { facts: { state: file.state } });
  if (file.rowsPurgedAt != null) throw new Problem('usage-file-result-removed');
  return {
    filename: `usage-file-${file.id}.csv`,
    type: 'text/csv; charset=utf-8',
    body: streamCsv({
      head: resultColumns,
      rows: readResult(deps, file.id),
      last: (count) => ['end', '', '', `${count} rows`, '', '', ''],
    }),
  };
}

async function* readResult(deps: Deps, fileId: string): AsyncGenerator<readonly Cell[]> {
  for (let after = 0; ;) {
    const rows = await queryRows<ResultRow>(
      emOf(deps),
      `SELECT number, outcome, reference, item_key AS itemKey, charge_id AS chargeId, problem_code AS problemCode,
         problem_text AS problemText
       FROM usage_file_row WHERE file_id = ? AND number > ? ORDER BY number LIMIT ?`,
      [fileId, after, CHUNK],
    );
    yield* rows.map(cellsOf);
    if (rows.length < CHUNK) return;
    after = rows.at(-1)!.number;
  }
}

/** A row that could have been charged, in a file that was refused, is `not_charged`. */
function cellsOf(row: ResultRow): readonly Cell[] {
  const isWaiting = row.outcome === 'read' || row.outcome === 'accepted';
  return [
    row.number,
    row.reference ?? '',
    row.itemKey ?? '',
    isWaiting ? 'not_charged' : row.outcome,
    row.chargeId === null ? '' : publicId('charge', row.chargeId),
    row.problemCode ?? '',
    row.problemText ?? '',
  ];
}
