import { originRows } from './common-parts.ts';
import { link, rows, text, warning, type MailTemplate } from './mail-content.ts';

export const passkeyAdded: MailTemplate<'passkey-added'> = {
  ja: (facts, format) => ({
    subject: 'パスキーが登録されました',
    blocks: [
      text(
        '発行IDにパスキーが登録されました。以後は、パスワードの代わりにこのパスキーでログインと購入ができます。ご契約の回線の確認は、これまでどおり行います。',
      ),
      rows(
        ['発行ID', facts.issuedId],
        ['パスキー', facts.label],
        ['登録日時', format.dateTime(facts.addedAt)],
        ...originRows.ja(facts),
      ),
      link('登録したパスキーを見る', facts.url),
      warning(
        'お心当たりがないとき',
        'すぐに上のページでパスキーを削除してパスワードを変更し、下記のサポート窓口へご連絡ください。',
      ),
    ],
    why: '発行IDにパスキーが登録されたため、回線のご契約者へお送りしました。',
  }),
  en: (facts, format) => ({
    subject: 'A passkey was added',
    blocks: [
      text(
        'A passkey was added to an issued ID. It now works for signing in and buying, in place of the password. The line is verified as before.',
      ),
      rows(
        ['Issued ID', facts.issuedId],
        ['Passkey', facts.label],
        ['Added', format.dateTime(facts.addedAt)],
        ...originRows.en(facts),
      ),
      link('View your passkeys', facts.url),
      warning(
        'If you do not recognise this',
        'Remove the passkey on the page above at once, change the password, and contact the desk named below.',
      ),
    ],
    why: 'You are the holder of the line, and a passkey was added to an issued ID on it.',
  }),
};
