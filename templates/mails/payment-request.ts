import { goodsRows } from './common-parts.ts';
import { link, rows, text, type MailTemplate } from './mail-content.ts';

export const paymentRequest: MailTemplate<'payment-request'> = {
  ja: (facts, format) => ({
    subject: `お支払いの依頼が届いています（${format.name(facts.company)}）`,
    blocks: [
      text(
        `${format.name(facts.company)}から、お支払いの依頼が届いています。内容をご確認のうえ、お支払いになるかどうかをお決めください。`,
      ),
      { kind: 'figure', label: '金額（税込）', value: format.money(facts.amountMinor) },
      rows(
        ...goodsRows.ja(facts, format),
        ['販売元の連絡先', facts.sellerContact],
        ['あて先', facts.who === null ? 'ご利用の回線' : `${facts.who}さん`],
        ['期限', format.dateTime(facts.openUntil)],
        ['依頼番号', facts.requestNumber],
      ),
      ...(facts.who === null
        ? [
            text(
              'お支払いになるまで、料金は発生しません。お心当たりのない場合は、お支払いにならず、次のページでお断りいただくか、この事業者をブロックしてください。',
            ),
            link('依頼の内容を見る', facts.url),
          ]
        : [
            text(
              `お支払いになるまで、料金は発生しません。お支払いやお断りができるのは、${facts.who}さんだけです。${facts.who}さんがサインインすると、マイページに依頼が表示されます。`,
            ),
          ]),
    ],
    why: 'ご利用の回線あてにお支払いの依頼があったため、回線のご契約者へお送りしました。',
  }),
  en: (facts, format) => ({
    subject: `You are asked for a payment: ${format.name(facts.company)}`,
    blocks: [
      text(
        `${format.name(facts.company)} asks you for a payment. Look at what it is for, and decide whether to pay.`,
      ),
      { kind: 'figure', label: 'Amount (tax included)', value: format.money(facts.amountMinor) },
      rows(
        ...goodsRows.en(facts, format),
        ['Contact of the seller', facts.sellerContact],
        ['For', facts.who ?? 'your line'],
        ['Open until', format.dateTime(facts.openUntil)],
        ['Number of the request', facts.requestNumber],
      ),
      ...(facts.who === null
        ? [
            text(
              'Nothing is charged unless you pay. If you do not know what it is for, do not pay: decline it on the page below, or block the company.',
            ),
            link('View the request', facts.url),
          ]
        : [
            text(
              `Nothing is charged unless ${facts.who} pays. Only ${facts.who} can pay or decline it: the request is on their page when they sign in.`,
            ),
          ]),
    ],
    why: 'You are the holder of the line, and a company sent a payment request to it.',
  }),
};
