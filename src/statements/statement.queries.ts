import { setUpInvoiceNumber } from '../../templates/statement/statement.rules.ts';
import type {
  Statement,
  StatementAdjustment,
  StatementClawback,
  StatementSetUp,
} from '../../templates/statement/statement.types.ts';
import { accountTermsOf, type BankAccountTerms } from '../bank-accounts/bank-account.rules.ts';
import type { Deps } from '../deps.ts';
import { emOf } from '../database/transaction.ts';
import { sqlOf } from '../database/sql.ts';
import { listCommissions } from '../partners/partner.queries.ts';
import { formatPercent } from '../shared/average.rules.ts';
import { businessDateOf, closingDatesOf, lastClosingDateOf } from '../shared/calendar.rules.ts';
import { transferDate } from '../shared/order-window.rules.ts';
import { calculateFee } from '../settlements/fee.rules.ts';
import { explainFee } from '../settlements/fee-wording.rules.ts';
import { findSettledBefore } from '../settlements/settlement-terms.queries.ts';
import type { SettlementDocumentContent } from '../settlements/settlement-document.ts';
import { feeBase } from '../settlements/settlement.rules.ts';
import { listSettlementLines, streamDetails } from './statement-details.queries.ts';
import { listStatementRefunds } from './statement-refunds.queries.ts';
import { describeIssuer, describeRecipient, sumByRate } from './statement.rules.ts';

/**
 * The content of the statement of a settlement, from the documents kept with it, so that later changes do not alter it.
 * Recalculates the fee from the sums for its explanation, and throws when it is not the settled one: a statement explains
 * what is paid.
 */
export async function getStatement(deps: Deps, settlementId: string): Promise<Statement> {
  return await describe(deps, await getRow(deps, settlementId));
}

/** A statement that corrects an issued one: its parties are others, its figures the same. */
export async function getCorrectedStatement(
  deps: Deps,
  correction: Pick<SettlementRow, 'content' | 'number'> & {
    readonly settlementId: string;
    readonly correctedOn: string;
    readonly replaces: NonNullable<Statement['replaces']>;
  },
): Promise<Statement> {
  const { settlementId, content, number, correctedOn, replaces } = correction;
  const row = await getRow(deps, settlementId);
  return { ...(await describe(deps, { ...row, content, number })), issueDate: correctedOn, replaces };
}

/** What the statement of a draft would say if it were approved today, with the content that its approval would keep. */
export async function getDraftStatement(
  deps: Deps,
  settlementId: string,
  content: SettlementDocumentContent,
): Promise<Statement> {
  const row = await sqlOf(emOf(deps))
    .selectFrom('settlement')
    .selectAll()
    .where('id', '=', settlementId)
    .executeTakeFirstOrThrow();
  const today = businessDateOf(deps.clock.now(), deps.config.timeZone);
  const asApproved = { ...content, transferOn: transferDate(row.payoutOn, today, deps.config.currency) };
  return { ...(await describe(deps, { ...row, content: asApproved })), isDraft: true };
}

async function describe(deps: Deps, row: SettlementRow): Promise<Statement> {
  const { company, bankAccount } = row.content;
  const language = company.language ?? 'ja';
  const inEnglish = language === 'en';
  const services = inEnglish
    ? row.content.services.map((service) => ({ ...service, name: service.nameEn }))
    : row.content.services;
  const settlementId = row.id;
  const refunds = await listStatementRefunds(deps, row);
  const settlementLines = await listSettlementLines(deps, settlementId, services);
  const closingDates = closingDatesOf(row.billingPeriod).map(({ closesOn }) => closesOn);
  return {
    language,
    isDraft: false,
    replaces: null,
    number: row.number,
    billingPeriod: row.billingPeriod,
    periodFrom: `${row.billingPeriod}-01`,
    periodTo: lastClosingDateOf(row.billingPeriod),
    closingDates,
    issueDate: row.settledOn,
    issuer: describeIssuer(row.content.issuer ?? deps.config.carrier, language),
    recipient: describeRecipient(inEnglish ? { ...company, name: company.nameEn } : company, row.settledOn),
    legalModel: row.legalModel,
    settlementBasis: row.settlementBasis,
    billedMinor: row.billedMinor,
    refundedMinor: row.refundedMinor,
    lineCount: row.lineCount,
    itemCount: row.itemCount,
    settlementLines,
    rateTotals: sumByRate(settlementLines),
    refunds,
    refundRates: sumByRate(refunds),
    fee: await describeFee(deps, row),
    setUp: describeSetUp(row),
    clawbacks: await listClawbacks(deps, settlementId),
    transferFeeMinor: row.transferFeeMinor,
    adjustments: await listCommissionRows(deps, row),
    carriedInMinor: row.carriedInMinor,
    carriedOutMinor: row.carriedOutMinor,
    payoutMinor: row.payoutMinor,
    minimumPayoutMinor: BigInt(row.content.contract.minimumPayoutMinor ?? 0),
    payoutDate: row.payoutMinor > 0n ? (row.content.transferOn ?? row.payoutOn) : null,
    bankAccount: describeAccount(accountTermsOf(bankAccount)),
    details: streamDetails(deps, row, services),
  };
}

function describeSetUp({ content, number, setUpExTaxMinor, setUpTaxMinor }: SettlementRow): StatementSetUp {
  const isNamed = content.isSetUpInvoicedApart === true && setUpExTaxMinor > 0n;
  return {
    exTaxMinor: setUpExTaxMinor,
    taxMinor: setUpTaxMinor,
    ...(isNamed && { invoiceNumber: setUpInvoiceNumber(number) }),
  };
}

function describeAccount(account: BankAccountTerms): Statement['bankAccount'] {
  const { bankName, branchName, accountType, accountNumber, accountHolder: holder, iban, bic } = account;
  return { bankName, branchName, accountType, accountNumber, holder, ...(iban !== '' && { iban, bic }) };
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

/** What the company pays its sales partners: a row for each, and one for its tax. */
async function listCommissionRows(
  deps: Deps,
  { id, commissionMinor }: SettlementRow,
): Promise<StatementAdjustment[]> {
  if (commissionMinor === 0n) return [];
  const commissions = await listCommissions(deps, id);
  return commissions
    .filter(({ paidBy }) => paidBy === 'company')
    .flatMap(({ name, nameEn, exTaxMinor, taxRateBps, taxMinor }) => [
      { label: { ja: `取次手数料 ${name}`, en: `Commission ${nameEn}` }, amountMinor: -exTaxMinor },
      {
        label: {
          ja: `同 消費税（${formatPercent(taxRateBps)}）`,
          en: `Tax on it (${formatPercent(taxRateBps)})`,
        },
        amountMinor: -taxMinor,
      },
    ])
    .filter(({ amountMinor }) => amountMinor !== 0n);
}

/** What lines did not pay, and paid later, by the period of the charges, the oldest first. */
async function listClawbacks(deps: Deps, settlementId: string): Promise<StatementClawback[]> {
  const rows = await sqlOf(emOf(deps))
    .selectFrom('clawback')
    .select(['kind', 'billingPeriod as originalPeriod'])
    .select(({ fn }) => fn.sum('amountMinor').as('amount'))
    .where('settlementId', '=', settlementId)
    .groupBy(['kind', 'billingPeriod'])
    .orderBy('kind')
    .orderBy('billingPeriod')
    .execute();
  return rows.map(({ amount, ...row }) => ({ ...row, amountMinor: BigInt(amount) }));
}

async function describeFee(deps: Deps, row: SettlementRow): Promise<Statement['fee']> {
  const { name, nameEn, definition } = row.content.tariff;
  const locale = row.content.company.language ?? 'ja';
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
    tariffName: locale === 'en' ? nameEn : name,
    // A tariff without bands that is charged by its volume steps counts items.
    branch: fee.branch === 'band' && definition.bands.length === 0 ? 'items' : fee.branch,
    reasons: [explainFee({ tariff: definition, billed, fee, locale })],
    exTaxMinor: row.feeExTaxMinor,
    taxable: row.feeTaxable,
    taxRateBps: row.feeTaxRateBps,
    taxMinor: row.feeTaxMinor,
  };
}
