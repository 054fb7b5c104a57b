import { purchaseRows } from './common-parts.ts';
import { link, rows, text, type MailTemplate } from './mail-content.ts';

export const companyAnswer: MailTemplate<'company-answer'> = {
  ja: (facts, format) => ({
    subject: `${format.name(facts.company)}から回答がありました（購入番号 ${facts.receiptNumber}）`,
    blocks: [
      text(`お問い合わせについて、販売元の${format.name(facts.company)}から回答がありました。`),
      { kind: 'quote', label: `回答（${format.dateTime(facts.answeredAt)}）`, text: facts.answer },
      rows(...purchaseRows.ja(facts, format)),
      text('続けてお問い合わせになるときは、次のページからお送りください。'),
      link('お問い合わせと回答を見る', facts.url),
    ],
    why: 'お客さまのお問い合わせに販売元が回答したため、お送りしました。このメールに返信しても、販売元には届きません。',
  }),
  en: (facts, format) => ({
    subject: `${format.name(facts.company)} has answered (purchase ${facts.receiptNumber})`,
    blocks: [
      text(`The seller, ${format.name(facts.company)}, has answered your question.`),
      { kind: 'quote', label: `The answer (${format.dateTime(facts.answeredAt)})`, text: facts.answer },
      rows(...purchaseRows.en(facts, format)),
      text('To write again, use the page below.'),
      link('View the question and the answer', facts.url),
    ],
    why: 'The seller has answered a question of yours. A reply to this mail does not reach the seller.',
  }),
};
