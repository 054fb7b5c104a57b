import type { Locale } from '../../src/shared/money.ts';
import type { Label } from '../pdf/label.ts';
import { writePeriod } from '../pdf/document-format.ts';
import type { Receipt } from './receipt.types.ts';

/*
 * The document is called a record of the purchase (控え), not a receipt (領収書): a receipt confirms that money was taken
 * (Civil Code, Article 486), and here the money is collected later, with the line bill. Neither is it a qualified invoice:
 * that is the line invoice, which rounds the tax once for each rate, and a supply must not be invoiced twice.
 */
export const labels = {
  title: { ja: 'ご購入内容の控え', en: 'Record of purchase' },
  number: { ja: '購入番号', en: 'Purchase no.' },
  boughtAt: { ja: 'ご購入日時', en: 'Date and time' },
  amount: { ja: 'ご購入金額（税込）', en: 'Amount, including tax' },
  refunded: { ja: 'ご返金額（税込）', en: 'Refunded, including tax' },
  remaining: { ja: 'ご返金後の金額（税込）', en: 'Amount after refunds, including tax' },
  invoice: { ja: 'ご請求', en: 'Invoice' },
  invoiceNumber: { ja: '請求書番号', en: 'Invoice no.' },
  dueDate: { ja: 'お支払期限', en: 'Due date' },
  purchase: { ja: 'ご購入内容', en: 'What was bought' },
  item: { ja: '商品・サービス', en: 'Item' },
  service: { ja: 'サービス名', en: 'Service' },
  kind: { ja: 'お支払いの種類', en: 'Kind' },
  suppliedOn: { ja: '取引年月日', en: 'Date of supply' },
  tax: { ja: '税率・内消費税額', en: 'Tax rate and tax' },
  seller: { ja: '販売元', en: 'Seller' },
  sellerName: { ja: '会社名', en: 'Company' },
  sellerAddress: { ja: '所在地', en: 'Address' },
  sellerTelephone: { ja: '電話番号', en: 'Telephone' },
  registration: { ja: '登録番号', en: 'Registration no.' },
  confirmation: { ja: 'ご購入の確認', en: 'How it was confirmed' },
  line: { ja: '回線ID', en: 'Line ID' },
  issuedId: { ja: '発行ID', en: 'Issued ID' },
  confirmedAt: { ja: '確認日時', en: 'Confirmed' },
  provenBy: { ja: 'ご本人の確認', en: 'Proof of the person' },
  address: { ja: '接続元アドレス', en: 'Connected from' },
} as const satisfies Record<string, Label>;

export const kinds: Record<Receipt['kind'], Record<Locale, string>> = {
  one_time: { ja: '都度のお支払い', en: 'One-time purchase' },
  monthly: { ja: '月額のお支払い', en: 'Monthly subscription' },
  usage: { ja: '同意に基づくお支払い', en: 'Use under a consent' },
};

type Confirmation = NonNullable<Receipt['confirmation']>;

export const proofs: Record<Confirmation['provenBy'], Record<Locale, string>> = {
  password: { ja: '回線の認証と発行ID・パスワード', en: 'Proof of the line, issued ID and password' },
  passkey: { ja: '回線の認証とパスキー', en: 'Proof of the line and passkey' },
};

/** What was confirmed where it was not the purchase itself. */
export const subjects: Record<Confirmation['subject'], Record<Locale, string>> = {
  charge: { ja: '', en: '' },
  subscription: { ja: '（月額のお申込み時）', en: ' (when the subscription began)' },
  consent: { ja: '（同意時）', en: ' (when the consent was granted)' },
};

export const sentences = {
  ja: {
    lead: '下記のとおりご購入いただきました。',
    leadReserved: '下記のご購入を承りました。代金は、販売元が提供したときに確定します。',
    notYet: '提供時に確定します',
    withLine: '回線のご利用料金とあわせてのご請求',
    lastRefund: (date: string) => `（最終 ${date}）`,
    unregistered: '登録なし（適格請求書の対象外）',
  },
  en: {
    lead: 'This is what was bought.',
    leadReserved: 'This purchase was confirmed. It is charged when the seller delivers.',
    notYet: 'Charged on delivery',
    withLine: 'Together with your line bill',
    lastRefund: (date: string) => ` (last on ${date})`,
    unregistered: 'Not registered (not on the qualified invoice)',
  },
} as const satisfies Record<Locale, Record<string, string | ((date: string) => string)>>;

/** The notes of the record, in their order. */
export function listNotes({ language, invoice, tax, carrier, seller }: Receipt): string[] {
  return language === 'ja'
    ? [
        'この控えは、ご購入の内容をお知らせするものです。代金は回線のご利用料金とあわせてお支払いいただくため、代金の受領を示す領収書ではありません。',
        ...(invoice
          ? [
              `適格請求書は、${writePeriod(invoice.billingPeriod, language)}のご利用代金請求書${invoice.number === null ? '（発行前）' : `（${invoice.number}）`}です。この控えは適格請求書ではありません。`,
            ]
          : []),
        ...(tax
          ? ['消費税額は、この購入だけで計算した参考額です。請求書では、税率ごとの合計から計算します。']
          : []),
        `商品やサービスについては ${seller.name} へ、お支払いについては ${carrier.contact} へお問い合わせください。`,
      ]
    : [
        'This is a record of what was bought. It is not a receipt of payment: the amount is paid together with the line bill.',
        ...(invoice
          ? [
              `The qualified invoice is the invoice of ${writePeriod(invoice.billingPeriod, language)}${invoice.number === null ? ', not issued yet' : ` (${invoice.number})`}. This record is not a qualified invoice.`,
            ]
          : []),
        ...(tax
          ? [
              'The tax is that of this purchase alone, for information; the invoice calculates it from the total of each rate.',
            ]
          : []),
        `Please ask ${seller.name} about what you bought, and ${carrier.contact} about the payment.`,
      ];
}
