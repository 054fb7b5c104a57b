import { originRows } from './common-parts.ts';
import { link, rows, text, warning, type MailTemplate } from './mail-content.ts';

export const passkeyRemoved: MailTemplate<'passkey-removed'> = {
  ja: (facts, format) => ({
    subject: 'パスキーが削除されました',
    blocks: [
      text(
        '発行IDのパスキーが削除されました。このパスキーではログインも購入もできません。安全のため、この発行IDのほかのログインはすべて終了しました。',
      ),
      rows(
        ['発行ID', facts.issuedId],
        ['パスキー', facts.label],
        ['削除日時', format.dateTime(facts.removedAt)],
        ...originRows.ja(facts),
      ),
      link('登録中のパスキーを見る', facts.url),
      warning('お心当たりがないとき', 'すぐに上のページでパスワードを変更し、下記の窓口へご連絡ください。'),
    ],
    why: '発行IDのパスキーが削除されたため、回線のご契約者へお送りしました。',
  }),
  en: (facts, format) => ({
    subject: 'A passkey was removed',
    blocks: [
      text(
        'A passkey of an issued ID was removed. It no longer works for signing in or buying. For safety, all other sign-ins of this ID have ended.',
      ),
      rows(
        ['Issued ID', facts.issuedId],
        ['Passkey', facts.label],
        ['Removed', format.dateTime(facts.removedAt)],
        ...originRows.en(facts),
      ),
      link('View your passkeys', facts.url),
      warning(
        'If you do not recognise this',
        'Change the password on the page above at once, and contact the desk named below.',
      ),
    ],
    why: 'You are the holder of the line, and a passkey of an issued ID on it was removed.',
  }),
};
