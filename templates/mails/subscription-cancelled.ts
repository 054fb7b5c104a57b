import { goodsRows } from './common-parts.ts';
import { link, rows, text, warning, type MailTemplate } from './mail-content.ts';

const by = {
  ja: {
    subscriber: 'お客さま',
    company: '販売元',
    support: 'お客さま窓口（ご依頼による解約）',
    'line-ended': '回線のご解約に伴う終了',
  },
  en: {
    subscriber: 'You or another user of your line',
    company: 'Seller',
    support: 'Support centre, on request',
    'line-ended': 'End of the line',
  },
} as const;

export const subscriptionCancelled: MailTemplate<'subscription-cancelled'> = {
  ja: (facts, format) => ({
    subject: `月額サービスのご解約を承りました（${format.name(facts.service)}）`,
    blocks: [
      text(
        facts.lastChargeMonth === null
          ? 'ご解約を承りました。今後のご請求はありません。'
          : `ご解約を承りました。最後のご請求は${format.month(facts.lastChargeMonth)}分です。その後のご請求はありません。`,
      ),
      rows(
        ...goodsRows.ja(facts, format),
        ['ご利用いただける期間', facts.usableUntil && `${format.date(facts.usableUntil)}まで`],
        ['解約日時', format.dateTime(facts.cancelledAt)],
        ['解約の手続き', by.ja[facts.cancelledBy]],
        ['お申し込み番号', facts.subscriptionNumber],
        ['販売元の連絡先', facts.sellerContact],
      ),
      link('解約の内容を見る', facts.url),
      warning(
        'お心当たりがないとき',
        '同じ回線をお使いのご家族にご確認ください。もう一度ご利用になるときは、販売元のサイトからお申し込みください。',
      ),
    ],
    why: 'ご利用の回線の月額サービスが解約されたため、回線のご契約者へお送りしました。',
  }),
  en: (facts, format) => ({
    subject: `Your subscription is cancelled: ${format.name(facts.service)}`,
    blocks: [
      text(
        facts.lastChargeMonth === null
          ? 'Your subscription is cancelled. Nothing more will be charged.'
          : `Your subscription is cancelled. The last charge is for ${format.month(facts.lastChargeMonth)}; nothing is charged after it.`,
      ),
      rows(
        ...goodsRows.en(facts, format),
        ['Can be used until', facts.usableUntil && format.date(facts.usableUntil)],
        ['Cancelled', format.dateTime(facts.cancelledAt)],
        ['Cancelled by', by.en[facts.cancelledBy]],
        ['Subscription number', facts.subscriptionNumber],
        ['Contact of the seller', facts.sellerContact],
      ),
      link('View the cancellation', facts.url),
      warning(
        'If you do not recognise this',
        'Ask the others who use your line. To use the service again, subscribe on the site of the seller.',
      ),
    ],
    why: 'You are the holder of the line, and a subscription on it was cancelled.',
  }),
};
