import type { Label } from '../pdf/label.ts';
import type { Statement, StatementBankAccount, StatementFee } from './statement.types.ts';

/** All fixed texts of the document in one file, for proofreading. */
export const labels = {
  title: { ja: '精算書 兼 手数料請求書', en: 'Settlement statement and fee invoice' },
  number: { ja: '精算書番号', en: 'Statement no.' },
  issueDate: { ja: '発行日', en: 'Date of issue' },
  period: { ja: '対象期間', en: 'Billing period' },
  payout: { ja: 'お支払金額', en: 'Payout' },
  payoutDate: { ja: 'お支払日', en: 'Payout date' },
  account: { ja: 'お振込先', en: 'Bank account' },
  calculation: { ja: '精算金額の計算', en: 'Calculation' },
  billed: { ja: 'ご請求総額（税込）', en: 'Billed to lines, incl. tax' },
  refunded: { ja: '返金額', en: 'Refunds' },
  feeBase: { ja: '手数料対象額', en: 'Base of the fee' },
  feeExTax: { ja: '手数料（税抜）', en: 'Fee, excl. tax' },
  feeTax: { ja: '手数料に係る消費税', en: 'Tax on the fee' },
  feeInclTax: { ja: '手数料（税込）', en: 'Fee, incl. tax' },
  setUpExTax: { ja: '工事費（税抜）', en: 'Set-up fee, excl. tax' },
  setUpTax: { ja: '工事費に係る消費税', en: 'Tax on the set-up fee' },
  clawback: { ja: '未収による返還額', en: 'Clawed back, not paid by lines' },
  recovery: { ja: '未収分の回収額', en: 'Recovered from lines' },
  transferFee: { ja: '振込手数料（税込）', en: 'Transfer fee, incl. tax' },
  carriedIn: { ja: '前月繰越額', en: 'Carried in' },
  due: { ja: '差引精算額', en: 'Balance' },
  carriedOut: { ja: '翌月繰越額', en: 'Carried out' },
  feeBasis: { ja: '手数料の算定', en: 'How the fee was determined' },
  tariff: { ja: '料金表', en: 'Tariff' },
  lines: { ja: '請求回線数', en: 'Lines billed' },
  average: { ja: '1回線あたり平均', en: 'Average per line' },
  branch: { ja: '適用区分', en: 'Rule applied' },
  invoice: { ja: '適格請求書（手数料）', en: 'Qualified invoice for the fee' },
  sales: { ja: 'サービス別・税率別の内訳', en: 'By service and tax rate' },
  noDetails: { ja: '対象期間の明細はありません。', en: 'No details in this period.' },
  details: { ja: '明細', en: 'Details by closing day, service and tax rate' },
} as const satisfies Record<string, Label>;

export const columns = {
  closingDate: { ja: '締日', en: 'Closing day' },
  service: { ja: 'サービス', en: 'Service' },
  taxRate: { ja: '税率', en: 'Tax rate' },
  lines: { ja: '回線数', en: 'Lines' },
  items: { ja: '件数', en: 'Items' },
  amount: { ja: '金額（税込・円）', en: 'Amount incl. tax, JPY' },
  includedTax: { ja: '内消費税額（円）', en: 'Tax included, JPY' },
  supplyPeriod: { ja: '取引期間', en: 'Period of supply' },
  content: { ja: '取引内容', en: 'Content' },
  exTax: { ja: '対価の額（税抜・円）', en: 'Total excl. tax, JPY' },
  tax: { ja: '消費税額（円）', en: 'Tax, JPY' },
  inclTax: { ja: '合計（税込・円）', en: 'Total incl. tax, JPY' },
} as const satisfies Record<string, Label>;

export const branchLabels: Record<StatementFee['branch'], Label> = {
  minimum: { ja: '回線あたり最低額', en: 'Per-line minimum' },
  percent: { ja: '料率', en: 'Percentage' },
  band: { ja: '区分', en: 'Band' },
};

/** In place of a tax rate. */
export const exempt: Label = { ja: '非課税', en: 'Exempt' };

export const noFee: Label = { ja: '手数料なし', en: 'No fee' };

export const accountTypes: Record<StatementBankAccount['accountType'], string> = {
  ordinary: '普通',
  current: '当座',
  savings: '貯蓄',
  other: 'その他',
};

const legalModels: Record<Statement['legalModel'], string> = {
  agency:
    '本書は、当社が貴社の委託により代金の収納を代行した（収納代行方式）ご利用代金の精算内容を通知するものです。回収できなかった代金は、契約の定めにより貴社のご負担となります。',
  assignment:
    '本書は、当社が貴社より譲り受けた（債権譲渡方式）ご利用代金債権の譲渡代金の精算内容を通知するものです。譲渡後に回収できなかった代金は、当社が負担いたします。',
};

const settlementBases: Record<Statement['settlementBasis'], string> = {
  billed: '精算は請求額を基準としています。',
  collected: '精算は回収額を基準としています。',
};

/** The notes at the end of the statement, in their order. */
export function listNotes(statement: Statement): string[] {
  const reduced = statement.rateTotals.some((total) => total.taxCode === 'reduced');
  return [
    legalModels[statement.legalModel] + settlementBases[statement.settlementBasis],
    `対象期間は、各締日（${statement.closingDates.join('、')}）に終わる請求期間の合計です。`,
    '内消費税額は、税率ごとの税込合計額から一回だけ計算し、1円未満を切り捨てています。回線数の合計は、同一回線の重複を除いた数です。',
    ...(reduced ? ['※は軽減税率対象であることを示します。 (※ Reduced tax rate)'] : []),
    ...(statement.fee.taxable
      ? []
      : [
          '手数料は、債権の譲渡に係るもので消費税が課されないため、適格請求書の対象ではありません。 (The fee is exempt from consumption tax and on no qualified invoice.)',
        ]),
    '手数料以外の金額は、貴社がお客様に提供された商品・サービスの対価であり、当社の売上げではありません。',
  ];
}

/** Of the set-up fee on the carrier's invoice. */
export const setUpContent = '工事費（初期費用）';

/** The supply on the carrier's invoice: domain.md section 5 requires a description of it. */
export function invoiceContent(statement: Statement): string {
  return statement.legalModel === 'agency' ? '料金収納代行手数料' : '債権譲渡・料金回収手数料';
}
