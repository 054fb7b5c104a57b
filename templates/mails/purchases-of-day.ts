import { link, rows, text, type MailTemplate } from './mail-content.ts';

export const purchasesOfDay: MailTemplate<'purchases-of-day'> = {
  ja: (facts, format) => ({
    subject: `${format.date(facts.day)}のご利用（${facts.purchaseCount}件）`,
    blocks: [
      text('都度のご利用（同意にもとづく課金）と定期購入について、この日の分をまとめてお知らせします。'),
      { kind: 'figure', label: '合計（税込）', value: format.money(facts.totalMinor) },
      rows(['件数', `${facts.purchaseCount}件`], ['日付', format.date(facts.day)]),
      { kind: 'quote', label: 'ご利用の内容', text: facts.list },
      link('今月のご利用を見る', facts.url),
    ],
    why: '購入のたびにお知らせする設定のため、回線のご契約者へお送りしました。',
  }),
  en: (facts, format) => ({
    subject: `Purchases of ${format.date(facts.day)} (${facts.purchaseCount})`,
    blocks: [
      text('These are the day’s uses under consents and the months of subscriptions.'),
      { kind: 'figure', label: 'Total, tax included', value: format.money(facts.totalMinor) },
      rows(['Purchases', String(facts.purchaseCount)], ['Day', format.date(facts.day)]),
      { kind: 'quote', label: 'What was bought', text: facts.list },
      link('View this month', facts.url),
    ],
    why: 'You are the holder of the line and chose to be told of every purchase.',
  }),
};
