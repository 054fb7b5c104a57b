import type { StatementDetail, StatementLine } from '../../templates/statement/statement.types.ts';
import type { Deps } from '../deps.ts';
import { runPipeline, runStatement } from '../database/statement-pipeline.ts';
import { selectStatement, type Statement } from '../database/statement.ts';
import { emOf } from '../database/transaction.ts';
import { sqlOf } from '../database/sql.ts';
import type { SettlementDocumentContent } from '../settlements/settlement-document.ts';
import { closingDatesOf, type ClosingGroup } from '../shared/calendar.rules.ts';

const ROWS_PER_PAGE = 500;

/** The services of a company as kept with the settlement, in the order of their codes. */
type KeptServices = SettlementDocumentContent['services'];

/** The lines of a settlement by service and tax rate, over all closing groups, in the order of the services' codes. */
export async function listSettlementLines(
  deps: Deps,
  settlementId: string,
  services: KeptServices,
): Promise<StatementLine[]> {
  const rows = await sqlOf(emOf(deps))
    .selectFrom('settlement_part')
    .select(['serviceId', 'taxCode', 'taxRateBps'])
    // A line has one closing group in a period, so the groups' distinct lines add up.
    .select(({ fn }) => [
      fn.sum('lineCount').as('lines'),
      fn.sum('itemCount').as('items'),
      fn.sum('totalMinor').as('total'),
    ])
    .where('settlementId', '=', settlementId)
    .where('kind', '=', 'charge')
    .groupBy(['serviceId', 'taxCode', 'taxRateBps'])
    .orderBy('taxCode', 'desc')
    .orderBy('taxRateBps', 'desc')
    .execute();
  const ofService = Map.groupBy(rows, ({ serviceId }) => serviceId);
  assertKept(services, [...ofService.keys()]);
  return services.flatMap(({ id, name }) =>
    (ofService.get(id) ?? []).map(({ taxCode, taxRateBps, lines, items, total }) => ({
      serviceName: name,
      taxCode,
      taxRateBps,
      lineCount: Number(lines),
      itemCount: Number(items),
      totalMinor: BigInt(total),
    })),
  );
}

/** Throws for a service without a name: its line would be missing from the statement. */
function assertKept(services: KeptServices, serviceIds: readonly number[]): void {
  const lost = serviceIds.find((serviceId) => !services.some(({ id }) => id === serviceId));
  if (lost !== undefined) throw new Error(`service ${lost} is not in what the settlement has kept`);
}

/** The month end closes first but has the highest number; the other days follow in the order of the key. */
const SPANS: readonly Span[] = [
  { from: 31, to: 31 },
  { from: 5, to: 25 },
];

/** Closing groups that lie side by side in the key, both ends included. */
interface Span {
  readonly from: ClosingGroup;
  readonly to: ClosingGroup;
}

/**
 * The lines of a settlement by closing day, read a page at a time in the order of the key, without the query builder:
 * converting the rows would take as long as drawing them. Most settlements are small, so the first pages of both spans
 * are read together: two pages are in memory at most.
 */
export async function* streamDetails(
  deps: Deps,
  settlement: { id: string; billingPeriod: string },
  services: KeptServices,
): AsyncGenerator<StatementDetail> {
  const closingDates = new Map<ClosingGroup, string>();
  for (const { group, closesOn } of closingDatesOf(settlement.billingPeriod))
    closingDates.set(group, closesOn);
  const names = new Map(services.map(({ id, name }) => [id, name]));
  const em = emOf(deps);
  const beginnings = await runPipeline(
    em,
    SPANS.map((span) => findPage(settlement.id, span)),
  );
  for (const [index, span] of SPANS.entries()) {
    let page = beginnings[index] ?? [];
    for (;;) {
      for (const row of page) {
        const serviceName = names.get(row.serviceId) ?? '';
        yield asDetail(row, { closingDate: closingDates.get(row.closingGroup) ?? '', serviceName });
      }
      const last = page.at(-1);
      if (!last || page.length < ROWS_PER_PAGE) break;
      page = await runStatement(em, findPage(settlement.id, { ...span, from: last.closingGroup }, last));
    }
  }
}

/** As the driver returns it: amounts as numbers, beyond 2^53 as text. */
interface LineRow {
  readonly closingGroup: ClosingGroup;
  readonly serviceId: number;
  readonly taxCode: 'standard' | 'reduced';
  readonly taxRateBps: number;
  readonly kind: string;
  readonly originalPeriod: string;
  readonly lineCount: number;
  readonly itemCount: number;
  readonly totalMinor: number | string;
}

function asDetail(
  row: LineRow,
  { closingDate, serviceName }: Pick<StatementDetail, 'closingDate' | 'serviceName'>,
): StatementDetail {
  const { taxCode, taxRateBps, lineCount, itemCount, totalMinor } = row;
  return {
    closingDate,
    serviceName,
    taxCode,
    taxRateBps,
    lineCount,
    itemCount,
    totalMinor: BigInt(totalMinor),
  };
}

const afterSql = `AND (p.closing_group > ? OR (p.closing_group = ? AND (p.service_id > ?
  OR (p.service_id = ? AND (p.tax_code > ? OR (p.tax_code = ? AND (p.tax_rate_bps > ?
  OR (p.tax_rate_bps = ? AND (p.kind, p.original_period) > (?, ?)))))))))`;

function findPage(settlementId: string, { from, to }: Span, after?: LineRow): Statement<readonly LineRow[]> {
  const { closingGroup, serviceId, taxCode, taxRateBps, kind, originalPeriod } = after ?? {};
  const rate = [taxRateBps, taxRateBps];
  const key = [
    closingGroup,
    closingGroup,
    serviceId,
    serviceId,
    taxCode,
    taxCode,
    ...rate,
    kind,
    originalPeriod,
  ];
  return selectStatement<LineRow>(
    `SELECT p.closing_group AS closingGroup, p.service_id AS serviceId, p.tax_code AS taxCode,
       p.tax_rate_bps AS taxRateBps, p.kind, p.original_period AS originalPeriod, p.line_count AS lineCount,
       p.item_count AS itemCount, p.total_minor AS totalMinor
     FROM settlement_part p
     WHERE p.settlement_id = ? AND p.kind = 'charge' AND p.closing_group BETWEEN ? AND ? ${after ? afterSql : ''}
     ORDER BY p.closing_group, p.service_id, p.tax_code, p.tax_rate_bps, p.kind, p.original_period
     LIMIT ${ROWS_PER_PAGE}`,
    [settlementId, from, to, ...(after ? key : [])],
  );
}
