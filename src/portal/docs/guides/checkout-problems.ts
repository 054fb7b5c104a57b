import type { ProblemGuide } from './problem-guide.ts';

/** Refusals that a subscriber meets on our own pages. Companies see them only as a sale that was not confirmed. */
export const checkoutProblems = {
  'already-subscribed': {
    titleJa: 'すでに申し込み済みです',
    when: {
      en: 'The subscriber wants to join what they have joined already: the same service and item.',
      ja: '同じサービス・同じ商品の定期購入に、重ねて申し込んだときに表示されます。',
    },
    todo: {
      en: 'Nothing is charged twice. Companies: look for the active subscription by its `reference`.',
      ja: '重ねて請求されることはありません。販売元の方は`reference`で有効な定期購入をご確認ください。',
    },
  },
  'checkout-expired': {
    titleJa: '承認の期限が過ぎました',
    when: {
      en: 'The subscriber did not decide within 30 minutes. Nothing is billed.',
      ja: 'ご契約者が30分以内に手続きしなかったときに表示されます。請求は発生しません。',
    },
    todo: {
      en: 'Companies read `expired` as its state; there is nothing left to cancel. Make a new one if the subscriber still wants to buy.',
      ja: '販売元には状態`expired`として返り、取り消す必要はありません。購入のご希望が続くときは、新しく作ってください。',
    },
  },
  'forged-request': {
    titleJa: '当社のページから送られたフォームではありません',
    when: {
      en: 'The form came from elsewhere, the session has ended, or the browser keeps no cookies.',
      ja: '別の場所から送られた、セッションが切れた、またはCookieが無効のときに表示されます。',
    },
    todo: {
      en: 'Allow cookies, open the page anew and send the form from there.',
      ja: 'Cookieを有効にし、ページを開き直してからお送りください。',
    },
  },
  'line-refused': {
    titleJa: 'この端末は回線経由で接続されていません',
    when: {
      en: 'The browser does not reach us through the line of the issued ID that signed in.',
      ja: 'サインインした発行IDの回線とは別の経路で接続しているときに表示されます。',
    },
    todo: {
      en: 'Connect through your own line: use its Wi-Fi, and switch off mobile data, VPN or private relay for a moment.',
      ja: 'ご契約の回線（ご自宅のWi-Fiなど）で接続し、モバイル通信・VPN・プライベートリレーを一時的に切ってください。',
    },
  },
  'line-unproven': {
    titleJa: '現在、回線を確認できません',
    when: {
      en: 'The verification of lines does not answer. Then nothing is sold: silence never counts as a yes.',
      ja: '回線の確認に応答がないときに表示されます。確認できないまま購入に進むことはありません。',
    },
    todo: {
      en: 'Wait a moment and try again. Nothing was charged.',
      ja: '少し時間をおいてお試しください。請求は発生していません。',
    },
  },
  'sign-in-locked': {
    titleJa: 'サインインの失敗が続いたため停止中です',
    when: {
      en: 'Too many sign-ins failed for this issued ID or from this address.',
      ja: 'その発行IDまたは接続元で、サインインの失敗が続いたときに表示されます。',
    },
    todo: {
      en: 'Wait as long as the page says. If the password is lost, the support centre issues a new one.',
      ja: '画面に示す時間をおいてください。パスワードをお忘れのときは、サポート窓口が再発行します。',
    },
  },
  'sign-in-refused': {
    titleJa: '発行IDまたはパスワードが違います',
    when: {
      en: 'Issued ID and password do not belong together. Which of the two is wrong is not said, on purpose.',
      ja: '発行IDとパスワードの組み合わせが違うときに表示されます。安全のため、どちらが違うかは示しません。',
    },
    todo: {
      en: 'Check both. The issued ID begins with F; the password tells capital from small letters.',
      ja: '両方をお確かめください。発行IDはFで始まり、パスワードは大文字と小文字を区別します。',
    },
  },
} as const satisfies Readonly<Record<string, ProblemGuide>>;
