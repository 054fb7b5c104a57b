import type { ProblemGuide } from './problem-guide.ts';

/** Refusals for people who write to a company about a purchase, who report one, and for the company that answers. */
export const contactProblems = {
  'answer-limit': {
    titleJa: 'このリンクからは、これ以上回答できません',
    when: {
      en: 'The company has sent as many answers as one mail allows.',
      ja: '1通のメールに対して送信できる回数の回答をすでに送信したときに表示されます。',
    },
    todo: {
      en: 'Wait for the next message of the subscriber: its mail has a new link.',
      ja: 'ご契約者から次のお問い合わせが届くと、そのメールのリンクから回答できます。',
    },
  },
  'answer-link-expired': {
    titleJa: '回答の期限を過ぎています',
    when: {
      en: 'A link in a mail to a company works for 30 days.',
      ja: '会社に届いたメールのリンクが、有効期間の30日を過ぎたときに表示されます。',
    },
    todo: {
      en: 'Ask the subscriber through another channel to write again: the new mail has a new link.',
      ja: 'ご契約者から改めてお問い合わせがあると、新しいリンクの入ったメールが届きます。',
    },
  },
  'case-exists': {
    titleJa: 'この購入はすでにお申し出を受け付けています',
    when: {
      en: 'Somebody else on the line has reported the purchase, and the support centre is looking into it.',
      ja: '同じ回線の別の方がこの購入を申し出ており、サポート窓口で調査しているときに表示されます。',
    },
    todo: {
      en: 'Ask the holder of the line, or call the support centre.',
      ja: '回線の名義人にご確認いただくか、サポート窓口にお電話ください。',
    },
  },
  'case-changed': {
    titleJa: 'ほかの担当者が書き込みました',
    when: {
      en: 'An answer by mail was written before the newest entry of the case.',
      ja: 'メールの回答を作成している間に、受付に新しい書き込みがあったときに表示されます。',
    },
    todo: {
      en: 'Look at the case and send the answer again.',
      ja: '受付の内容を確認してから、もう一度送信してください。',
    },
  },
  'case-of-other-line': {
    titleJa: '回線または契約者が異なります',
    when: {
      en: 'Cases are merged only within one line under one holder.',
      ja: '回線または契約者が異なる受付をまとめようとしたときに表示されます。',
    },
    todo: {
      en: 'Answer both cases, each to its own reporter.',
      ja: 'それぞれの受付で回答してください。',
    },
  },
  'case-without-address': {
    titleJa: 'メールの宛先がありません',
    when: {
      en: 'The holder of the line has no mail address.',
      ja: 'ご契約者のメールアドレスが登録されていないときに表示されます。',
    },
    todo: {
      en: 'Call the holder, and keep what was said as a note.',
      ja: 'お電話でご連絡し、内容をメモに残してください。',
    },
  },
  'case-without-purchase': {
    titleJa: '購入に関する受付ではありません',
    when: {
      en: 'The case is about no purchase, so there is no company to ask.',
      ja: '購入が特定されていない受付で、販売元に確認しようとしたときに表示されます。',
    },
    todo: {
      en: 'Open a case about the purchase, and merge this one into it.',
      ja: '購入を選んで新しい受付を作り、この受付をそちらにまとめてください。',
    },
  },
  'case-not-found': {
    titleJa: '該当するお申し出がありません',
    when: {
      en: 'No case has this number, or it belongs to somebody else.',
      ja: 'その番号のお申し出がないか、他の方のものであるときに出ます。',
    },
    todo: {
      en: 'Check the number, such as C-2026-000123.',
      ja: '番号（例：C-2026-000123）をご確認ください。',
    },
  },
  'contact-limit': {
    titleJa: '送信できる回数の上限に達しました',
    when: {
      en: 'An issued ID, a purchase or a company has had as many messages as are allowed in a day or an hour; `scope` says which.',
      ja: '発行ID・購入・会社のいずれかで、1日または1時間に送信できる件数に達したときに表示されます。どれかは`scope`で分かります。',
    },
    todo: {
      en: 'Try again after `retry_after_seconds`. For something urgent, call the seller or the support centre.',
      ja: '`retry_after_seconds`の秒数が過ぎてからお試しください。お急ぎの場合は、販売会社またはサポート窓口にお電話ください。',
    },
  },
  'enquiry-not-found': {
    titleJa: '該当するお問い合わせがありません',
    when: {
      en: 'No enquiry has this identifier, or it belongs to somebody else.',
      ja: 'その識別子のお問い合わせがないか、他の方のものであるときに出ます。',
    },
    todo: { en: 'Choose it from your list of enquiries.', ja: 'お問い合わせの一覧から選んでください。' },
  },
  'seller-unreachable': {
    titleJa: 'この会社には画面からお問い合わせいただけません',
    when: {
      en: 'The company has given no e-mail address for enquiries.',
      ja: '会社がお問い合わせ用のメールアドレスを登録していないときに表示されます。',
    },
    todo: {
      en: 'Call the seller; the page shows its telephone number.',
      ja: '画面に表示の電話番号へお問い合わせください。',
    },
  },
} as const satisfies Readonly<Record<string, ProblemGuide>>;
