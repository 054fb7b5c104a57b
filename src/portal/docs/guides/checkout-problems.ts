import type { ProblemGuide } from './problem-guide.ts';

/** Refusals for subscribers on our pages. Companies see only a sale that was not confirmed. */
export const checkoutProblems = {
  'already-subscribed': {
    titleJa: 'すでに申し込み済みです',
    when: {
      en: 'The subscriber already has a subscription to this item of this service.',
      ja: '同じサービス・同じ商品の定期購入に、重ねて申し込んだときに表示されます。',
    },
    todo: {
      en: 'Nothing is charged twice. Companies: find the active subscription by its `reference`.',
      ja: '重ねて請求されることはありません。販売元の方は`reference`で有効な定期購入をご確認ください。',
    },
  },
  'checkout-expired': {
    titleJa: '承認の期限が過ぎました',
    when: {
      en: 'The subscriber did not decide within 30 minutes. Nothing is charged.',
      ja: 'ご契約者が30分以内に手続きをしなかったときに表示されます。請求は発生しません。',
    },
    todo: {
      en: 'Companies read the state `expired`; there is nothing to cancel. Create a new one if the subscriber still wants to buy.',
      ja: '販売元には状態`expired`として返ります。取り消しは不要です。購入のご希望が続く場合は、新しく作成してください。',
    },
  },
  'forged-request': {
    titleJa: '当社のページから送られたフォームではありません',
    when: {
      en: 'The form was sent from another site, the session has ended, or the browser does not accept cookies.',
      ja: '別の場所から送られた、セッションが切れた、またはCookieが無効のときに表示されます。',
    },
    todo: {
      en: 'Allow cookies, open the page again and send the form from there.',
      ja: 'Cookieを有効にし、ページを開き直してからお送りください。',
    },
  },
  'line-refused': {
    titleJa: 'この端末は回線経由で接続されていません',
    when: {
      en: 'The browser is not connected through the line of the issued ID that signed in.',
      ja: 'ログインした発行IDの回線とは別の経路で接続しているときに表示されます。',
    },
    todo: {
      en: 'Connect through your own line, for instance its Wi-Fi, and switch off mobile data, VPN and private relay.',
      ja: 'ご契約の回線（ご自宅のWi-Fiなど）で接続し、モバイル通信・VPN・プライベートリレーを一時的に切ってください。',
    },
  },
  'line-unproven': {
    titleJa: '現在、回線を確認できません',
    when: {
      en: 'The line verification does not respond. Nothing is sold without it.',
      ja: '回線の確認に応答がないときに表示されます。確認できないまま購入が成立することはありません。',
    },
    todo: {
      en: 'Wait a moment and try again. Nothing was charged.',
      ja: '少し時間をおいてお試しください。請求は発生していません。',
    },
  },
  'sign-in-locked': {
    titleJa: 'ログインの失敗が続いたため、停止しています',
    when: {
      en: 'Too many sign-ins failed for this issued ID or from this address.',
      ja: 'その発行IDまたは接続元で、ログインの失敗が続いたときに表示されます。',
    },
    todo: {
      en: 'Wait as long as the page says. If the password is lost, the support centre issues a new one.',
      ja: '画面に示す時間をおいてください。パスワードをお忘れの場合は、サポート窓口で再発行します。',
    },
  },
  'sign-in-refused': {
    titleJa: '発行IDまたはパスワードが違います',
    when: {
      en: 'The issued ID and the password do not match. For security, the page does not say which of the two is wrong.',
      ja: '発行IDとパスワードの組み合わせが違うときに表示されます。安全のため、どちらが違うかは示しません。',
    },
    todo: {
      en: 'Check both. The issued ID begins with F; the password is case-sensitive.',
      ja: '両方をお確かめください。発行IDはFで始まり、パスワードは大文字と小文字を区別します。',
    },
  },
} as const satisfies Readonly<Record<string, ProblemGuide>>;
