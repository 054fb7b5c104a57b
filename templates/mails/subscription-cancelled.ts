import { goodsRows } from './common-parts.ts';
import { link, rows, text, warning, type MailTemplate } from './mail-content.ts';
import type { MailFormat } from './mail-format.ts';
import type { MailFacts } from './mail-kinds.ts';

const by = {
  ja: {
    subscriber: 'お客さま',
    company: '販売元',
    support: 'サポート窓口（ご依頼による解約）',
    'line-ended': '回線のご解約、利用停止または名義変更に伴う終了',
    'id-ended': '発行IDの利用終了に伴う終了',
  },
  en: {
    subscriber: 'You or another user of your line',
    company: 'Seller',
    support: 'Support centre, on request',
    'line-ended': 'The line was cancelled, suspended or transferred',
    'id-ended': 'The issued ID was ended',
  },
} as const;

/** It ended with the line or the issued ID, and nobody asked for that. */
const isByItself = ({ cancelledBy }: MailFacts<'subscription-cancelled'>) =>
  cancelledBy === 'line-ended' || cancelledBy === 'id-ended';

/** What happened, and whether something is still charged. */
const opening = {
  ja: (facts: MailFacts<'subscription-cancelled'>, format: MailFormat) => {
    const what = isByItself(facts) ? '月額サービスが終了しました。' : 'ご解約を承りました。';
    if (facts.lastChargeMonth === null) return `${what}今後のご請求はありません。`;
    return `${what}最後のご請求は${format.month(facts.lastChargeMonth)}分です。その後のご請求はありません。`;
  },
  en: (facts: MailFacts<'subscription-cancelled'>, format: MailFormat) => {
    const what = isByItself(facts) ? 'Your subscription has ended.' : 'Your subscription is cancelled.';
    if (facts.lastChargeMonth === null) return `${what} Nothing more will be charged.`;
    return `${what} The last charge is for ${format.month(facts.lastChargeMonth)}; nothing is charged after it.`;
  },
} as const;

export const subscriptionCancelled: MailTemplate<'subscription-cancelled'> = {
  ja: (facts, format) => ({
    subject: `${isByItself(facts) ? '月額サービスが終了しました' : '月額サービスのご解約を承りました'}（${format.name(facts.service)}）`,
    blocks: [
      text(opening.ja(facts, format)),
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
    why: 'ご利用の回線の月額サービスが解約されたか、終了したため、回線のご契約者へお送りしました。',
  }),
  en: (facts, format) => ({
    subject: `Your subscription ${isByItself(facts) ? 'has ended' : 'is cancelled'}: ${format.name(facts.service)}`,
    blocks: [
      text(opening.en(facts, format)),
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
    why: 'You are the holder of the line, and a subscription on it was cancelled or has ended.',
  }),
};
