import type { Statement } from '../../templates/statement/statement.types.ts';
import type { Deps } from '../deps.ts';
import { emOf } from '../database/transaction.ts';
import { sqlOf } from '../database/sql.ts';
import { closingDatesOf, lastClosingDateOf } from '../shared/calendar.rules.ts';
import { calculateFee } from './fee.rules.ts';
import { explainFee } from './fee-wording.rules.ts';
import { findSettledBefore } from './settlement-terms.queries.ts';
import { feeBase } from './settlement.rules.ts';
import { listParts, streamDetails } from './statement-details.queries.ts';
import { describeIssuer, describeRecipient, sumByRate } from './statement.rules.ts';

/**
 * Everything the statement of a settlement says. The fee is calculated anew from the sums, and refused when it
 * is not the one that was settled: what the statement explains is what is paid.
 */
export async function getStatement(deps: Deps, settlementId: string): Promise<Statement> {
  const row = await getRow(deps, settlementId);
  const parts = await listParts(deps, settlementId);
  const closingDates = closingDatesOf(row.billingPeriod).map(({ closesOn }) => closesOn);
  return {
    number: row.number,
    billingPeriod: row.billingPeriod,
    periodFrom: `${row.billingPeriod}-01`,
    periodTo: lastClosingDateOf(row.billingPeriod),
    closingDates,
    issueDate: row.settledOn,
    issuer: describeIssuer(deps.config.carrier),
    recipient: describeRecipient(row, row.settledOn),
    legalModel: row.legalModel,
    settlementBasis: 'billed',
    billedMinor: row.billedMinor,
    refundedMinor: row.refundedMinor,
    lineCount: row.lineCount,
    itemCount: row.itemCount,
    parts,
    rateTotals: sumByRate(parts),
    fee: await describeFee(deps, row),
    adjustments: [],
    carriedInMinor: row.carriedInMinor,
    carriedOutMinor: row.carriedOutMinor,
    payoutMinor: row.payoutMinor,
    payoutDate: row.payoutMinor > 0n ? row.payoutOn : null,
    bankAccount: {
      bankName: row.bankName,
      branchName: row.branchName,
      accountType: row.accountType,
      accountNumber: row.accountNumber,
      holder: row.accountHolder,
    },
    details: streamDetails(deps, row),
  };
}

async function getRow(deps: Deps, settlementId: string) {
  return await sqlOf(emOf(deps))
    .selectFrom('settlement as s')
    .innerJoin('company as c', 'c.id', 's.companyId')
    .innerJoin('contract as k', 'k.id', 's.contractId')
    .innerJoin('tariff as t', (join) =>
      join.onRef('t.code', '=', 's.tariffCode').onRef('t.validFrom', '=', 's.tariffFrom'),
    )
    .selectAll('s')
    .select(['c.code', 'c.name', 'c.address', 'c.registrationNumber', 'c.registeredFrom', 'c.registeredTo'])
    .select([
      'k.legalModel',
      'k.bankName',
      'k.branchName',
      'k.accountType',
      'k.accountNumber',
      'k.accountHolder',
    ])
    .select(['t.name as tariffName', 't.definition'])
    .where('s.id', '=', settlementId)
    .executeTakeFirstOrThrow();
}

async function describeFee(deps: Deps, row: Awaited<ReturnType<typeof getRow>>): Promise<Statement['fee']> {
  const before = await findSettledBefore(deps, row.billingPeriod, [row.companyId]);
  const setUpDue = !before.get(row.companyId)?.setUpBilled;
  const billed = feeBase({ billed: row, refundedMinor: row.refundedMinor, setUpDue });
  const fee = calculateFee(row.definition, billed);
  if (fee.feeExTaxMinor !== row.feeExTaxMinor || fee.branch !== row.feeBranch) {
    throw new Error(`the fee comes to ${fee.feeExTaxMinor}, but ${row.feeExTaxMinor} was settled`);
  }
  return {
    tariffName: row.tariffName,
    branch: fee.branch,
    reasons: [explainFee({ tariff: row.definition, billed, fee, locale: 'ja' })],
    exTaxMinor: row.feeExTaxMinor,
    taxRateBps: row.feeTaxRateBps,
    taxMinor: row.feeTaxMinor,
  };
}
