import { originRows } from './common-parts.ts';
import { link, rows, text, warning, type MailTemplate } from './mail-content.ts';

const by = {
  ja: { subscriber: 'ご本人', holder: '回線のご契約者', support: 'サポート窓口（ご依頼による再発行）' },
  en: {
    subscriber: 'Person who uses the ID',
    holder: 'Holder of the line',
    support: 'Support centre, on request',
  },
} as const;

export const passwordChanged: MailTemplate<'password-changed'> = {
  ja: (facts, format) => ({
    subject: 'パスワードが変更されました',
    blocks: [
      text(
        '発行IDのパスワードが変更されました。安全のため、この発行IDのほかのログインはすべて終了しました。',
      ),
      ...(facts.changedBy === 'subscriber' ? [] : [text('登録されていたパスキーも、すべて削除しました。')]),
      rows(
        ['発行ID', facts.issuedId],
        ['変更日時', format.dateTime(facts.changedAt)],
        ['変更した方', by.ja[facts.changedBy]],
        ...originRows.ja(facts),
      ),
      link('ログインして確認する', facts.url),
      warning(
        'お心当たりがないとき',
        'すぐに「パスワードを忘れたとき」の手続きでパスワードを変更し、下記のサポート窓口へご連絡ください。',
      ),
    ],
    why: '発行IDのパスワードが変更されたため、回線のご契約者へお送りしました。',
  }),
  en: (facts, format) => ({
    subject: 'A password was changed',
    blocks: [
      text('The password of an issued ID was changed. For safety, all other sign-ins of this ID have ended.'),
      ...(facts.changedBy === 'subscriber'
        ? []
        : [text('Passkeys that were registered for it are removed.')]),
      rows(
        ['Issued ID', facts.issuedId],
        ['Changed', format.dateTime(facts.changedAt)],
        ['Changed by', by.en[facts.changedBy]],
        ...originRows.en(facts),
      ),
      link('Sign in and check', facts.url),
      warning(
        'If you do not recognise this',
        'Set a new password at once by “forgotten password”, and contact the desk named below.',
      ),
    ],
    why: 'You are the holder of the line, and the password of an issued ID on it was changed.',
  }),
};
