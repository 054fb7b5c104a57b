import { purchaseRows } from './common-parts.ts';
import { link, rows, text, type MailTemplate } from './mail-content.ts';

/** The support centre asks a company about a purchase; the answer goes to the support centre. */
export const companyCase: MailTemplate<'company-case'> = {
  ja: (facts, format) => ({
    subject: `${facts.isReminder ? '【再送】' : ''}サポート窓口からのご照会（受付番号 ${facts.caseNumber}）`,
    blocks: [
      text(`${format.name(facts.company)} ご担当者様`),
      text(
        facts.isReminder
          ? '先日お送りしたご照会について、ご回答を確認できておりません。お手数ですが、ご回答をお願いします。'
          : '貴社のサービスの購入について、お客さまから当社のサポート窓口にお申し出がありました。次の点についてご回答をお願いします。',
      ),
      { kind: 'quote', label: 'ご照会の内容', text: facts.message },
      rows(
        ['受付番号', facts.caseNumber],
        ['ご回答の期限', format.dateTime(facts.dueAt)],
        ...purchaseRows.ja(facts, format),
      ),
      text(
        `ご回答は次のページに入力してください。アカウントは必要ありません。${format.dateTime(facts.expiresAt)}までご利用いただけます。ご回答は当社のサポート窓口に届きます。`,
      ),
      link('回答を入力する', facts.reply),
    ],
    why: '当社の料金収納サービスでの購入について、当社のサポート窓口がお尋ねするため、お送りしました。このメールに返信しても、サポート窓口には届きません。',
  }),
  en: (facts, format) => ({
    subject: `${facts.isReminder ? 'Reminder: ' : ''}a question of the support centre (case ${facts.caseNumber})`,
    blocks: [
      text(`To ${format.name(facts.company)},`),
      text(
        facts.isReminder
          ? 'We have not yet had your answer to the question that we sent. Please answer it.'
          : 'A customer has turned to our support centre about a purchase from you. Please answer the following.',
      ),
      { kind: 'quote', label: 'The question', text: facts.message },
      rows(
        ['Case', facts.caseNumber],
        ['Please answer by', format.dateTime(facts.dueAt)],
        ...purchaseRows.en(facts, format),
      ),
      text(
        `Please answer on the page below. It needs no account and can be used until ${format.dateTime(facts.expiresAt)}. Your answer reaches our support centre.`,
      ),
      link('Write an answer', facts.reply),
    ],
    why: 'Our support centre has a question about a purchase that we collect for you. A reply to this mail does not reach the support centre.',
  }),
};
