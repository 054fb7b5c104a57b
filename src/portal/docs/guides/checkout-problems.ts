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
  'amount-above-own-limit': {
    titleJa: '1回のお買い物の上限を超えています',
    when: {
      en: 'The holder of the line has set a limit per purchase for the line or for this issued ID, and the amount is above it.',
      ja: 'ご契約者が回線またはこの発行IDに定めた1回のお買い物の上限を超えるときに表示されます。',
    },
    todo: {
      en: 'Nothing is charged. The holder can raise the limit under “Limits”; it then applies from the next day. Companies see a sale that was not confirmed.',
      ja: '請求は発生しません。ご契約者は「限度額と制限」で上限を引き上げられます（翌日から）。販売元には、確定されなかった購入として返ります。',
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
  'company-blocked': {
    titleJa: 'この購入は許可されていません',
    when: {
      en: 'The holder of the line has blocked the company or service, or permits this issued ID only others.',
      ja: 'ご契約者がこの販売元・サービスを停止している、またはこの発行IDに許可していないときに表示されます。',
    },
    todo: {
      en: 'Nothing is charged. The holder can change it under “Limits”; more is permitted from the next day. Companies see a sale that was not confirmed.',
      ja: '請求は発生しません。ご契約者は「限度額と制限」で変更できます（許可は翌日から）。販売元には、確定されなかった購入として返ります。',
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
  'safeguard-not-found': {
    titleJa: '該当する設定がありません',
    when: {
      en: 'The setting that was to be taken back is not one of this line.',
      ja: '取りやめようとした設定が、この回線にないときに表示されます。',
    },
    todo: {
      en: 'Open “Limits” again to see what is set.',
      ja: '「限度額と制限」を開き直し、現在の設定をご確認ください。',
    },
  },
  'order-changed': {
    titleJa: '内容が変わりました',
    when: {
      en: 'The amount, terms or dates differ from those on the page that was confirmed. Nothing was purchased.',
      ja: '確定した画面に表示していた金額や条件、日付が変わったときに表示されます。購入は確定していません。',
    },
    todo: {
      en: 'Review the current details, and confirm again if you agree.',
      ja: '現在の内容をご確認のうえ、よろしければもう一度確定してください。',
    },
  },
  'issued-id-mistyped': {
    titleJa: '発行IDに打ち間違いがあります',
    when: {
      en: 'The check digit of the typed issued ID is wrong, so no such ID exists. It does not count as a failed sign-in.',
      ja: '入力された発行IDの検査数字が合わないときに表示されます。ログインの失敗には数えません。',
    },
    todo: {
      en: 'Compare the issued ID with the letter and type it again.',
      ja: 'お手元の書面とお見比べのうえ、入力し直してください。',
    },
  },
  'passkey-refused': {
    titleJa: 'パスキーで確認できませんでした',
    when: {
      en: 'The passkey is not registered here any more, its issued ID cannot be used, or the page had been open for too long. For security, the page does not say which.',
      ja: 'パスキーの登録がない、発行IDが使えない、または画面を長く開いたままだったときに表示されます。安全のため、どれに当たるかは示しません。',
    },
    todo: {
      en: 'Try again, or sign in with the issued ID and the password.',
      ja: 'もう一度試すか、発行IDとパスワードでログインしてください。',
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
