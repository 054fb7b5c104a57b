import { originRows } from './common-parts.ts';
import { link, rows, text, warning, type MailTemplate } from './mail-content.ts';

export const accountPasswordReset: MailTemplate<'account-password-reset'> = {
  ja: (facts, format) => ({
    subject: 'パスワードの再設定',
    blocks: [
      text('次のページで、アカウントのパスワードを設定し直せます。二段階認証は、これまでどおり必要です。'),
      link('パスワードを設定し直す', facts.link),
      rows(['有効期限', format.dateTime(facts.expiresAt)], ...originRows.ja(facts)),
      warning(
        'お心当たりがないとき',
        'このメールは破棄してください。リンクを開かないかぎり、パスワードは変わりません。リンクを転送しないでください。',
      ),
    ],
    why: 'このメールアドレスのアカウントについて、パスワードの再設定の手続きがあったため、お送りしました。',
  }),
  en: (facts, format) => ({
    subject: 'Set a new password',
    blocks: [
      text('Set a new password for your account on the page below. The second factor is needed as before.'),
      link('Set a new password', facts.link),
      rows(['Valid until', format.dateTime(facts.expiresAt)], ...originRows.en(facts)),
      warning(
        'If you did not ask for it',
        'You can ignore this mail: unless the link is used, the password stays as it is. Do not forward the link.',
      ),
    ],
    why: 'Somebody has asked for a new password of the account with this mail address.',
  }),
};
