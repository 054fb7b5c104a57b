import { sqlOf } from '../database/sql.ts';
import type { InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import {
  commissionOfCompany,
  determineCommissions,
  type Commission,
} from '../partners/determine-commissions.ts';
import type { PartnerCommission } from '../partners/partner-commission.entity.ts';
import { takenOver } from '../partners/partner-sales.queries.ts';
import { sumBankRefunds } from '../refunds/bank-refunds.queries.ts';
import { sumBilled, type SettlementLineFigures } from '../settlements/billed-companies.queries.ts';
import { withBankRefunds, type BilledMonth } from '../settlements/billed-month.ts';
import { findTermsOfContracts } from '../settlements/settlement-terms.queries.ts';
import { determineSettlement, type SettlementTerms } from '../settlements/settlement.rules.ts';
import type { OffendingRow, Rule } from './invariant.types.ts';
import { OFFENDING_SHOWN } from './sql-rule.ts';
import { isToRead } from './within.ts';

/**
 * Calculates every settlement again from the invoice items and refunds by bank and by the contract and tariff of the month, and compares every
 * figure of it and of its lines. Another rule compares the balance carried from the settlement before.
 */
export const settlementIsRecomputed: Rule = {
  sentence: 'a settlement is what its tariff makes of the invoice items',
  async find(snapshot, { months }) {
    const finding = { checked: 0, count: 0, offending: [] as OffendingRow[] };
    const past = { setUpBilled: new Set<number>(), hasBilled: new Set<number>() };
    for (const period of await listSettledPeriods(snapshot)) {
      const settlements = await listSettlementsOf(snapshot, period);
      const items = isToRead(period, months) ? await readMonth(snapshot, period, settlements) : undefined;
      for (const settlement of settlements) {
        if (items) {
          finding.checked += 1;
          const differences = items.compare(settlement, past);
          if (differences.length > 0) report(finding, settlement, differences);
        }
        if (settlement.setUpExTaxMinor > 0n) past.setUpBilled.add(settlement.contractId);
        if (settlement.billedMinor > settlement.refundedMinor) past.hasBilled.add(settlement.companyId);
      }
    }
    return finding;
  },
};

/** Of the months before: contracts whose set-up fee is billed, and companies that have billed anything. */
interface Past {
  readonly setUpBilled: ReadonlySet<number>;
  readonly hasBilled: ReadonlySet<number>;
}

type StoredSettlement = Awaited<ReturnType<typeof listSettlementsOf>>[number];

/** The input of the recomputation of a month's settlements. */
async function readMonth(
  snapshot: InTransaction<Deps>,
  period: string,
  settlements: readonly StoredSettlement[],
) {
  const contractIds = settlements.map(({ contractId }) => contractId);
  const bankRefunds = await sumBankRefunds(snapshot, period);
  const billed = withBankRefunds(await sumBilled(snapshot, period), bankRefunds);
  const terms = await findTermsOfContracts(snapshot, period, contractIds);
  const lines = await listLinesOf(snapshot, period);
  const commissions = await determineCommissions(snapshot, {
    period,
    companyIds: settlements.map(({ companyId }) => companyId),
    clawbacks: takenOver(settlements.map(({ id }) => id)),
  });
  const storedCommissions = await listCommissionsOf(snapshot, period);
  return {
    compare: (settlement: StoredSettlement, past: Past) => [
      ...compareFigures(settlement, {
        billed: billed.get(settlement.companyId),
        terms: terms.get(`${settlement.companyId}/${settlement.contractId}`),
        ...setUpOf(settlement, past),
        taxRates: snapshot.config.taxRates,
        commissionMinor: commissionOfCompany(commissions.get(settlement.companyId)),
        currency: snapshot.config.currency,
      }),
      ...compareCommissions(
        storedCommissions.get(settlement.id) ?? [],
        commissions.get(settlement.companyId) ?? [],
      ),
      ...compareLines(
        lines.get(settlement.id) ?? [],
        billed.get(settlement.companyId)?.settlementLines ?? [],
      ),
    ],
  };
}

interface Recomputed {
  readonly billed: BilledMonth | undefined;
  readonly terms: SettlementTerms | undefined;
  readonly setUpDue: boolean;
  readonly setUpInFee: boolean | undefined;
  readonly commissionMinor: bigint;
  readonly taxRates: Deps['config']['taxRates'];
  readonly currency: Deps['config']['currency'];
}

/** By rule version 1 the set-up fee was a part of the fee, and of the first settlement that billed anything. */
function setUpOf({ ruleVersion, companyId, contractId }: StoredSettlement, past: Past) {
  return ruleVersion === 1
    ? { setUpDue: false, setUpInFee: !past.hasBilled.has(companyId) }
    : { setUpDue: !past.setUpBilled.has(contractId), setUpInFee: undefined };
}

function compareFigures(settlement: StoredSettlement, { terms, ...company }: Recomputed): string[] {
  if (!terms) return ['no contract of the company with a tariff'];
  const { billedMinor = 0n, refundedMinor = 0n, lineCount = 0, itemCount = 0 } = company.billed ?? {};
  const expected = determineSettlement({
    ...company,
    ruleVersion: settlement.ruleVersion,
    // What was settled before the contract named it was taxed.
    terms: settlement.ruleVersion === 1 ? { ...terms, feeTaxable: true } : terms,
    companyId: settlement.companyId,
    period: settlement.billingPeriod,
    billed: { billedMinor, lineCount, itemCount },
    // Other rules compare what was carried, clawed back and recovered.
    refundedMinor,
    carriedInMinor: settlement.carriedInMinor,
    clawbackMinor: settlement.clawbackMinor,
    recoveryMinor: settlement.recoveryMinor,
  });
  const figures = Object.keys(expected) as (keyof typeof expected)[];
  return figures
    .filter((figure) => settlement[figure] !== expected[figure])
    .map((figure) => `${figure} ${settlement[figure]}, not ${expected[figure]}`);
}

/** The figures of a commission in one text, for comparing and for the finding. */
function commissionText(commission: Commission | undefined): string {
  if (commission === undefined) return 'none';
  return [
    `terms ${commission.termsId} by ${commission.paidBy}`,
    commission.billedMinor,
    commission.refundedMinor,
    commission.clawbackMinor,
    commission.recoveryMinor,
    `${commission.itemCount} items`,
    commission.earnedMinor,
    commission.carriedInMinor,
    commission.carriedOutMinor,
    commission.exTaxMinor,
    commission.taxRateBps,
    commission.taxMinor,
  ].join('/');
}

/** Each commission by partner: every figure of it. */
function compareCommissions(stored: readonly PartnerCommission[], expected: readonly Commission[]): string[] {
  const partnerIds = new Set([...stored, ...expected].map(({ partnerId }) => partnerId));
  return [...partnerIds].flatMap((partnerId) => {
    const [is, wanted] = [stored, expected].map((rows) =>
      commissionText(rows.find((row) => row.partnerId === partnerId)),
    );
    return is === wanted ? [] : [`commission of partner ${partnerId}: ${is}, not ${wanted}`];
  });
}

/** Each line by closing group, service, tax code and rate: distinct lines, items and total. */
function compareLines(
  stored: readonly SettlementLineFigures[],
  expected: readonly SettlementLineFigures[],
): string[] {
  const [is, wanted] = [figuresOf(stored), figuresOf(expected)];
  return [...new Set([...is.keys(), ...wanted.keys()])]
    .filter((key) => is.get(key) !== wanted.get(key))
    .map((key) => `line ${key}: ${is.get(key) ?? 'none'}, not ${wanted.get(key) ?? 'none'}`);
}

function figuresOf(lines: readonly SettlementLineFigures[]): Map<string, string> {
  return new Map(
    lines.map(({ closingGroup, serviceId, taxCode, taxRateBps, kind, originalPeriod, ...figures }) => [
      [
        closingGroup,
        serviceId,
        taxCode,
        taxRateBps,
        ...(kind === 'charge' ? [] : [kind, originalPeriod]),
      ].join('/'),
      `${figures.lineCount} lines, ${figures.itemCount} items, ${figures.totalMinor}`,
    ]),
  );
}

function report(
  finding: { count: number; offending: OffendingRow[] },
  { number, companyId, billingPeriod }: StoredSettlement,
  differences: readonly string[],
): void {
  finding.count += 1;
  if (finding.offending.length >= OFFENDING_SHOWN) return;
  finding.offending.push({ number, companyId, billingPeriod, differences: differences.join('; ') });
}

async function listSettledPeriods({ em }: InTransaction<Deps>): Promise<string[]> {
  const query = sqlOf(em).selectFrom('settlement').select('billingPeriod').distinct();
  const rows = await query.orderBy('billingPeriod').execute();
  return rows.map((row) => row.billingPeriod);
}

function listSettlementsOf({ em }: InTransaction<Deps>, period: string) {
  return (
    sqlOf(em)
      .selectFrom('settlement')
      .selectAll()
      .where('billingPeriod', '=', period)
      // A rejected one is to be calculated again.
      .where('state', '<>', 'rejected')
      .orderBy('companyId')
      .execute()
  );
}

/** The commissions of a month's settlements, by settlement. */
async function listCommissionsOf(
  { em }: InTransaction<Deps>,
  period: string,
): Promise<Map<string, PartnerCommission[]>> {
  const rows = await sqlOf(em)
    .selectFrom('partner_commission as m')
    .innerJoin('settlement as s', 's.id', 'm.settlementId')
    .selectAll('m')
    .where('s.billingPeriod', '=', period)
    .where('s.state', '<>', 'rejected')
    .execute();
  return Map.groupBy(rows, ({ settlementId }) => settlementId);
}

/** The lines of a month's settlements, by settlement. */
async function listLinesOf(
  { em }: InTransaction<Deps>,
  period: string,
): Promise<Map<string, SettlementLineFigures[]>> {
  const rows = await sqlOf(em)
    .selectFrom('settlement_part as p')
    .innerJoin('settlement as s', 's.id', 'p.settlementId')
    .selectAll('p')
    .where('s.billingPeriod', '=', period)
    .where('s.state', '<>', 'rejected')
    .execute();
  return Map.groupBy(rows, ({ settlementId }) => settlementId);
}
