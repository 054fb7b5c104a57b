import type { ProblemGuide } from './problem-guide.ts';

/** Refusals of refunds. */
export const refundProblems = {
  'claim-returned': {
    titleJa: 'この金額の債権は販売元に戻っています',
    when: {
      en: 'The amount was not collected from the line, so it was clawed back and its claim is yours. `left` is what can still be refunded.',
      ja: 'ご契約者から回収できず、貴社への支払いから差し引いて債権をお返しした金額です。まだ返金できる金額は`left`で分かります。',
    },
    todo: {
      en: 'Refund at most `left`. Settle the rest with the customer yourself.',
      ja: '`left`以下で返金してください。残りは貴社とお客さまの間で精算してください。',
    },
  },
  'month-not-charged': {
    titleJa: 'この月の課金はありません',
    when: {
      en: 'The subscription has no charge for this month: it was free, not due yet, or charged under another subscription.',
      ja: 'その月が無料だった、課金日が来ていない、または別の定期購入で課金されたときに返ります。',
    },
    todo: {
      en: 'List the charges, and refund the one of the month by its identifier.',
      ja: '課金の一覧で対象の課金を確認し、その識別子で返金してください。',
    },
  },
  'not-captured': {
    titleJa: '課金が確定していません',
    when: {
      en: 'The charge has not been captured, so nothing was billed; `state` gives its state.',
      ja: '課金が確定しておらず、請求されていないときに返ります。状態は`state`で分かります。',
    },
    todo: {
      en: 'Cancel a charge that is `pending` or `authorized` instead.',
      ja: '`pending`や`authorized`の課金は、返金ではなく取り消してください。',
    },
  },
  'partial-not-allowed': {
    titleJa: '契約により、一部だけの返金はできません',
    when: {
      en: 'Your contract allows refunds of the whole amount only; `left` gives it.',
      ja: '契約で全額の返金だけが認められているときに返ります。金額は`left`で分かります。',
    },
    todo: {
      en: 'Leave `amount` out, or ask us to change the contract.',
      ja: '`amount`を省略してください。契約の変更もご相談いただけます。',
    },
  },
  'preview-too-slow': {
    titleJa: '当月の金額の集計が時間内に終わりませんでした',
    when: {
      en: 'The figures of your month could not be added up in time for the preview: the service is busy, or the month is very large. Nothing was changed.',
      ja: '混み合っている、または当月の件数が非常に多いため、返金の影響を時間内に集計できなかったときに返ります。何も変更されていません。',
    },
    todo: {
      en: 'Try the preview again later. The refund itself does not need it.',
      ja: 'しばらくしてから、もう一度お試しください。影響を確認しなくても、返金は行えます。',
    },
  },
  'refund-needs-approval': {
    titleJa: 'この返金には別の担当者の承認が必要です',
    when: {
      en: 'The refund is above what one person, or a company by itself, may give back; `because` names the limit: `charge`, `line-day`, `person-day`, `company-day`, or `window` for one after the contract’s days.',
      ja: '1人の担当者や1社だけで返金できる金額や期限を超えるときに返ります。超えた上限は`because`で分かります（`charge`、`line-day`、`person-day`、`company-day`。期限の後は`window`）。',
    },
    todo: {
      en: 'A company asks our support centre, which proposes the refund. The carrier’s people propose it themselves, and another person approves it.',
      ja: '販売元の方は、サポート窓口へご相談ください。窓口が返金を申請します。運営の担当者は申請し、別の担当者が承認してください。',
    },
  },
  'refund-not-found': {
    titleJa: '該当する返金がありません',
    when: {
      en: 'No refund has this identifier, or it is of another company.',
      ja: 'その識別子の返金がない、または別の会社のものであるときに返ります。',
    },
    todo: {
      en: 'Use the `id` that the refund had when it was made.',
      ja: '返金したときの`id`を指定してください。',
    },
  },
  'refund-too-large': {
    titleJa: '返金できる金額を超えています',
    when: {
      en: 'All refunds of the charge together would exceed what was captured; `left` is what can still be refunded.',
      ja: 'これまでの返金との合計が、確定した金額を超えるときに返ります。まだ返金できる金額は`left`で分かります。',
    },
    todo: {
      en: 'Refund at most `left`. If it is 0, the charge has been refunded: list its refunds.',
      ja: '`left`以下で返金してください。0のときは返金済みです。返金の一覧をご確認ください。',
    },
  },
  'refund-window-passed': {
    titleJa: '返金できる期限を過ぎています',
    when: {
      en: 'The days in which your contract allows refunds are over; `refundable_through` was the last one.',
      ja: '契約で定めた返金の期限を過ぎたときに返ります。最後の日は`refundable_through`で分かります。',
    },
    todo: {
      en: 'Ask our support centre: it can propose a later refund, which takes an approval.',
      ja: 'サポート窓口へご相談ください。期限の後の返金は、窓口が申請し、承認を受けて行います。',
    },
  },
} as const satisfies Readonly<Record<string, ProblemGuide>>;
