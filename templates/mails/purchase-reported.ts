import { purchaseRows } from './common-parts.ts';
import { link, rows, text, type MailTemplate } from './mail-content.ts';

export const purchaseReported: MailTemplate<'purchase-reported'> = {
  ja: (facts, format) => ({
    subject: `お心当たりのない購入のご連絡を受け付けました（受付番号 ${facts.caseNumber}）`,
    blocks: [
      text(
        'お心当たりのない購入についてのご連絡を受け付けました。当社で内容を調査し、結果をお知らせします。お問い合わせの際は、受付番号をお伝えください。',
      ),
      { kind: 'figure', label: '受付番号', value: facts.caseNumber },
      rows(['受付日時', format.dateTime(facts.reportedAt)], ...purchaseRows.ja(facts, format), [
        '販売元の連絡先',
        facts.sellerContact,
      ]),
      text(
        'ほかにもお心当たりのない購入があるときや、パスワードを知られたおそれがあるときは、すぐにパスワードを変更してください。',
      ),
      link('受付の内容を見る', facts.url),
    ],
    why: '購入についてご連絡をいただいたため、回線のご契約者へお送りしました。',
  }),
  en: (facts, format) => ({
    subject: `We have your report of a purchase (case ${facts.caseNumber})`,
    blocks: [
      text(
        'We have your report of a purchase that you do not recognise. We will look into it and tell you the result. When you contact us, give the number of the case.',
      ),
      { kind: 'figure', label: 'Case', value: facts.caseNumber },
      rows(['Reported', format.dateTime(facts.reportedAt)], ...purchaseRows.en(facts, format), [
        'Contact of the seller',
        facts.sellerContact,
      ]),
      text(
        'If there are more such purchases, or somebody may know your password, change the password at once.',
      ),
      link('View the report', facts.url),
    ],
    why: 'You are the holder of the line, and a purchase on it was reported.',
  }),
};
