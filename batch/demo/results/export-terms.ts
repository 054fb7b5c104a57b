import type { Deps } from '../../../src/deps.ts';
import { sqlOf } from '../../../src/database/sql.ts';
import { emOf } from '../../../src/database/transaction.ts';
import { yesNo } from './yes-no.ts';

export const termsColumns = [
  'company',
  'tariff',
  'legal_model',
  'basis',
  'fee_taxable',
  'set_up_fee',
  'minimum_payout',
  'fee_bearer',
  'transfer_fee',
  'payout_months',
  'payout_day',
  'payout_bank_day',
] as const;

/**
 * What each company's contract says of its settlements, by company. The payout comes `payout_months` after the billing period
 * on `payout_day` (31 is the month end), moved to the `previous` or the `next` bank day.
 */
export async function* streamTerms(deps: Deps) {
  const rows = await sqlOf(emOf(deps))
    .selectFrom('contract as k')
    .innerJoin('company as c', 'c.id', 'k.companyId')
    .selectAll('k')
    .select('c.code')
    .orderBy('c.code')
    .execute();
  for (const row of rows) {
    yield {
      company: row.code,
      tariff: row.tariffCode,
      legal_model: row.legalModel,
      basis: row.settlementBasis,
      fee_taxable: yesNo(row.feeTaxable),
      set_up_fee: row.setUpFeeMinor,
      minimum_payout: row.minimumPayoutMinor,
      fee_bearer: row.feeBearer,
      transfer_fee: row.transferFeeMinor,
      payout_months: row.payoutMonths,
      payout_day: row.payoutDay,
      payout_bank_day: row.payoutBankDay,
    };
  }
}
