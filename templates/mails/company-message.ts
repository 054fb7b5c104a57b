import { purchaseRows } from './common-parts.ts';
import { link, rows, text, type MailTemplate } from './mail-content.ts';

const topics = {
  ja: {
    usage: 'ご利用方法について',
    amount: '料金について',
    cancellation: '解約について',
    refund: '返金について',
    other: 'そのほか',
  },
  en: {
    usage: 'How to use it',
    amount: 'The amount',
    cancellation: 'Cancelling',
    refund: 'A refund',
    other: 'Something else',
  },
} as const;

export const companyMessage: MailTemplate<'company-message'> = {
  ja: (facts, format) => ({
    subject: `お客さまからのお問い合わせ（購入番号 ${facts.receiptNumber}）`,
    blocks: [
      text(`${format.name(facts.company)} ご担当者様`),
      text('貴社のサービスを購入されたお客さまから、次のお問い合わせがありました。'),
      { kind: 'quote', label: 'お問い合わせの内容', text: facts.message },
      rows(['お問い合わせの種類', topics.ja[facts.topic]], ...purchaseRows.ja(facts, format)),
      text(
        `ご回答は次のページに入力してください。アカウントは必要ありません。${format.dateTime(facts.expiresAt)}までご利用いただけます。ご回答はお客さまへメールで届きます。双方のメールアドレスは相手に表示されません。`,
      ),
      link('回答を入力する', facts.reply),
    ],
    why: '当社の料金収納サービスでの購入について、お客さまから販売元へのお問い合わせがあったため、お送りしました。このメールに返信しても、お客さまには届きません。',
  }),
  en: (facts, format) => ({
    subject: `A question from a customer (purchase ${facts.receiptNumber})`,
    blocks: [
      text(`To ${format.name(facts.company)},`),
      text('A customer who bought from you has a question.'),
      { kind: 'quote', label: 'The question', text: facts.message },
      rows(['About', topics.en[facts.topic]], ...purchaseRows.en(facts, format)),
      text(
        `Please answer on the page below. It needs no account and can be used until ${format.dateTime(facts.expiresAt)}. Your answer reaches the customer by mail. Neither side sees the other's mail address.`,
      ),
      link('Write an answer', facts.reply),
    ],
    why: 'A customer has written to you about a purchase that we collect for you. A reply to this mail does not reach the customer.',
  }),
};
