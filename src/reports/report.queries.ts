import { sql, type RawBuilder } from 'kysely';
import type { Actor } from '../access/actor.ts';
import { ownedBy } from '../access/owned-by.ts';
import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../shared/problem.ts';
import { reportDefinitions, type ReportDefinition } from './report-definitions.ts';
import { isReadable } from './report-range.rules.ts';
import type {
  Dimension,
  ReportPage,
  ReportRow,
  ReportScope,
  ReportStart,
  ReportSums,
} from './report.types.ts';

/** A report as its SQL needs it. */
interface ReadReport {
  readonly definition: ReportDefinition;
  readonly where: RawBuilder<boolean>;
  readonly scope: ReportScope;
}

/**
 * The sums of a report. What an actor does not see is in none of them: people of a company read their own company, and of fees
 * only what is approved.
 * @throws Problem `permission-denied`, `company-not-found`, `invalid-request` for a range that is too long
 */
export async function findReportTotal(deps: Deps, actor: Actor, scope: ReportScope): Promise<ReportSums> {
  const report = await openReport(deps, actor, scope);
  const [row] = await run(deps, report, await columnsOf(deps, report), sql``);
  return sumsOf(report.definition, row ?? {});
}

/** The sums of each day or month of a report, in their order; those without any are left out. */
export async function listReportStarts(deps: Deps, actor: Actor, scope: ReportScope): Promise<ReportStart[]> {
  const report = await openReport(deps, actor, scope);
  const { definition } = report;
  const startsOn = definition.startsOn(scope.grain);
  const columns = sql`${startsOn} AS startsOn, ${aliased(definition.columns)}`;
  const rows = await run(deps, report, columns, sql`GROUP BY 1 ORDER BY 1`);
  return rows.map((row) => ({ startsOn: String(row['startsOn']), sums: sumsOf(definition, row) }));
}

/** Rows of a report by one dimension, the largest first; one more than the limit says that there are more. */
export async function listReportRows(
  deps: Deps,
  actor: Actor,
  scope: ReportScope,
  { by, limit, after, keys }: ReportPage,
): Promise<ReportRow[]> {
  const report = await openReport(deps, actor, scope, by);
  const { definition } = report;
  if (!definition.dimensions.includes(by)) throw tooMuch(`The report ${scope.report} has no ${by}.`);
  const key = keyColumns[by];
  if (keys?.length === 0) return [];
  const order = sql.ref(definition.order);
  const ofKeys = keys === undefined ? sql`` : sql`AND ${key} IN (${sql.join(keys)})`;
  const last = after
    ? sql`HAVING ${order} < ${after.sum} OR (${order} = ${after.sum} AND rowKey > ${after.key})`
    : sql``;
  const rest = sql`${ofKeys} GROUP BY ${key} ${last} ORDER BY ${order} DESC, rowKey LIMIT ${limit}`;
  const rows = await run(deps, report, sql`${key} AS rowKey, ${await columnsOf(deps, report)}`, rest);
  const names = await namesOf(
    deps,
    by,
    rows.map((row) => String(row['rowKey'])),
  );
  return rows.map((row) => {
    const rowKey = String(row['rowKey']);
    return { key: rowKey, ...(names.get(rowKey) ?? NO_NAMES), sums: sumsOf(definition, row) };
  });
}

const keyColumns: Readonly<Record<Dimension, RawBuilder<unknown>>> = {
  company: sql`f.company_id`,
  service: sql`f.service_id`,
  channel: sql`f.channel`,
  tariff: sql`f.tariff_code`,
  partner: sql`f.partner_code`,
  group: sql`f.closing_group`,
};

async function openReport(deps: Deps, actor: Actor, scope: ReportScope, by?: Dimension): Promise<ReadReport> {
  const definition = reportDefinitions[scope.report];
  const { companyId } = ownedBy(actor, 'reports:read').rows;
  if (definition.isOfCarrier && companyId !== undefined) throw new Problem('permission-denied');
  if (!definition.grains.includes(scope.grain))
    throw tooMuch(`The report ${scope.report} is not by ${scope.grain}.`);
  if (!isReadable(scope)) throw tooMuch('The report has no days, or too many.');
  const conditions = [definition.where(scope, by)];
  if (companyId !== undefined) {
    conditions.push(sql`f.company_id = ${companyId}`);
    if (scope.report === 'fees') conditions.push(sql`f.state IN ('approved', 'paid')`);
  }
  if (scope.companyCode !== undefined && !definition.isOfCarrier)
    conditions.push(sql`f.company_id = ${await findCompanyId(deps, scope.companyCode)}`);
  return { definition, scope, where: sql<boolean>`${sql.join(conditions, sql` AND `)}` };
}

const tooMuch = (detail: string) => new Problem('invalid-request', { detail });

async function findCompanyId(deps: Deps, code: string): Promise<number> {
  const row = await sqlOf(emOf(deps))
    .selectFrom('company')
    .select('id')
    .where('code', '=', code)
    .executeTakeFirst();
  if (!row) throw new Problem('company-not-found', { detail: `There is no company ${code}.` });
  return row.id;
}

/** What is counted at the end of days or months is that of the last one, not their sum. */
async function columnsOf(deps: Deps, { definition, scope, where }: ReadReport): Promise<RawBuilder<unknown>> {
  const { atEnd, columns, from } = definition;
  if (atEnd === undefined) return aliased(columns);
  const startsOn = definition.startsOn(scope.grain);
  const { rows } = await sql<{ last: string }>`
    SELECT ${startsOn} AS last FROM ${from} WHERE ${where} ORDER BY 1 DESC LIMIT 1`.execute(
    sqlOf(emOf(deps)),
  );
  const last = rows[0]?.last ?? scope.through;
  const atLast = sql`SUM(IF(${startsOn} = ${last}, f.active_count, 0))`;
  return aliased({ ...columns, [atEnd]: atLast });
}

const aliased = (columns: ReportDefinition['columns']) =>
  sql.join(Object.entries(columns).map(([name, sum]) => sql`${sum} AS ${sql.ref(name)}`));

type RawRow = Readonly<Record<string, string | number | null>>;

async function run(
  deps: Deps,
  { definition, where }: ReadReport,
  columns: RawBuilder<unknown>,
  rest: RawBuilder<unknown>,
): Promise<readonly RawRow[]> {
  const { rows } = await sql<RawRow>`
    SELECT ${columns} FROM ${definition.from} WHERE ${where} ${rest}`.execute(sqlOf(emOf(deps)));
  return rows;
}

const sumsOf = ({ columns }: ReportDefinition, row: RawRow): ReportSums =>
  Object.fromEntries(Object.keys(columns).map((name) => [name, BigInt(row[name] ?? 0)]));

type Names = Omit<ReportRow, 'key' | 'sums'>;

const NO_NAMES: Names = { code: null, name: null, nameEn: null, companyName: null, companyNameEn: null };

async function namesOf(deps: Deps, by: Dimension, keys: readonly string[]): Promise<Map<string, Names>> {
  if (keys.length === 0 || (by !== 'company' && by !== 'service')) return new Map();
  const { rows } = await sql<Names & { id: number }>`${by === 'company' ? companyNames : serviceNames}
    WHERE n.id IN (${sql.join(keys)})`.execute(sqlOf(emOf(deps)));
  return new Map(rows.map(({ id, ...names }) => [String(id), names]));
}

const companyNames = sql`SELECT n.id AS id, n.code, n.name, n.name_en AS nameEn, NULL AS companyName, NULL AS companyNameEn FROM company n`;
const serviceNames = sql`SELECT n.id AS id, n.code, n.name, n.name_en AS nameEn, o.name AS companyName, o.name_en AS companyNameEn
  FROM service n JOIN company o ON o.id = n.company_id`;
