import { goodsRows } from './common-parts.ts';
import { link, rows, text, type MailTemplate } from './mail-content.ts';

export const subscriptionFirstCharge: MailTemplate<'subscription-first-charge'> = {
  ja: (facts, format) => ({
    subject: `無料期間が終わり、ご請求が始まりました（${format.name(facts.service)}）`,
    blocks: [
      text(
        `${format.name(facts.service)}の無料期間が終わり、${format.month(facts.month)}分から月額料金が請求されます。`,
      ),
      { kind: 'figure', label: '月額料金（税込）', value: format.money(facts.amountMinor) },
      rows(
        ...goodsRows.ja(facts, format),
        ['請求された日', format.date(facts.chargedOn)],
        ['お申し込み番号', facts.subscriptionNumber],
      ),
      text('今後は、ご解約まで毎月請求されます。ご解約はいつでも、次のページでお手続きいただけます。'),
      link('お申し込みの内容を見る・解約する', facts.url),
    ],
    why: 'ご利用の回線の月額サービスで最初のご請求があったため、回線のご契約者へお送りしました。',
  }),
  en: (facts, format) => ({
    subject: `The free month is over: ${format.name(facts.service)} is now charged`,
    blocks: [
      text(
        `The free month of ${format.name(facts.service)} is over. It is charged from ${format.month(facts.month)}.`,
      ),
      { kind: 'figure', label: 'Each month (tax included)', value: format.money(facts.amountMinor) },
      rows(
        ...goodsRows.en(facts, format),
        ['Charged on', format.date(facts.chargedOn)],
        ['Subscription number', facts.subscriptionNumber],
      ),
      text(
        'It is now charged every month until it is cancelled. You can cancel at any time on the page below.',
      ),
      link('View or cancel the subscription', facts.url),
    ],
    why: 'You are the holder of the line, and a subscription on it was charged for the first time.',
  }),
};
