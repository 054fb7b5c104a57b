import { link, rows, text, type MailBlock, type MailTemplate } from './mail-content.ts';

const leads = {
  ja: {
    opened: 'お問い合わせを受け付けました。内容を確認し、担当者からご連絡します。',
    answered: null,
    asked: 'お問い合わせについて、担当者からお尋ねしたいことがあります。',
    noted: 'お問い合わせについて、サポート窓口からご連絡します。',
    closed: 'お問い合わせへの対応を終了しました。',
  },
  en: {
    opened: 'We have your enquiry. We will look into it and get back to you.',
    answered: null,
    asked: 'We have a question about your enquiry.',
    noted: 'We have news about your enquiry.',
    closed: 'We have closed your enquiry.',
  },
} as const;

const subjects = {
  ja: {
    opened: 'お問い合わせを受け付けました',
    answered: 'お問い合わせへのご回答',
    asked: 'お尋ねしたいことがあります',
    noted: 'サポート窓口からのご連絡',
    closed: 'お問い合わせへの対応を終了しました',
  },
  en: {
    opened: 'We have your enquiry',
    answered: 'Our answer to your enquiry',
    asked: 'We have a question',
    noted: 'News about your enquiry',
    closed: 'Your enquiry is closed',
  },
} as const;

const maybe = (words: string | null): MailBlock[] => (words === null ? [] : [text(words)]);

/** An answer is written whole by a person, with its greeting; other words are quoted. */
const wordsOf = (what: string, label: string, words: string | null): MailBlock[] => {
  if (words === null) return [];
  return what === 'answered'
    ? words.split('\n\n').map((part) => text(part))
    : [{ kind: 'quote', label, text: words }];
};

export const caseMessage: MailTemplate<'case-message'> = {
  ja: (facts) => ({
    subject: `${facts.about ?? subjects.ja[facts.what]}（受付番号 ${facts.caseNumber}）`,
    blocks: [
      ...maybe(leads.ja[facts.what]),
      ...wordsOf(facts.what, 'サポート窓口から', facts.words),
      rows(['ご用件', facts.about], ['受付番号', facts.caseNumber]),
      ...(facts.canReply
        ? [text('ご返信の際は、件名の受付番号を残したまま、このメールにご返信ください。')]
        : []),
      ...(facts.url === null ? [] : [link('お問い合わせの内容を見る', facts.url)]),
    ],
    why: facts.canReply
      ? 'サポート窓口へのお問い合わせについてお送りしました。'
      : 'サポート窓口へのお問い合わせについてお送りしました。このメールに返信しても、サポート窓口には届きません。',
  }),
  en: (facts) => ({
    subject: `${facts.about ?? subjects.en[facts.what]} (case ${facts.caseNumber})`,
    blocks: [
      ...maybe(leads.en[facts.what]),
      ...wordsOf(facts.what, 'From the support centre', facts.words),
      rows(['About', facts.about], ['Case', facts.caseNumber]),
      ...(facts.canReply
        ? [text('To reply, answer this mail and leave the case number in its subject.')]
        : []),
      ...(facts.url === null ? [] : [link('See the case', facts.url)]),
    ],
    why: facts.canReply
      ? 'This mail is about your enquiry at the support centre.'
      : 'This mail is about your enquiry at the support centre. A reply to it does not reach the support centre.',
  }),
};
