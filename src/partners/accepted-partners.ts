import { knownResult, selectStatement, type Statement } from '../database/statement.ts';
import { Problem } from '../shared/problem.ts';
import type { CommissionTerms } from './commission.rules.ts';
import { areInForce, type TermsVersion } from './partner-terms.rules.ts';

/** A sale that may name a partner. */
interface PartnerNamed {
  readonly companyId: number;
  readonly partnerCode?: string | undefined;
}

/** The terms of companies with the partners that sales name. For sales that name none no statement is sent. */
export function findPartnerVersions(
  wanted: readonly PartnerNamed[],
): Statement<ReadonlyMap<string, readonly TermsVersion[]>> {
  const named = wanted.flatMap(({ companyId, partnerCode }) =>
    partnerCode === undefined ? [] : [[companyId, partnerCode]],
  );
  if (named.length === 0) return knownResult(new Map());
  return selectStatement(
    `SELECT t.company_id AS companyId, p.code, t.valid_from AS validFrom, t.commission
     FROM partner p JOIN partner_terms t ON t.partner_id = p.id WHERE (t.company_id, p.code) IN (?)`,
    [named],
    (rows: readonly TermsRow[]) => {
      const versions = rows.map(({ commission, ...row }) => ({ ...row, commission: readTerms(commission) }));
      return Map.groupBy(versions, ({ companyId, code }) => keyOf(companyId, code));
    },
  );
}

interface TermsRow {
  readonly companyId: number;
  readonly code: string;
  readonly validFrom: string;
  readonly commission: string | CommissionTerms;
}

/** The driver gives JSON as text or parsed. */
function readTerms(commission: string | CommissionTerms): CommissionTerms {
  return typeof commission === 'string' ? (JSON.parse(commission) as CommissionTerms) : commission;
}

const keyOf = (companyId: number, code: string) => `${companyId} ${code}`;

/** Refuses a sale that names a partner without terms with the company on the day; undefined for all others. */
export function findPartnerRefusal(
  { companyId, partnerCode }: PartnerNamed,
  businessDate: string,
  versions: ReadonlyMap<string, readonly TermsVersion[]>,
): Problem | undefined {
  if (partnerCode === undefined) return undefined;
  if (areInForce(versions.get(keyOf(companyId, partnerCode)) ?? [], businessDate)) return undefined;
  return new Problem('partner-not-found', {
    errors: [{ pointer: '/partner', message: 'is not the code of a partner of the company' }],
  });
}
