import type { Statement } from '../../templates/statement/statement.types.ts';
import type { Deps } from '../deps.ts';
import { emOf } from '../database/transaction.ts';
import { sqlOf } from '../database/sql.ts';
import { closingDatesOf, lastClosingDateOf } from '../shared/calendar.rules.ts';
import { calculateFee } from '../settlements/fee.rules.ts';
import { explainFee } from '../settlements/fee-wording.rules.ts';
import { findSettledBefore } from '../settlements/settlement-terms.queries.ts';
import { feeBase } from '../settlements/settlement.rules.ts';
import { listSettlementLines, streamDetails } from './statement-details.queries.ts';
import { describeIssuer, describeRecipient, sumByRate } from './statement.rules.ts';

/**
 * The content of the statement of a settlement, from the documents kept with it, so that later changes do not alter it.
 * Recalculates the fee from the sums for its explanation, and throws when it is not the settled one: a statement explains
 * what is paid.
 */
export async function getStatement(deps: Deps, settlementId: string): Promise<Statement> {
  const row = await getRow(deps, settlementId);
  const { company, contract, bankAccount, services } = row.content;
  const settlementLines = await listSettlementLines(deps, settlementId, services);
  const closingDates = closingDatesOf(row.billingPeriod).map(({ closesOn }) => closesOn);
  return {
    number: row.number,
    billingPeriod: row.billingPeriod,
    periodFrom: `${row.billingPeriod}-01`,
    periodTo: lastClosingDateOf(row.billingPeriod),
    closingDates,
    issueDate: row.settledOn,
    issuer: describeIssuer(row.content.issuer ?? deps.config.carrier),
    recipient: describeRecipient(company, row.settledOn),
    legalModel: contract.legalModel,
    settlementBasis: 'billed',
    billedMinor: row.billedMinor,
    refundedMinor: row.refundedMinor,
    lineCount: row.lineCount,
    itemCount: row.itemCount,
    settlementLines,
    rateTotals: sumByRate(settlementLines),
    fee: await describeFee(deps, row),
    adjustments: [],
    carriedInMinor: row.carriedInMinor,
    carriedOutMinor: row.carriedOutMinor,
    payoutMinor: row.payoutMinor,
    payoutDate: row.payoutMinor > 0n ? row.payoutOn : null,
    bankAccount: {
      bankName: bankAccount.bankName,
      branchName: bankAccount.branchName,
      accountType: bankAccount.accountType,
      accountNumber: bankAccount.accountNumber,
      holder: bankAccount.accountHolder,
    },
    details: streamDetails(deps, row, services),
  };
}

async function getRow(deps: Deps, settlementId: string) {
  return await sqlOf(emOf(deps))
    .selectFrom('settlement as s')
    .innerJoin('settlement_document as d', 'd.settlementId', 's.id')
    .selectAll('s')
    .select('d.content')
    .where('s.id', '=', settlementId)
    .executeTakeFirstOrThrow();
}

async function describeFee(deps: Deps, row: Awaited<ReturnType<typeof getRow>>): Promise<Statement['fee']> {
  const { name, definition } = row.content.tariff;
  const before = await findSettledBefore(deps, row.billingPeriod, [row.companyId]);
  const setUpDue = !before.get(row.companyId)?.setUpBilled;
  const billed = feeBase({ billed: row, refundedMinor: row.refundedMinor, setUpDue });
  const fee = calculateFee(definition, billed);
  if (fee.feeExTaxMinor !== row.feeExTaxMinor || fee.branch !== row.feeBranch) {
    throw new Error(`the fee comes to ${fee.feeExTaxMinor}, but ${row.feeExTaxMinor} was settled`);
  }
  return {
    tariffName: name,
    branch: fee.branch,
    reasons: [explainFee({ tariff: definition, billed, fee, locale: 'ja' })],
    exTaxMinor: row.feeExTaxMinor,
    taxRateBps: row.feeTaxRateBps,
    taxMinor: row.feeTaxMinor,
  };
}
