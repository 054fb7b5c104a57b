import { knownResult, selectStatement, type Statement } from '../database/statement.ts';
import type { ContractTerms, UsageTerms } from './usage.rules.ts';

/** Which consent a company means to use. */
interface ConsentOfCompany {
  readonly companyId: number;
  readonly consentId: string;
}

/** Money as the driver gives it: a number, or text past 2^53. */
type RawMinor = number | string;
type Raw<T> = {
  readonly [K in keyof T]: bigint extends T[K] ? RawMinor | (null extends T[K] ? null : never) : T[K];
};

/** In this order, which is the only good one: looking for others took a fifth of the statement's time. */
const USAGE_TERMS = `
  SELECT STRAIGHT_JOIN a.id AS consentId, a.company_id AS companyId, a.service_id AS serviceId, a.state AS consentState,
    a.per_charge_max_minor AS perChargeMaxMinor, s.state AS serviceState, c.state AS companyState,
    a.subscriber_id AS subscriberId, p.state AS subscriberState, p.monthly_limit_minor AS subscriberLimitMinor,
    a.line_id AS lineId, l.status AS lineStatus, l.closing_group AS closingGroup, l.monthly_limit_minor AS lineLimitMinor,
    a.holder_from AS holderFrom, h.valid_to AS holderTo, h.birth_date AS birthDate, h.has_safeguards AS hasSafeguards,
    h.product, h.options
  FROM consent a
  JOIN service s ON s.id = a.service_id
  JOIN company c ON c.id = a.company_id
  LEFT JOIN subscriber p ON p.id = a.subscriber_id
  LEFT JOIN line l ON l.line_id = a.line_id
  LEFT JOIN line_holder h ON h.line_id = a.line_id AND h.valid_from = a.holder_from
  WHERE a.id IN (?)`;

/**
 * What is known of consents, by company and consent (`usageKey`): the line, who holds it, and everything
 * that may forbid a use. A consent of another company is not there.
 */
export function findUsageTerms(
  wanted: readonly ConsentOfCompany[],
): Statement<ReadonlyMap<string, UsageTerms>> {
  if (wanted.length === 0) return knownResult(new Map());
  const consentIds = [...new Set(wanted.map(({ consentId }) => consentId))];
  return selectStatement(USAGE_TERMS, [consentIds], (rows: readonly UsageTermsRow[]) => {
    return new Map(rows.map((row) => [usageKey(row), termsOf(row)]));
  });
}

type UsageTermsRow = Raw<UsageTerms> & ConsentOfCompany;

function termsOf(row: UsageTermsRow): UsageTerms {
  return {
    ...row,
    perChargeMaxMinor: minorOf(row.perChargeMaxMinor),
    subscriberLimitMinor: minorOf(row.subscriberLimitMinor),
    lineLimitMinor: minorOf(row.lineLimitMinor),
  };
}

/** Names a consent as one company sees it. */
export function usageKey({ companyId, consentId }: ConsentOfCompany): string {
  return `${companyId} ${consentId}`;
}

/** All contracts of companies, for finding the one in force on each business date. */
export function findContractTerms(
  wanted: readonly Pick<ConsentOfCompany, 'companyId'>[],
): Statement<ReadonlyMap<number, readonly ContractTerms[]>> {
  if (wanted.length === 0) return knownResult(new Map());
  return selectStatement(
    `SELECT company_id AS companyId, valid_from AS validFrom, valid_to AS validTo,
       per_charge_max_minor AS perChargeMaxMinor, late_charges AS lateCharges
     FROM contract WHERE company_id IN (?)`,
    [[...new Set(wanted.map(({ companyId }) => companyId))]],
    (rows: readonly (Raw<ContractTerms> & { companyId: number })[]) => {
      const contracts = rows.map((row) => ({ ...row, perChargeMaxMinor: BigInt(row.perChargeMaxMinor) }));
      return Map.groupBy(contracts, ({ companyId }) => companyId);
    },
  );
}

function minorOf(value: RawMinor | null): bigint | null {
  return value === null ? null : BigInt(value);
}
