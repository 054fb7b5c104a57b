import type { Deps } from '../deps.ts';
import { emOf } from '../database/transaction.ts';
import { sqlOf } from '../database/sql.ts';
import { lastClosingDateOf } from '../shared/calendar.rules.ts';
import { hasEnded, versionOn } from '../shared/date-range.rules.ts';
import type { SettledBefore } from './settle-month.rules.ts';
import type { SettlementTerms, TariffVersion } from './settlement.rules.ts';

/**
 * The terms companies are settled on for a period: the contract in force on the first day of the month, and
 * the tariff version of that day. A company that joined later in the period, and so sold to lines whose
 * billing period began in the month before its contract, is settled on its first contract. One whose last
 * contract has ended is settled on that one, for late charges and balances.
 * Companies that never had a contract, and contracts without a tariff, are not in the map.
 */
export async function findTerms(
  deps: Deps,
  period: string,
  companyIds: readonly number[],
): Promise<Map<number, SettlementTerms>> {
  const firstDay = `${period}-01`;
  const contracts = await sqlOf(emOf(deps))
    .selectFrom('contract')
    .select(contractColumns)
    .where('companyId', 'in', companyIds)
    .where('validFrom', '<=', lastClosingDateOf(period))
    .orderBy('companyId')
    .orderBy('validFrom')
    .execute();
  const tariffs = await findTariffVersions(deps);
  const terms = new Map<number, SettlementTerms>();
  for (const [companyId, ofCompany] of Map.groupBy(contracts, (contract) => contract.companyId)) {
    const inForce = ofCompany.find((contract) => !hasEnded(contract, firstDay));
    const contract = termsOf(inForce ?? ofCompany.at(-1)!, firstDay, tariffs);
    if (contract) terms.set(companyId, contract);
  }
  return terms;
}

const contractColumns = [
  'id as contractId',
  'companyId',
  'tariffCode',
  'validFrom',
  'validTo',
  'payoutMonths',
  'payoutDay',
  'payoutBankDay',
  'legalModel',
  'settlementBasis',
  'feeTaxable',
  'setUpFeeMinor',
  'minimumPayoutMinor',
  'transferFeeMinor',
] as const;

interface ContractRow extends Omit<SettlementTerms, 'tariff' | 'feeTaxable'> {
  readonly companyId: number;
  readonly tariffCode: string;
  readonly validFrom: string;
  readonly validTo: string | null;
  readonly feeTaxable: boolean | number;
}

/**
 * The terms of a contract in a month; none without a tariff. The minimum payout ends with the contract: what is carried then
 * would wait for ever (our decision).
 */
function termsOf(
  contract: ContractRow,
  firstDay: string,
  tariffs: readonly TariffVersion[],
): SettlementTerms | undefined {
  const { companyId: _, tariffCode, validFrom, validTo, ...terms } = contract;
  const tariff = findVersion(tariffs, tariffCode, laterOf(validFrom, firstDay));
  if (!tariff) return undefined;
  const minimumPayoutMinor = hasEnded({ validTo }, firstDay) ? 0n : terms.minimumPayoutMinor;
  return { ...terms, feeTaxable: Boolean(terms.feeTaxable), minimumPayoutMinor, tariff };
}

/**
 * The terms of contracts by which companies were settled for a period, with the tariff version of that month, by
 * company and contract: recomputes past settlements, whichever contracts followed.
 */
export async function findTermsOfContracts(
  deps: Deps,
  period: string,
  contractIds: readonly number[],
): Promise<Map<string, SettlementTerms>> {
  if (contractIds.length === 0) return new Map();
  const contracts = await sqlOf(emOf(deps))
    .selectFrom('contract')
    .select(contractColumns)
    .where('id', 'in', contractIds)
    .where('validFrom', '<=', lastClosingDateOf(period))
    .execute();
  const tariffs = await findTariffVersions(deps);
  return new Map(
    contracts.flatMap((contract) => {
      const terms = termsOf(contract, `${period}-01`, tariffs);
      return terms ? [[`${contract.companyId}/${contract.contractId}`, terms] as const] : [];
    }),
  );
}

function findVersion(tariffs: readonly TariffVersion[], code: string, day: string) {
  return versionOn(
    tariffs.filter((version) => version.code === code),
    day,
  );
}

function laterOf(one: string, other: string): string {
  return one > other ? one : other;
}

/** All versions of all tariffs; there are a few dozen at most. */
async function findTariffVersions(deps: Deps): Promise<TariffVersion[]> {
  return await sqlOf(emOf(deps)).selectFrom('tariff').select(['code', 'validFrom', 'definition']).execute();
}

export interface SettlementsBefore extends SettledBefore {
  /** Whether a settlement has billed anything yet: by rule version 1, with it the set-up fee of the tariff. */
  readonly hasBilled: boolean;
}

/** The state of companies before a period, by their earlier settlements. */
export async function findSettledBefore(
  deps: Deps,
  period: string,
  companyIds: readonly number[],
): Promise<Map<number, SettlementsBefore>> {
  const rows = await sqlOf(emOf(deps))
    .selectFrom('settlement')
    .select(['companyId', 'contractId', 'billedMinor', 'refundedMinor', 'setUpExTaxMinor', 'carriedOutMinor'])
    .where('companyId', 'in', companyIds)
    .where('billingPeriod', '<', period)
    .orderBy('companyId')
    .orderBy('billingPeriod')
    .execute();
  const ofCompanies = Map.groupBy(rows, ({ companyId }) => companyId);
  return new Map(
    [...ofCompanies].map(([companyId, settlements]) => [
      companyId,
      {
        carriedOutMinor: settlements.at(-1)!.carriedOutMinor,
        setUpBilled: new Set(
          settlements
            .filter(({ setUpExTaxMinor }) => setUpExTaxMinor > 0n)
            .map(({ contractId }) => contractId),
        ),
        hasBilled: settlements.some(({ billedMinor, refundedMinor }) => billedMinor > refundedMinor),
      },
    ]),
  );
}
