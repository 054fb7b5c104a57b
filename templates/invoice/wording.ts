import { formatPercent } from '../../src/shared/average.rules.ts';
import type { Currency, Locale } from '../../src/shared/money.ts';
import { labelIn, writeDate, writePeriod, writeShortDate } from '../pdf/document-format.ts';
import type { Label } from '../pdf/label.ts';
import { isRefund, type PrintedSums } from './invoice.rules.ts';
import type { InvoiceItem, InvoicePart, InvoiceTax, LineInvoice } from './invoice.types.ts';

/** All fixed texts of the document in one file, for proofreading. */
export const labels = {
  title: { ja: 'ご利用代金請求書', en: 'Invoice' },
  number: { ja: '請求書番号', en: 'Invoice no.' },
  issueDate: { ja: '発行日', en: 'Date of issue' },
  period: { ja: 'ご請求月', en: 'Billing period' },
  line: { ja: '回線ID', en: 'Line ID' },
  registration: { ja: '登録番号', en: 'Registration no.' },
  total: { ja: 'ご請求金額', en: 'Total' },
  credit: { ja: 'ご返金額', en: 'Credit' },
  dueDate: { ja: 'お支払期限', en: 'Due date' },
  payment: { ja: 'お支払方法', en: 'How it is paid' },
  nothingDue: { ja: 'お支払い', en: 'Payment' },
  summary: { ja: '税率別の合計', en: 'Totals by tax rate' },
} as const satisfies Record<string, Label>;

/** The three parts; their companions in English documents have no number. */
const partNames: Record<InvoicePart, Label & { readonly position: number }> = {
  own: { position: 1, ja: '当社のご利用分', en: 'Our own services' },
  registered: {
    position: 2,
    ja: '適格請求書発行事業者のご利用分',
    en: 'Companies registered for consumption tax',
  },
  unregistered: {
    position: 3,
    ja: 'その他の事業者のご利用分（適格請求書の対象外）',
    en: 'Companies not registered (not on the qualified invoice)',
  },
};

/** The title of a part, with its number. */
export function partLabel(part: InvoicePart, language: Locale): Label {
  const { position, ...name } = partNames[part];
  const label = labelIn(name, language);
  return { ja: `${position}　${label.ja}`, en: label.en };
}

const units: Record<Currency, Label> = {
  JPY: { ja: '円', en: 'JPY' },
  EUR: { ja: 'ユーロ', en: 'EUR' },
};

/** Heads of columns, by the currency of the amounts. */
export function columnsOf(currency: Currency) {
  const unit = units[currency];
  return {
    suppliedOn: { ja: 'ご利用日', en: 'Date' },
    content: { ja: 'ご利用内容', en: 'Item' },
    company: { ja: '会社名', en: 'Company' },
    taxRate: { ja: '税率', en: 'Tax rate' },
    amount: { ja: `金額（税込・${unit.ja}）`, en: `Amount incl. tax, ${unit.en}` },
    kind: { ja: '区分', en: 'Supplies' },
    items: { ja: '件数', en: 'Items' },
    tax: { ja: `内消費税額（${unit.ja}）`, en: `Tax included, ${unit.en}` },
  } as const satisfies Record<string, Label>;
}

/** Texts that are in one language only. */
export const sentences = {
  ja: {
    lead: '回線のご利用料金とあわせてお支払いいただくコンテンツ等の代金を、下記のとおりご請求申し上げます。',
    leadCredit: '下記の金額を、次回の回線ご利用料金のご請求から差し引きます。',
    withLine: '回線のご利用料金とあわせてのご請求',
    nothingDue: '必要ございません',
    none: 'ご利用はございません。',
    continued: '（続き）',
    qualifiedTotal: '適格請求書の合計',
    subtotal: '小計',
    total: 'ご請求金額',
    totalCredit: '差引ご返金額',
    refundSubtotal: 'うちご返金',
    refundedOn: 'ご返金日',
    outside: '対象外',
    mark: '※は軽減税率の対象であることを示します。',
  },
  en: {
    lead: 'For digital content and goods that are paid together with your line bill, we charge as follows.',
    leadCredit: 'We deduct the following amount from your next line bill.',
    withLine: 'Charged together with your line bill',
    nothingDue: 'Nothing to pay',
    none: 'No purchases.',
    continued: ' (continued)',
    qualifiedTotal: 'Total of the qualified invoice',
    subtotal: 'Subtotal',
    total: 'Total',
    totalCredit: 'Credit',
    refundSubtotal: 'Refunds',
    refundedOn: 'refunded',
    outside: 'not stated',
    mark: '※ The reduced tax rate applies.',
  },
} as const satisfies Record<Locale, Record<string, string>>;

/** Says which invoice this one replaces; none for one that was not corrected. */
export function writeReplaced({ replaces, language }: Pick<LineInvoice, 'replaces' | 'language'>): string[] {
  if (!replaces) return [];
  const { number, issueDate } = replaces;
  const date = writeDate(issueDate, language);
  return [
    language === 'ja'
      ? `この請求書は、${date}付けの請求書 ${number} を訂正し差し替えるものです。ご請求金額に変わりはありません。`
      : `This invoice replaces No. ${number} of ${date}. The amount is the same.`,
  ];
}

/** `10%対象`, `8%対象（軽減税率）`. */
export function rateName({ taxCode, taxRateBps }: InvoiceTax, language: Locale): string {
  const rate = formatPercent(taxRateBps);
  if (language === 'en') return taxCode === 'reduced' ? `At ${rate} (reduced rate)` : `At ${rate}`;
  return taxCode === 'reduced' ? `${rate}対象（軽減税率）` : `${rate}対象`;
}

export function unregisteredRateName(tax: InvoiceTax, language: Locale): string {
  const suffix = language === 'ja' ? '　登録のない事業者' : ', companies not registered';
  return rateName(tax, language) + suffix;
}

/** `10%`, and `8% ※` for the reduced rate, which by law must be marked. */
export function writeTax(tax: InvoiceTax): string {
  return formatPercent(tax.taxRateBps) + (tax.taxCode === 'reduced' ? ' ※' : '');
}

/** What was supplied or given back, with the mark of the reduced rate. */
export function writeContent(item: InvoiceItem, language: Locale): string {
  const prefix = language === 'ja' ? 'ご返金：' : 'Refund: ';
  const mark = item.taxCode === 'reduced' ? ' ※' : '';
  return (isRefund(item) ? prefix : '') + item.description + mark;
}

/** The service; of a refund also the day and billing period of the supply that it gives back. */
export function writeService(
  { service, originalSuppliedOn, originalPeriod }: InvoiceItem,
  language: Locale,
): string {
  if (originalPeriod === null) return service;
  const period = writePeriod(originalPeriod, language);
  const day = originalSuppliedOn === null ? '' : writeShortDate(originalSuppliedOn, language);
  const original = language === 'ja' ? `元のご利用 ${day}（${period}）` : `Supplied on ${day} (${period})`;
  return `${service}\n${original}`;
}

type Printed = Pick<PrintedSums, 'hasRefunds'>;

/** The notes of an invoice with the items that were printed, in their order. */
export function listNotes(invoice: LineInvoice, printed: Printed): string[] {
  return invoice.language === 'ja' ? notesJa(invoice, printed) : notesEn(invoice, printed);
}

function notesJa({ rateTotals, issuer, hasLateItems }: LineInvoice, { hasRefunds }: Printed): string[] {
  return [
    '消費税額は、適格請求書の対象となる代金を税率ごとに合計した税込金額から一回だけ計算し、1円未満を切り捨てています。',
    `「2」の代金は、各事業者の委託により、${issuer.name}の名称と登録番号を記載してご請求しています（媒介者等による適格請求書の交付の特例。消費税法施行令第70条の12）。`,
    ...(rateTotals.some(({ isQualified }) => !isQualified)
      ? [
          '「3」の事業者は、ご利用日に適格請求書発行事業者の登録がないため、その代金は適格請求書の対象外です。',
        ]
      : []),
    ...(hasRefunds
      ? [
          '「ご返金」は、元のご利用日（ご請求月）の代金をお返しするもので、元のご利用時の税率によります。この請求書は適格返還請求書を兼ね、税率ごとの金額と消費税額は、ご返金を差し引いた後のものです。',
        ]
      : []),
    '回線のご利用料金など、この請求書にない当社の料金は、別にお送りする請求書をご覧ください。',
    ...(hasLateItems ? ['ご請求の対象期間より前の日付のご利用は、前の期間の締切り後に届いたものです。'] : []),
    `商品やサービスの内容は各社へ、ご請求については ${issuer.contact} へお問い合わせください。`,
  ];
}

function notesEn({ rateTotals, issuer, hasLateItems }: LineInvoice, { hasRefunds }: Printed): string[] {
  return [
    'Consumption tax is calculated once for each rate, from the total including tax of the supplies on the qualified invoice; fractions of a yen are dropped.',
    `Part 2 is invoiced for the companies under the name and registration number of ${issuer.name} (invoices issued by agents, Article 70-12 of the Consumption Tax Act Enforcement Order).`,
    ...(rateTotals.some(({ isQualified }) => !isQualified)
      ? [
          'The companies of part 3 were not registered on the date of supply: these amounts are not part of the qualified invoice.',
        ]
      : []),
    ...(hasRefunds
      ? [
          'A refund gives back what was supplied on the date (in the billing period) stated with it, at the tax rate of that supply. This invoice is a qualified return invoice as well: amounts and tax per rate are those after refunds.',
        ]
      : []),
    'Our charges for the line itself are not on this invoice; please see your line bill.',
    ...(hasLateItems
      ? ['Items dated before the billing period reached us after the previous period had closed.']
      : []),
    `Please ask the companies about what you bought, and ${issuer.contact} about this invoice.`,
  ];
}
