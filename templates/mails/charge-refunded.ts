import { purchaseRows } from './common-parts.ts';
import { link, rows, text, type MailTemplate } from './mail-content.ts';

export const chargeRefunded: MailTemplate<'charge-refunded'> = {
  ja: (facts, format) => ({
    subject: `ご返金のお知らせ（${format.name(facts.service)}、${format.money(facts.refundMinor)}）`,
    blocks: [
      text(
        facts.invoiceMonth === null
          ? '次のご購入について、ご返金いたします。回線のご契約が終了しているため、銀行口座へお振り込みします。手続きについては、サポート窓口からご案内します。'
          : `次のご購入について、ご返金いたします。ご利用回線の${format.month(facts.invoiceMonth)}分の料金から差し引きます。`,
      ),
      {
        kind: 'figure',
        label: `ご返金額（税込、税率${facts.taxPercent}%）`,
        value: format.money(facts.refundMinor),
      },
      rows(
        ...purchaseRows.ja(facts, format),
        ['これまでのご返金額の合計', format.money(facts.refundedMinor)],
        ['ご返金の理由', format.name(facts.reason)],
        ['返金日時', format.dateTime(facts.refundedAt)],
        ['返金番号', facts.refundNumber],
        ['販売元の連絡先', facts.sellerContact],
      ),
      link('購入の内容を見る', facts.url),
    ],
    why: 'ご購入の代金をお返しするため、回線のご契約者へお送りしました。',
  }),
  en: (facts, format) => ({
    subject: `Your refund: ${format.name(facts.service)}, ${format.money(facts.refundMinor)}`,
    blocks: [
      text(
        facts.invoiceMonth === null
          ? 'The purchase below is refunded. Your contract for the line has ended, so the money is paid to a bank account. The support centre will contact you about it.'
          : `The purchase below is refunded. It is deducted from the bill of your line for ${format.month(facts.invoiceMonth)}.`,
      ),
      {
        kind: 'figure',
        label: `Refund (tax of ${facts.taxPercent}% included)`,
        value: format.money(facts.refundMinor),
      },
      rows(
        ...purchaseRows.en(facts, format),
        ['Refunded so far', format.money(facts.refundedMinor)],
        ['Reason', format.name(facts.reason)],
        ['Refunded', format.dateTime(facts.refundedAt)],
        ['Refund number', facts.refundNumber],
        ['Contact of the seller', facts.sellerContact],
      ),
      link('View this purchase', facts.url),
    ],
    why: 'You held the line when the purchase was made, and its price is given back.',
  }),
};
