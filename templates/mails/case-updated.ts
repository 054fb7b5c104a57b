import { goodsRows } from './common-parts.ts';
import { link, rows, text, type MailBlock, type MailTemplate } from './mail-content.ts';

const leads = {
  ja: {
    asked:
      'お申し出いただいた購入について、サポート窓口の担当者からお尋ねしたいことがあります。次のページからお返事をお送りください。',
    noted: 'お申し出いただいた購入について、サポート窓口からご連絡します。',
    closed: 'お申し出いただいた購入について、調査を終了しました。結果は次のページでご確認いただけます。',
  },
  en: {
    asked: 'We have a question about the purchase that you reported. Please answer on the page below.',
    noted: 'We have news about the purchase that you reported.',
    closed: 'We have closed the case of the purchase that you reported. The page below shows the result.',
  },
} as const;

const subjects = {
  ja: {
    asked: 'お尋ねしたいことがあります',
    noted: 'サポート窓口からのご連絡',
    closed: '調査が終了しました',
  },
  en: { asked: 'We have a question', noted: 'News about your report', closed: 'Your case is closed' },
} as const;

const quote = (label: string, words: string | null): MailBlock[] =>
  words === null ? [] : [{ kind: 'quote', label, text: words }];

export const caseUpdated: MailTemplate<'case-updated'> = {
  ja: (facts, format) => ({
    subject: `${subjects.ja[facts.what]}（受付番号 ${facts.caseNumber}）`,
    blocks: [
      text(leads.ja[facts.what]),
      ...quote('サポート窓口から', facts.words),
      rows(['受付番号', facts.caseNumber], ...goodsRows.ja(facts, format)),
      link('お申し出の内容を見る', facts.url),
    ],
    why: '購入についてお申し出をいただいたため、回線のご契約者へお送りしました。このメールに返信しても、サポート窓口には届きません。',
  }),
  en: (facts, format) => ({
    subject: `${subjects.en[facts.what]} (case ${facts.caseNumber})`,
    blocks: [
      text(leads.en[facts.what]),
      ...quote('From the support centre', facts.words),
      rows(['Case', facts.caseNumber], ...goodsRows.en(facts, format)),
      link('See the case', facts.url),
    ],
    why: 'You are the holder of the line, and a purchase on it was reported. A reply to this mail does not reach the support centre.',
  }),
};
