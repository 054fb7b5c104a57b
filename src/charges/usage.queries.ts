import { queryRows } from '../database/statement-pipeline.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
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
    a.holder_from AS holderFrom, h.valid_to AS holderTo, h.birth_date AS birthDate
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
export async function findUsageTerms(
  deps: Deps,
  wanted: readonly ConsentOfCompany[],
): Promise<ReadonlyMap<string, UsageTerms>> {
  if (wanted.length === 0) return new Map();
  const consentIds = [...new Set(wanted.map(({ consentId }) => consentId))];
  const rows = await queryRows<Raw<UsageTerms> & ConsentOfCompany>(emOf(deps), USAGE_TERMS, [consentIds]);
  return new Map(
    rows.map((row) => [
      usageKey(row),
      {
        ...row,
        perChargeMaxMinor: minorOf(row.perChargeMaxMinor),
        subscriberLimitMinor: minorOf(row.subscriberLimitMinor),
        lineLimitMinor: minorOf(row.lineLimitMinor),
      },
    ]),
  );
}

/** Names a consent as one company sees it. */
export function usageKey({ companyId, consentId }: ConsentOfCompany): string {
  return `${companyId} ${consentId}`;
}

/** All contracts of companies, for finding the one in force on each business date. */
export async function findContractTerms(
  deps: Deps,
  wanted: readonly Pick<ConsentOfCompany, 'companyId'>[],
): Promise<ReadonlyMap<number, readonly ContractTerms[]>> {
  if (wanted.length === 0) return new Map();
  const rows = await queryRows<Raw<ContractTerms> & { companyId: number }>(
    emOf(deps),
    `SELECT company_id AS companyId, valid_from AS validFrom, valid_to AS validTo,
       per_charge_max_minor AS perChargeMaxMinor, late_charges AS lateCharges
     FROM contract WHERE company_id IN (?)`,
    [[...new Set(wanted.map(({ companyId }) => companyId))]],
  );
  const contracts = rows.map((row) => ({ ...row, perChargeMaxMinor: BigInt(row.perChargeMaxMinor) }));
  return Map.groupBy(contracts, ({ companyId }) => companyId);
}

function minorOf(value: RawMinor | null): bigint | null {
  return value === null ? null : BigInt(value);
}
