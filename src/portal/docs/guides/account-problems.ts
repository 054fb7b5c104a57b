import type { ProblemGuide } from './problem-guide.ts';

/** Refusals for the people of companies and the carrier who sign in. */
export const accountProblems = {
  'account-not-found': {
    titleJa: '該当するアカウントがありません',
    when: {
      en: 'No account has this address or number, or it belongs to another company.',
      ja: 'そのメールアドレスや番号のアカウントがない、または別の会社のものであるときに出ます。',
    },
    todo: { en: 'Look it up in the list of accounts.', ja: 'アカウントの一覧で確認してください。' },
  },
  'second-factor-missing': {
    titleJa: 'この方法の二要素認証は登録されていません',
    when: {
      en: 'The account has no authenticator app, or none of the passkeys it was asked for.',
      ja: '認証アプリ、または求められたパスキーが登録されていないときに出ます。',
    },
    todo: {
      en: 'Use another second factor of the account, or register one.',
      ja: '別の認証方法を使うか、新しく登録してください。',
    },
  },
  'second-factor-refused': {
    titleJa: '認証コードが正しくないか、使用済みです',
    when: {
      en: 'The code was wrong, older than 30 seconds, or has been used; or the passkey did not prove the person.',
      ja: 'コードが違う、30秒を過ぎた、すでに使われた、またはパスキーで確認できなかったときに出ます。',
    },
    todo: {
      en: 'Wait for the next code and check that the clock of the phone is right.',
      ja: '次のコードが表示されるのを待ち、端末の時刻が正しいことを確認してください。',
    },
  },
  'step-up-required': {
    titleJa: '再度の本人確認が必要です',
    when: {
      en: 'The action needs a second factor that was given in the last five minutes.',
      ja: '5分以内の二要素認証が必要な操作をしたときに出ます。',
    },
    todo: { en: 'Give the second factor again.', ja: 'もう一度、二要素認証を行ってください。' },
  },
  'token-invalid': {
    titleJa: 'このリンクは使用済みか、有効期限が切れています',
    when: {
      en: 'A link of a mail or a step of signing in works once and for a limited time, and only the newest link works.',
      ja: 'メールのリンクやサインインの途中の手順が使用済み、期限切れ、または新しいものに置き換わったときに出ます。',
    },
    todo: {
      en: 'Ask for a new link, or sign in again.',
      ja: '新しいリンクを依頼するか、もう一度サインインしてください。',
    },
  },
} as const satisfies Readonly<Record<string, ProblemGuide>>;
