import { goodsRows } from './common-parts.ts';
import { link, rows, text, warning, type MailTemplate } from './mail-content.ts';

export const purchaseReceipt: MailTemplate<'purchase-receipt'> = {
  ja: (facts, format) => ({
    subject: `ご購入の控え（${format.name(facts.service)}、${format.money(facts.amountMinor)}）`,
    blocks: [
      text(
        facts.invoiceMonth === null
          ? 'ご購入を承りました。料金は、ご利用回線の料金とあわせて請求されます。'
          : `ご購入を承りました。料金は、ご利用回線の${format.month(facts.invoiceMonth)}分の料金とあわせて請求されます。`,
      ),
      {
        kind: 'figure',
        label: `お支払い金額（税込、税率${facts.taxPercent}%）`,
        value: format.money(facts.amountMinor),
      },
      rows(
        ...goodsRows.ja(facts, format),
        ['販売元の連絡先', facts.sellerContact],
        ['購入日時', format.dateTime(facts.purchasedAt)],
        ['購入した方', `${facts.buyer}さん`],
        ['購入番号', facts.receiptNumber],
      ),
      link('購入の内容を見る', facts.url),
      warning(
        'お心当たりがないとき',
        '同じ回線をお使いのご家族の購入ではないかご確認のうえ、上のページから「心当たりがない」とお知らせください。',
      ),
    ],
    why: '購入のつどメールでお知らせする設定のため、回線のご契約者へお送りしました。',
  }),
  en: (facts, format) => ({
    subject: `Your receipt: ${format.name(facts.service)}, ${format.money(facts.amountMinor)}`,
    blocks: [
      text(
        facts.invoiceMonth === null
          ? 'Your purchase is confirmed. It will be billed together with your line.'
          : `Your purchase is confirmed. It will be billed together with your line, for ${format.month(facts.invoiceMonth)}.`,
      ),
      {
        kind: 'figure',
        label: `Amount (tax of ${facts.taxPercent}% included)`,
        value: format.money(facts.amountMinor),
      },
      rows(
        ...goodsRows.en(facts, format),
        ['Contact of the seller', facts.sellerContact],
        ['Purchased', format.dateTime(facts.purchasedAt)],
        ['Purchased by', facts.buyer],
        ['Purchase number', facts.receiptNumber],
      ),
      link('View this purchase', facts.url),
      warning(
        'If you do not recognise it',
        'Ask the others who use your line first. If nobody bought it, report the purchase on the page above.',
      ),
    ],
    why: 'You are the holder of the line and chose to get a mail at every purchase.',
  }),
};
