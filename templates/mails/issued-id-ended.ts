import { link, rows, text, warning, type MailTemplate } from './mail-content.ts';

const by = {
  ja: { holder: '回線のご契約者', support: 'サポート窓口（ご依頼による終了）' },
  en: { holder: 'the holder of the line', support: 'the support centre, on request' },
} as const;

export const issuedIdEnded: MailTemplate<'issued-id-ended'> = {
  ja: (facts, format) => ({
    subject: '発行IDの利用を終了しました',
    blocks: [
      ...(facts.readsThrough === null
        ? []
        : [
            text(
              `回線のご契約者が変わったためです。ご契約中のご利用とご請求は、${format.date(facts.readsThrough)}まで、マイページで確認できます。ログインには、このメールアドレスに届く認証コードが必要です。`,
            ),
          ]),
      text(
        `${facts.name}さんの発行IDの利用を終了しました。${facts.readsThrough === null ? 'この発行IDでのログインと購入はできなくなりました。' : 'この発行IDでの購入はできなくなりました。'}すでに確定した購入の料金は、これまでどおり請求されます。`,
      ),
      rows(
        ['発行ID', facts.issuedId],
        ['お名前', facts.name],
        ['終了日時', format.dateTime(facts.endedAt)],
        ['終了した方', by.ja[facts.endedBy]],
      ),
      link(facts.readsThrough === null ? '発行IDの一覧を見る' : 'ご契約中のご利用を見る', facts.url),
      warning(
        'お心当たりがないとき',
        'パスワードを変更し、下記のサポート窓口へご連絡ください。終了した発行IDは元に戻せませんが、新しい発行IDを追加できます。',
      ),
    ],
    why: 'ご利用の回線の発行IDが終了したため、回線のご契約者へお送りしました。',
  }),
  en: (facts, format) => ({
    subject: 'An issued ID was ended',
    blocks: [
      ...(facts.readsThrough === null
        ? []
        : [
            text(
              `The line has another holder now. Until ${format.date(facts.readsThrough)} you can still see the purchases and invoices of your own time: sign in to your pages with a code that we mail to this address.`,
            ),
          ]),
      text(
        `The issued ID of ${facts.name} was ended. ${facts.readsThrough === null ? 'Nobody can sign in or buy with it any more.' : 'Nobody can buy with it any more.'} Purchases that are already confirmed are billed as before.`,
      ),
      rows(
        ['Issued ID', facts.issuedId],
        ['Name', facts.name],
        ['Ended', format.dateTime(facts.endedAt)],
        ['Ended by', by.en[facts.endedBy]],
      ),
      link(facts.readsThrough === null ? 'View issued IDs' : 'View your purchases', facts.url),
      warning(
        'If you do not recognise this',
        'Change your password and contact the desk named below. An ended ID cannot be restored; a new one can be created.',
      ),
    ],
    why: 'You are the holder of the line, and an issued ID on it was ended.',
  }),
};
