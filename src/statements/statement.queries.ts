import type { Statement, StatementAdjustment } from '../../templates/statement/statement.types.ts';
import { labels } from '../../templates/statement/wording.ts';
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
  const { company, bankAccount, services } = row.content;
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
    legalModel: row.legalModel,
    settlementBasis: row.settlementBasis,
    billedMinor: row.billedMinor,
    refundedMinor: row.refundedMinor,
    lineCount: row.lineCount,
    itemCount: row.itemCount,
    settlementLines,
    rateTotals: sumByRate(settlementLines),
    fee: await describeFee(deps, row),
    setUp: { exTaxMinor: row.setUpExTaxMinor, taxMinor: row.setUpTaxMinor },
    adjustments: listAdjustments(row),
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

type SettlementRow = Awaited<ReturnType<typeof getRow>>;

/** By rule version 1 the set-up fee was a part of the fee of the first settlement that billed anything. */
async function isFirstBilled(deps: Deps, { billingPeriod, companyId }: SettlementRow): Promise<boolean> {
  const before = await findSettledBefore(deps, billingPeriod, [companyId]);
  return !before.get(companyId)?.hasBilled;
}

function listAdjustments(row: SettlementRow): StatementAdjustment[] {
  const adjustments = [
    { label: labels.clawback, amountMinor: -row.clawbackMinor },
    { label: labels.recovery, amountMinor: row.recoveryMinor },
    { label: labels.transferFee, amountMinor: -row.transferFeeMinor },
  ];
  return adjustments.filter(({ amountMinor }) => amountMinor !== 0n);
}

async function describeFee(deps: Deps, row: SettlementRow): Promise<Statement['fee']> {
  const { name, definition } = row.content.tariff;
  const billed = feeBase({
    billed: row,
    refundedMinor: row.refundedMinor,
    setUpInFee: row.ruleVersion === 1 ? await isFirstBilled(deps, row) : undefined,
  });
  const fee = calculateFee(definition, billed);
  if (fee.feeExTaxMinor !== row.feeExTaxMinor || fee.branch !== row.feeBranch) {
    throw new Error(`the fee comes to ${fee.feeExTaxMinor}, but ${row.feeExTaxMinor} was settled`);
  }
  return {
    tariffName: name,
    branch: fee.branch,
    reasons: [explainFee({ tariff: definition, billed, fee, locale: 'ja' })],
    exTaxMinor: row.feeExTaxMinor,
    taxable: row.feeTaxable,
    taxRateBps: row.feeTaxRateBps,
    taxMinor: row.feeTaxMinor,
  };
}
