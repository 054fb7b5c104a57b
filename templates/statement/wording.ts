import type { Locale } from '../../src/shared/money.ts';
import { writeDate } from '../pdf/document-format.ts';
import type { Label } from '../pdf/label.ts';
import { formatYen } from './statement.format.ts';
import type { Statement, StatementBankAccount, StatementClawback, StatementFee } from './statement.types.ts';

/** All fixed texts of the document in one file, for proofreading. */
export const labels = {
  title: { ja: '精算書 兼 手数料請求書', en: 'Settlement statement and fee invoice' },
  /** Of a statement without anything taxed, which is no invoice. */
  plainTitle: { ja: '精算書', en: 'Settlement statement' },
  draft: { ja: '下書き', en: 'DRAFT' },
  number: { ja: '精算書番号', en: 'Statement no.' },
  issueDate: { ja: '発行日', en: 'Date of issue' },
  period: { ja: '対象期間', en: 'Billing period' },
  payout: { ja: 'お支払金額', en: 'Payout' },
  payoutDate: { ja: 'お支払日', en: 'Payout date' },
  account: { ja: 'お振込先', en: 'Bank account' },
  calculation: { ja: '精算金額の計算', en: 'Calculation' },
  billed: { ja: 'ご請求総額（税込）', en: 'Billed to lines, incl. tax' },
  refunded: { ja: '返金額（税込）', en: 'Refunds, incl. tax' },
  feeBase: { ja: '手数料対象額', en: 'Base of the fee' },
  feeExTax: { ja: '手数料（税抜）', en: 'Fee, excl. tax' },
  exemptFee: { ja: '手数料（消費税対象外）', en: 'Fee, no tax' },
  feeTax: { ja: '手数料に係る消費税', en: 'Tax on the fee' },
  setUpExTax: { ja: '工事費（税抜）', en: 'Set-up fee, excl. tax' },
  setUpTax: { ja: '工事費に係る消費税', en: 'Tax on the set-up fee' },
  clawback: { ja: '未収による返還額', en: 'Clawed back, not paid by lines' },
  recovery: { ja: '未収分の回収額', en: 'Recovered from lines' },
  transferFee: { ja: '振込手数料（税込）', en: 'Transfer fee, incl. tax' },
  carriedIn: { ja: '前月からの繰越額', en: 'Carried in' },
  due: { ja: '差引精算額', en: 'Balance' },
  carriedOut: { ja: '翌月への繰越額', en: 'Carried out' },
  feeBasis: { ja: '手数料の算定', en: 'How the fee was determined' },
  tariff: { ja: '料金表', en: 'Tariff' },
  lines: { ja: '請求回線数', en: 'Lines billed' },
  average: { ja: '1回線あたり平均', en: 'Average per line' },
  branch: { ja: '適用区分', en: 'Rule applied' },
  invoice: { ja: '適格請求書（手数料）', en: 'Qualified invoice for the fee' },
  refunds: { ja: '返金の内訳（適格返還請求書）', en: 'Refunds (qualified return invoice)' },
  clawbacks: { ja: '未収と回収の内訳', en: 'Uncollected and recovered amounts' },
  sales: { ja: 'サービス別・税率別の内訳', en: 'By service and tax rate' },
  total: { ja: '合計', en: 'Total' },
  pageSum: { ja: '本ページ小計', en: 'Page subtotal' },
  carriedForward: { ja: '次ページへ繰越', en: 'Carried forward' },
  broughtForward: { ja: '前ページより繰越', en: 'Brought forward' },
  details: { ja: '締日・サービス・税率別の明細', en: 'Details by closing day, service and tax rate' },
} as const satisfies Record<string, Label>;

export const columns = {
  closingDate: { ja: '締日', en: 'Closing day' },
  service: { ja: 'サービス', en: 'Service' },
  taxRate: { ja: '税率', en: 'Tax rate' },
  lines: { ja: '回線数', en: 'Lines' },
  items: { ja: '件数', en: 'Items' },
  amount: { ja: '金額（税込・円）', en: 'Incl. tax, JPY' },
  includedTax: { ja: '内消費税額（円）', en: 'Tax in it, JPY' },
  supplyPeriod: { ja: '取引期間', en: 'Period of supply' },
  content: { ja: '取引内容', en: 'Content' },
  exTax: { ja: '対価（税抜・円）', en: 'Excl. tax, JPY' },
  tax: { ja: '消費税（円）', en: 'Tax, JPY' },
  inclTax: { ja: '合計（税込・円）', en: 'Incl. tax, JPY' },
  originalPeriod: { ja: '元の対象期間', en: 'Original period' },
  returnedOn: { ja: '返還日', en: 'Date of return' },
  kind: { ja: '区分', en: 'Kind' },
  yen: { ja: '金額（円）', en: 'Amount, JPY' },
} as const satisfies Record<string, Label>;

export const branchLabels: Record<StatementFee['branch'], Label> = {
  percent: { ja: '料率', en: 'Percentage' },
  minimum: { ja: '最低手数料', en: 'Minimum' },
  band: { ja: '段階', en: 'Band' },
  items: { ja: '件数', en: 'Per item' },
};

/** In place of a tax rate. */
export const exempt: Label = { ja: '対象外', en: 'no tax' };

export const noFee: Label = { ja: '手数料なし', en: 'No fee' };

export const clawbackKinds: Record<StatementClawback['kind'], Label> = {
  clawback: labels.clawback,
  recovery: labels.recovery,
};

export const byBank: Record<Locale, string> = { ja: '（銀行振込）', en: ' (by bank)' };

export const accountTypes: Record<Exclude<StatementBankAccount['accountType'], ''>, Label> = {
  ordinary: { ja: '普通', en: 'Ordinary' },
  current: { ja: '当座', en: 'Current' },
  savings: { ja: '貯蓄', en: 'Savings' },
  other: { ja: 'その他', en: 'Other' },
};

/** Texts that are in one language only. */
export const sentences = {
  ja: {
    lead: '下記のとおり精算いたしましたので、ご通知申し上げます。',
    leadDraft: '承認前の下書きです。金額は確定しておらず、本書は適格請求書ではありません。',
    unitOfLines: ' 回線',
    companyCode: '会社コード',
    registration: '登録番号',
    contact: 'お問い合わせ',
    issuer: '発行者',
    recipient: '宛先',
    noDetails: '対象期間の明細はありません。',
    noPayout: '今回のお支払いはございません。',
    subject: '精算書・適格請求書',
  },
  en: {
    lead: 'We have settled the period as follows.',
    leadDraft: 'A draft before approval: its figures are not final, and it is no qualified invoice.',
    unitOfLines: '',
    companyCode: 'Company',
    registration: 'Registration no.',
    contact: 'Contact',
    issuer: 'Issued by',
    recipient: 'To',
    noDetails: 'No details in this period.',
    noPayout: 'Nothing is paid out this time.',
    subject: 'Settlement statement and qualified invoice',
  },
} as const satisfies Record<Locale, Record<string, string>>;

/** Says which statement this one replaces; empty for none. */
export function correction({ replaces, language }: Statement): string {
  if (!replaces) return '';
  const date = writeDate(replaces.issueDate, language);
  return language === 'ja'
    ? `本書は、${date}付け精算書 ${replaces.number} を訂正するものです。同書に代えて本書を保存してください。`
    : `This statement corrects and replaces statement ${replaces.number} of ${date}. Please keep this one in its place.`;
}

/** Why nothing is paid out, and what becomes of the balance. */
export function noPayoutReason(statement: Statement): string {
  const { carriedOutMinor: carried, minimumPayoutMinor: minimum, language } = statement;
  const none = sentences[language].noPayout;
  if (carried === 0n) return none;
  if (language === 'ja') {
    if (carried < 0n)
      return `${none}差引精算額 ${formatYen(carried)} は翌月以降の精算に繰り越し、相殺いたします。`;
    const reason =
      carried < minimum ? `契約に定める最低支払額 ${formatYen(minimum)} に満たない` : '振込手数料を超えない';
    return `${none}差引精算額 ${formatYen(carried)} は、${reason}ため、全額を翌月に繰り越します。`;
  }
  if (carried < 0n)
    return `${none} The balance of ${formatYen(carried)} is carried to the next months and set off there.`;
  const reason =
    carried < minimum ? `below the minimum payout of ${formatYen(minimum)}` : 'not above the transfer fee';
  return `${none} The balance of ${formatYen(carried)} is ${reason} and carried to the next month in full.`;
}

const legalModels: Record<Locale, Record<Statement['legalModel'], string>> = {
  ja: {
    agency:
      '本書は、当社が貴社の委託により代金の収納を代行した（収納代行方式）ご利用代金の精算内容を通知するものです。回収できなかった代金は、契約の定めにより貴社のご負担となります。',
    assignment:
      '本書は、当社が貴社より譲り受けた（債権譲渡方式）ご利用代金債権の譲渡代金の精算内容を通知するものです。譲渡後に回収できなかった代金は、当社が負担いたします。',
  },
  en: {
    agency:
      'We collected these amounts on your behalf (collection agency). Amounts that lines do not pay are borne by you under the contract. ',
    assignment:
      'We bought these claims from you (assignment of claims). Amounts that lines do not pay after the assignment are borne by us. ',
  },
};

const settlementBases: Record<Locale, Record<Statement['settlementBasis'], string>> = {
  ja: { billed: '精算は請求額を基準としています。', collected: '精算は回収額を基準としています。' },
  en: {
    billed: 'Settled on the basis of what was billed.',
    collected: 'Settled on the basis of what was collected.',
  },
};

/** Which qualified invoices the statement consists of, where the set-up fee has one of its own. */
export function writeInvoiceNumbers({ number, fee, setUp, language }: Statement): string {
  if (setUp.invoiceNumber === undefined) return '';
  const both = fee.taxable && fee.exTaxMinor > 0n;
  if (language === 'ja')
    return both
      ? `　手数料（請求書番号 ${number}）と工事費（請求書番号 ${setUp.invoiceNumber}）は、それぞれ別の適格請求書です。消費税額は請求書ごとに計算し、1円未満を切り捨てています。`
      : `　工事費の請求書番号は ${setUp.invoiceNumber} です。`;
  return both
    ? ` The fee (invoice ${number}) and the set-up fee (invoice ${setUp.invoiceNumber}) are two qualified invoices; the tax of each is calculated once, and fractions of a yen are dropped.`
    : ` The invoice for the set-up fee has the number ${setUp.invoiceNumber}.`;
}

/** The notes at the end of the statement, in their order. */
export function listNotes(statement: Statement): string[] {
  const { language, legalModel, settlementBasis } = statement;
  const model = legalModels[language][legalModel] + settlementBases[language][settlementBasis];
  return [model, ...(language === 'ja' ? notesJa(statement) : notesEn(statement))];
}

/** Whether anything on the statement has the reduced rate. */
function hasReduced({ rateTotals, refundRates }: Statement): boolean {
  return [...rateTotals, ...refundRates].some((total) => total.taxCode === 'reduced');
}

function notesJa(statement: Statement): string[] {
  const closingDates = statement.closingDates.map((date) => writeDate(date, 'ja')).join('、');
  return [
    `対象期間は、各締日（${closingDates}）に終わる請求期間の合計です。`,
    '内消費税額は、税率ごとの税込合計額から一回だけ計算し、1円未満を切り捨てています。回線数の合計は、同一回線の重複を除いた数です。',
    ...(hasReduced(statement) ? ['※は軽減税率対象であることを示します。'] : []),
    ...(statement.fee.taxable
      ? []
      : [
          '手数料は、債権の譲渡に係るもので消費税が課されません。本書は、手数料については適格請求書に該当しません。',
        ]),
    ...(statement.refunds.length > 0
      ? [
          '返金は、お客様へのご請求から差し引いたもの、または銀行振込によりお返ししたものです。返金額の合計とその消費税額は、金額にかかわらず記載しています。',
        ]
      : []),
    '手数料以外の金額は、貴社がお客様に提供された商品・サービスの対価であり、当社の売上げではありません。',
  ];
}

function notesEn(statement: Statement): string[] {
  const closingDates = statement.closingDates.map((date) => writeDate(date, 'en')).join(', ');
  return [
    `The period is that of all closing groups, which end on ${closingDates}.`,
    'Tax in an amount is calculated once for each rate, from its total; fractions of a yen are dropped. In the total of lines, a line counts once.',
    ...(hasReduced(statement) ? ['※ The reduced tax rate applies.'] : []),
    ...(statement.fee.taxable
      ? []
      : [
          'The fee belongs to an assignment of claims, which is outside consumption tax. For the fee, this statement is no qualified invoice.',
        ]),
    ...(statement.refunds.length > 0
      ? [
          'Refunds were deducted from what lines were billed, or paid back by bank. Their totals and the tax in them are stated whatever their amount.',
        ]
      : []),
    'Amounts other than the fee are the price of your goods and services; they are not our sales.',
  ];
}

/** Of the set-up fee on the carrier's invoice. */
export const setUpContent: Label = { ja: '工事費（初期費用）', en: 'Set-up' };

/** The supply on the carrier's invoice: domain.md section 5 requires a description of it. */
export function invoiceContent({ legalModel, language }: Pick<Statement, 'legalModel' | 'language'>): string {
  if (language === 'en')
    return legalModel === 'agency' ? 'Collection fee' : 'Fee for assignment and collection';
  return legalModel === 'agency' ? '料金収納代行手数料' : '債権譲渡・料金回収手数料';
}
