import { originRows } from './common-parts.ts';
import { link, rows, text, warning, type MailTemplate } from './mail-content.ts';

/** What happened: as the subject, which stands alone, and in the mail. */
const happened = {
  ja: {
    'password-changed': 'パスワードが変更されました',
    'authenticator-added': '認証アプリが登録されました',
    'authenticator-removed': '認証アプリの登録が削除されました',
    'passkey-added': 'パスキーが登録されました',
    'passkey-removed': 'パスキーの登録が削除されました',
    'factors-reset': '二段階認証の登録がすべて取り消されました',
    'recovery-codes-renewed': '回復コードが新しく発行されました',
    'recovery-code-used': '回復コードが使われました',
    'new-sign-in': '新しい端末からのログインがありました',
    locked: 'ログインの失敗が続いたため、一時的にログインできなくなりました',
    'roles-changed': 'アカウントの役割が変更されました',
  },
  en: {
    'password-changed': 'The password was changed',
    'authenticator-added': 'An authenticator app was added',
    'authenticator-removed': 'An authenticator app was removed',
    'passkey-added': 'A passkey was added',
    'passkey-removed': 'A passkey was removed',
    'factors-reset': 'All second factors were reset',
    'recovery-codes-renewed': 'New recovery codes were made',
    'recovery-code-used': 'A recovery code was used',
    'new-sign-in': 'Sign-in from a new device',
    locked: 'Too many failed sign-ins: the account is locked for a while',
    'roles-changed': 'The roles of the account were changed',
  },
} as const;

export const accountSecurity: MailTemplate<'account-security'> = {
  ja: (facts, format) => ({
    subject: `アカウントのお知らせ：${happened.ja[facts.what]}`,
    blocks: [
      text(`ご利用のアカウントについてお知らせします。${happened.ja[facts.what]}。`),
      rows(['内容', facts.detail], ['日時', format.dateTime(facts.at)], ...originRows.ja(facts)),
      link('アカウントの設定を見る', facts.url),
      warning(
        'お心当たりがないとき',
        'すぐに上のページでほかのログインをすべて終了し、パスワードを変更してください。あわせて、管理者または下記の窓口へご連絡ください。',
      ),
    ],
    why: 'アカウントの安全にかかわる変更や操作があったため、お送りしました。',
  }),
  en: (facts, format) => ({
    subject: `Your account: ${happened.en[facts.what]}`,
    blocks: [
      text(`${happened.en[facts.what]}. This concerns your account with us.`),
      rows(['Details', facts.detail], ['When', format.dateTime(facts.at)], ...originRows.en(facts)),
      link('View the settings of the account', facts.url),
      warning(
        'If you do not recognise this',
        'End all other sign-ins on the page above at once and change your password. Then contact your administrator or the desk named below.',
      ),
    ],
    why: 'Something happened that concerns the safety of your account.',
  }),
};
