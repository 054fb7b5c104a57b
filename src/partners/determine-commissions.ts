import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { contains } from '../shared/date-range.rules.ts';
import { lastClosingDateOf } from '../shared/calendar.rules.ts';
import { taxRateBps } from '../shared/tax.rules.ts';
import { calculateCommission, type CommissionFigures, type PartnerSums } from './commission.rules.ts';
import { sumSalesOfMonth, type ClawbacksOfMonth, type SalesOfMonth } from './partner-sales.queries.ts';
import { partnerOfSale, termsOfMonth } from './partner-terms.rules.ts';

/** What a partner gets of a company's month. */
export interface Commission extends PartnerSums, CommissionFigures {
  readonly companyId: number;
  readonly partnerId: number;
  readonly billingPeriod: string;
  readonly termsId: number;
  readonly paidBy: 'company' | 'carrier';
}

interface CommissionsOfMonth {
  readonly period: string;
  readonly companyIds: readonly number[];
  readonly clawbacks: ClawbacksOfMonth;
}

/**
 * The commissions of companies' settlements of a month, as they are now, by company; writes nothing. Companies without partners
 * are not in the map, and cost one statement for all of them.
 */
export async function determineCommissions(
  deps: Deps,
  { period, companyIds, clawbacks }: CommissionsOfMonth,
): Promise<ReadonlyMap<number, readonly Commission[]>> {
  const agreed = await findAgreements(deps, companyIds);
  if (agreed.length === 0) return new Map();
  const withPartners = [...new Set(agreed.map(({ companyId }) => companyId))];
  const sales = await sumSalesOfMonth(deps, { period, companyIds: withPartners, clawbacks });
  const known = { agreed, services: await findServices(deps, withPartners) };
  const carried = await findCarried(deps, period, withPartners);
  const settledOn = lastClosingDateOf(period);
  const standardBps = taxRateBps('standard', settledOn, deps.config.taxRates);
  const commissions: Commission[] = [];
  for (const [key, { companyId, partnerId, sums }] of sumByPartner(sales, known, carried)) {
    const own = agreed.filter((version) => keyOf(version) === key);
    const terms = termsOfMonth(own, period);
    if (!terms) throw new Error(`partner ${partnerId} of company ${companyId} has no terms in ${period}`);
    const figures = calculateCommission({
      terms: terms.commission,
      sums,
      carriedInMinor: carried.get(key)?.carriedOutMinor ?? 0n,
      taxRateBps: isRegistered(terms, settledOn) ? standardBps : 0,
    });
    const { id: termsId, paidBy } = terms;
    commissions.push({ companyId, partnerId, billingPeriod: period, termsId, paidBy, ...sums, ...figures });
  }
  return Map.groupBy(
    commissions.toSorted((one, other) => one.companyId - other.companyId || one.partnerId - other.partnerId),
    ({ companyId }) => companyId,
  );
}

/** What companies pay of their commissions, tax included. */
export function commissionOfCompany(commissions: readonly Commission[] = []): bigint {
  return commissions
    .filter(({ paidBy }) => paidBy === 'company')
    .reduce((sum, { exTaxMinor, taxMinor }) => sum + exTaxMinor + taxMinor, 0n);
}

interface PartnerKey {
  readonly companyId: number;
  readonly partnerId: number;
}

const keyOf = ({ companyId, partnerId }: PartnerKey) => `${companyId}/${partnerId}`;
const NOTHING: PartnerSums = {
  billedMinor: 0n,
  refundedMinor: 0n,
  clawbackMinor: 0n,
  recoveryMinor: 0n,
  itemCount: 0,
};

/** The sums of each company and partner that sold anything, had something come back, or owes something. */
function sumByPartner(
  sales: readonly SalesOfMonth[],
  {
    agreed,
    services,
  }: { readonly agreed: readonly Agreement[]; readonly services: readonly ServiceOfPartner[] },
  carried: ReadonlyMap<string, PartnerKey>,
): Map<string, PartnerKey & { sums: PartnerSums }> {
  const idsByCode = new Map(agreed.map(({ partnerCode, partnerId }) => [partnerCode, partnerId]));
  const ofPartners = new Map(
    [...carried].map(([key, { companyId, partnerId }]) => [key, { companyId, partnerId, sums: NOTHING }]),
  );
  for (const sale of sales) {
    const partnerId = partnerOfSale(sale, { idsByCode, services });
    if (partnerId === undefined) continue;
    const { companyId } = sale;
    const key = keyOf({ companyId, partnerId });
    const { sums } = ofPartners.get(key) ?? { sums: NOTHING };
    ofPartners.set(key, { companyId, partnerId, sums: add(sums, sale) });
  }
  return ofPartners;
}

function add(sums: PartnerSums, sale: PartnerSums): PartnerSums {
  return {
    billedMinor: sums.billedMinor + sale.billedMinor,
    refundedMinor: sums.refundedMinor + sale.refundedMinor,
    clawbackMinor: sums.clawbackMinor + sale.clawbackMinor,
    recoveryMinor: sums.recoveryMinor + sale.recoveryMinor,
    itemCount: sums.itemCount + sale.itemCount,
  };
}

type Agreement = Awaited<ReturnType<typeof findAgreements>>[number];
type ServiceOfPartner = Awaited<ReturnType<typeof findServices>>[number];

/** All versions of the terms of companies with partners. */
async function findAgreements(deps: Deps, companyIds: readonly number[]) {
  if (companyIds.length === 0) return [];
  return await sqlOf(emOf(deps))
    .selectFrom('partner_terms as t')
    .innerJoin('partner as p', 'p.id', 't.partnerId')
    .select(['t.id', 't.companyId', 't.partnerId', 't.validFrom', 't.paidBy', 't.commission'])
    .select(['p.code as partnerCode', 'p.registeredFrom', 'p.registeredTo'])
    .where('t.companyId', 'in', companyIds)
    .orderBy('t.companyId')
    .orderBy('t.partnerId')
    .orderBy('t.validFrom')
    .execute();
}

function isRegistered(
  { registeredFrom, registeredTo }: Pick<Agreement, 'registeredFrom' | 'registeredTo'>,
  day: string,
): boolean {
  return registeredFrom !== null && contains({ validFrom: registeredFrom, validTo: registeredTo }, day);
}

async function findServices(deps: Deps, companyIds: readonly number[]) {
  return await sqlOf(emOf(deps))
    .selectFrom('partner_service as p')
    .innerJoin('service as e', 'e.id', 'p.serviceId')
    .select(['p.serviceId', 'p.validFrom', 'p.partnerId'])
    .where('e.companyId', 'in', companyIds)
    .execute();
}

/** What partners owe companies from the last month before; those that owe nothing are not in the map. */
async function findCarried(deps: Deps, period: string, companyIds: readonly number[]) {
  const rows = await sqlOf(emOf(deps))
    .selectFrom('partner_commission as m')
    .select(['m.companyId', 'm.partnerId', 'm.carriedOutMinor'])
    .where('m.companyId', 'in', companyIds)
    .where('m.billingPeriod', '=', ({ selectFrom }) =>
      selectFrom('partner_commission as b')
        .select(({ fn }) => fn.max('b.billingPeriod').as('last'))
        .whereRef('b.companyId', '=', 'm.companyId')
        .whereRef('b.partnerId', '=', 'm.partnerId')
        .where('b.billingPeriod', '<', period),
    )
    .execute();
  return new Map(rows.filter((row) => row.carriedOutMinor !== 0n).map((row) => [keyOf(row), row]));
}
