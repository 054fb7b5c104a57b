import type { ProblemGuide } from './problem-guide.ts';

/** Problems of payment requests. */
export const paymentRequestProblems = {
  'addressee-mistyped': {
    titleJa: 'あて先が正しい形式ではありません',
    when: {
      en: '`to` does not have the form that `to_kind` names, or the check digit of an issued ID is wrong. It says nothing of whether there is such a subscriber.',
      ja: '`to`が`to_kind`の形式ではないか、発行IDの検査数字が合わないときに返ります。該当するお客さまがいるかどうかとは関係ありません。',
    },
    todo: {
      en: 'Ask the customer for the number again.',
      ja: 'お客さまに番号をもう一度ご確認ください。',
    },
  },
  'payment-request-limit': {
    titleJa: '支払い依頼の数が上限に達しています',
    when: {
      en: 'As many of your requests to this addressee are open as can be, or you have sent as many as you can on one day; `scope` says which. Addressees are counted by what you sent, whether or not they exist.',
      ja: '同じあて先への未回答の依頼の数か、1日に送れる依頼の数が上限に達したときに返ります。どちらかは`scope`で分かります。あて先は、実在するかどうかにかかわらず、送られた内容で数えます。',
    },
    todo: {
      en: 'Withdraw a request that is not needed, or wait (`Retry-After`).',
      ja: '不要な依頼を取り下げるか、`Retry-After`の時間が過ぎるまでお待ちください。',
    },
  },
  'payment-request-not-found': {
    titleJa: '該当する支払い依頼がありません',
    when: {
      en: 'No payment request has this identifier, or it belongs to another company.',
      ja: 'その識別子の支払い依頼がないか、貴社のものではないときに返ります。',
    },
    todo: {
      en: 'Use the `id` (`pr_…`) exactly as you received it. It is case-sensitive.',
      ja: '受け取った`id`（`pr_…`）をそのまま使ってください。大文字と小文字は区別されます。',
    },
  },
} as const satisfies Readonly<Record<string, ProblemGuide>>;
