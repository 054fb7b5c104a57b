import { goodsRows } from './common-parts.ts';
import { link, rows, text, type MailTemplate } from './mail-content.ts';

export const subscriptionStarted: MailTemplate<'subscription-started'> = {
  ja: (facts, format) => ({
    subject: `月額サービスのお申し込みを承りました（${format.name(facts.service)}）`,
    blocks: [
      text(
        facts.isFirstMonthFree
          ? `お申し込みを承りました。ご加入の月は無料です。最初のご請求は${format.date(facts.firstChargeOn)}です。`
          : `お申し込みを承りました。最初のご請求は${format.date(facts.firstChargeOn)}です。`,
      ),
      { kind: 'figure', label: '月額料金（税込）', value: format.money(facts.amountMinor) },
      rows(
        ...goodsRows.ja(facts, format),
        ['販売元の連絡先', facts.sellerContact],
        ['お申し込み日時', format.dateTime(facts.startedAt)],
        ['申し込んだ方', `${facts.buyer}さん`],
        ['お申し込み番号', facts.subscriptionNumber],
      ),
      text(
        '料金は、ご解約まで毎月、ご利用回線の料金とあわせて請求されます。ご解約はいつでも、次のページでお手続きいただけます。',
      ),
      link('お申し込みの内容を見る・解約する', facts.url),
    ],
    why: 'ご利用の回線で月額サービスのお申し込みがあったため、回線のご契約者へお送りしました。',
  }),
  en: (facts, format) => ({
    subject: `Your subscription has started: ${format.name(facts.service)}`,
    blocks: [
      text(
        facts.isFirstMonthFree
          ? `Your subscription has started. The first month is free; the first charge is on ${format.date(facts.firstChargeOn)}.`
          : `Your subscription has started. The first charge is on ${format.date(facts.firstChargeOn)}.`,
      ),
      { kind: 'figure', label: 'Each month (tax included)', value: format.money(facts.amountMinor) },
      rows(
        ...goodsRows.en(facts, format),
        ['Contact of the seller', facts.sellerContact],
        ['Started', format.dateTime(facts.startedAt)],
        ['Subscribed by', facts.buyer],
        ['Subscription number', facts.subscriptionNumber],
      ),
      text(
        'It is billed every month together with your line until it is cancelled. You can cancel at any time on the page below.',
      ),
      link('View or cancel the subscription', facts.url),
    ],
    why: 'You are the holder of the line, and a subscription was started on it.',
  }),
};
