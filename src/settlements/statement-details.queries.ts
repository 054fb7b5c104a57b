import type { StatementDetail, StatementPart } from '../../templates/statement/statement.types.ts';
import type { Deps } from '../deps.ts';
import { emOf } from '../database/transaction.ts';
import { sqlOf } from '../database/sql.ts';
import { closingDatesOf, type ClosingGroup } from '../shared/calendar.rules.ts';

const ROWS_PER_PAGE = 500;

/** The parts of a settlement by service and tax rate, over all closing groups, in the order of the services' codes. */
export async function listParts(deps: Deps, settlementId: string): Promise<StatementPart[]> {
  const rows = await sqlOf(emOf(deps))
    .selectFrom('settlement_part as p')
    .innerJoin('service as v', 'v.id', 'p.serviceId')
    .select(['v.name as serviceName', 'p.taxCode', 'p.taxRateBps'])
    // A line has one closing group in a period, so the groups' distinct lines add up.
    .select(({ fn }) => [
      fn.sum('p.lineCount').as('lines'),
      fn.sum('p.itemCount').as('items'),
      fn.sum('p.totalMinor').as('total'),
    ])
    .where('p.settlementId', '=', settlementId)
    .groupBy(['v.code', 'v.name', 'p.serviceId', 'p.taxCode', 'p.taxRateBps'])
    .orderBy('v.code')
    .orderBy('p.taxCode', 'desc')
    .orderBy('p.taxRateBps', 'desc')
    .execute();
  return rows.map(({ lines, items, total, ...part }) => ({
    ...part,
    lineCount: Number(lines),
    itemCount: Number(items),
    totalMinor: BigInt(total),
  }));
}

/** The parts of a settlement closing day by closing day, read a page at a time along the key. */
export async function* streamDetails(
  deps: Deps,
  settlement: { id: string; billingPeriod: string },
): AsyncGenerator<StatementDetail> {
  for (const { group, closesOn } of closingDatesOf(settlement.billingPeriod)) {
    let after: PartKey | undefined;
    do {
      const rows = await findPage(deps, { settlementId: settlement.id, closingGroup: group }, after);
      for (const { serviceId: _, ...row } of rows) yield { ...row, closingDate: closesOn };
      after = rows.length === ROWS_PER_PAGE ? rows.at(-1) : undefined;
    } while (after);
  }
}

interface PartKey {
  readonly serviceId: number;
  readonly taxCode: 'standard' | 'reduced';
  readonly taxRateBps: number;
}

function findPage(
  deps: Deps,
  { settlementId, closingGroup }: { settlementId: string; closingGroup: ClosingGroup },
  after: PartKey | undefined,
) {
  return sqlOf(emOf(deps))
    .selectFrom('settlement_part as p')
    .innerJoin('service as v', 'v.id', 'p.serviceId')
    .select(['p.serviceId', 'v.name as serviceName', 'p.taxCode', 'p.taxRateBps'])
    .select(['p.lineCount', 'p.itemCount', 'p.totalMinor'])
    .where('p.settlementId', '=', settlementId)
    .where('p.closingGroup', '=', closingGroup)
    .$if(after !== undefined, (query) =>
      query.where(({ eb, or, and }) => {
        const sameService = eb('p.serviceId', '=', after!.serviceId);
        const sameTax = eb('p.taxCode', '=', after!.taxCode);
        return or([
          eb('p.serviceId', '>', after!.serviceId),
          and([sameService, eb('p.taxCode', '>', after!.taxCode)]),
          and([sameService, sameTax, eb('p.taxRateBps', '>', after!.taxRateBps)]),
        ]);
      }),
    )
    .orderBy('p.serviceId')
    .orderBy('p.taxCode')
    .orderBy('p.taxRateBps')
    .limit(ROWS_PER_PAGE)
    .execute();
}
