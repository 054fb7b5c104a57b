import { myContactJa } from './my-contact-ja.ts';
import { myJa } from './my-ja.ts';
import { answersJa } from './answers-ja.ts';
import { developersJa } from './developers-ja.ts';
import { kitJa } from './kit-ja.ts';

/** Japanese texts of the pages. `{name}` stands for a fact; both languages have the same keys and the same facts. */
export const ja = {
  ...myJa,
  ...myContactJa,
  ...developersJa,
  ...kitJa,
  ...answersJa,

  'page.service': 'まとめてお支払い',
  'page.skip': '本文へ移動',
  'page.language': '表示言語',
  'page.contact': 'お問い合わせ',
  'page.safe': 'このページは通信会社が運営しています。パスワードを販売元に知らせることはありません。',
  'page.request': 'お問い合わせ番号',

  'steps.label': 'お手続きの流れ',
  'steps.sign-in': 'ご本人の確認',
  'steps.confirm': '内容の確認',
  'steps.back': 'サイトへ戻る',
  'steps.done': '済み',

  'order.charge': 'お支払い内容',
  'order.subscription': '月額サービスのお申し込み',
  'order.consent': 'ご利用分のお支払いへの同意',
  'order.price': 'お支払い金額',
  'order.price-monthly': '月額料金',
  'order.price-consent': '1回あたりの上限',
  'order.per-month': '／月',
  'order.up-to': '{amount}まで',
  'order.no-maximum': '設定なし',
  'order.tax': '税込（税率{rate}、うち消費税{tax}）',
  'order.tax-reduced': '税込（軽減税率{rate}対象※、うち消費税{tax}）',
  'order.tax-included': '税込',
  'order.seller': '販売元',
  'order.service': 'サービス',
  'order.item': '商品・内容',
  'order.how-often': 'お支払い回数',
  'order.once': '1回のみ',
  'order.monthly': '毎月（ご解約まで）',
  'order.each-use': 'ご利用のつど',
  'order.charged': 'ご請求日',
  'order.charged-on-day': '毎月{day}日に1か月分',
  'order.charged-at-month-end': '毎月末日に1か月分',
  'order.first-charge': '初回のご請求',
  'order.first-charge-now': 'お申し込みと同時に、今月分{amount}',
  'order.first-charge-this-month': '今月{day}日に、今月分{amount}',
  'order.first-charge-next-month': '来月{day}日に、来月分{amount}',
  'order.special': '特典',
  'order.first-month-free': 'ご加入の月は無料',
  'order.first-month-had': '以前にお申し込みのある回線のため、ご加入の月は有料',
  'order.last-month-had': '以前に適用のある回線のため、ご解約の月は有料',
  'order.free-once': '無料の月は1回線につき1回のみです。ログイン後に、初回のご請求日と金額をご案内します。',
  'order.last-month-free': 'ご請求日までのご解約で、その月は無料',
  'order.no-proration': '日割りはありません。ご加入の月からご解約の月までが対象です。',
  'order.consent-note':
    '同意すると、以後は確認画面なしで、ご利用のつど請求されます。同意はいつでも終了できます。',
  'order.billing': 'ご請求方法',
  'order.billed-with-line': 'ご利用回線の料金とあわせて請求',

  'sign-in.title': 'ご本人の確認',
  'sign-in.lead': '回線ご契約時に発行されたIDとパスワードを入力してください。',
  'sign-in.issued-id': '発行ID',
  'sign-in.issued-id-hint': 'Fではじまる英数字です。空白やハイフンは省けます。',
  'sign-in.password': 'パスワード',
  'sign-in.password-hint': 'お手元の書面のとおりに入力してください。ハイフンは省けます。',
  'sign-in.submit': '内容の確認へ進む',
  'sign-in.not-charged': 'まだ購入は確定しません。',
  'sign-in.forgotten': 'IDやパスワードをお忘れの場合は再発行いたします。{contact}',

  'confirm.title': '内容の確認',
  'confirm.signed-in-as': '{name} 様（{issuedId}）',
  'confirm.line-proven': 'ご契約回線からの接続を確認しました',
  'confirm.not-you': '別のIDを使う',
  'confirm.charge': '確認して購入（{amount}）',
  'confirm.subscription': '確認して申し込む（月額{amount}）',
  'confirm.consent': '確認して同意する',
  'confirm.note-charge': 'ボタンを押すと購入が確定します。',
  'confirm.note-subscription': 'ボタンを押すとお申し込みが確定します。',
  'confirm.note-consent': 'ボタンを押すと同意が成立します。この時点では請求されません。',

  'decline.charge': '購入せずに戻る',
  'decline.subscription': '申し込まずに戻る',
  'decline.consent': '同意せずに戻る',

  'error.sign-in-refused.title': 'ご本人を確認できませんでした',
  'error.sign-in-refused.text': '発行IDまたはパスワードが違います。もう一度ご確認ください。',
  'error.tries-left': 'あと{count}回続けて間違えると、15分間ログインできなくなります。',
  'error.no-tries-left': '続けて間違えたため、15分間ログインできません。',
  'error.issued-id-mistyped.title': '発行IDに打ち間違いがあります',
  'error.issued-id-mistyped.text':
    '発行IDはFと数字11桁です。お手元の書面とお見比べのうえ、入力し直してください。この入力は、ログインの失敗に数えません。',
  'waiting.title': 'ご契約回線を確認しています',
  'waiting.text':
    '確認システムからの応答をお待ちしています。確認が終わると、この画面は自動で切り替わります。',
  'waiting.refresh': '今すぐ画面を更新する',
  'error.sign-in-locked.title': '一時的にログインできません',
  'error.sign-in-locked.text':
    'ログインの失敗が続いたため、受け付けを一時的に停止しています。約{minutes}分後に、もう一度お試しください。請求は発生していません。',
  'error.busy.title': 'ただいま混み合っています',
  'error.busy.text': '少し時間をおいて、もう一度お試しください。請求は発生していません。',

  'line-refused.title': 'ご契約回線からの接続ではありません',
  'line-refused.text':
    'この端末は、発行IDの回線を通って接続されていません。安全のため、お手続きを進められません。請求は発生していません。',
  'line-refused.todo': '次のことをお試しください',
  'line-refused.todo-wifi': 'ご自宅のWi-Fiなど、ご契約回線のネットワークに接続する',
  'line-refused.todo-mobile': 'スマートフォンのモバイル通信をいったんオフにする',
  'line-refused.todo-vpn': 'VPNやプロキシ、プライベートリレーをオフにする',
  'line-unproven.title': 'ただいま回線を確認できません',
  'line-unproven.text':
    '確認システムから応答がありません。請求は発生していません。少し時間をおいて、もう一度お試しください。',
  'line-limited.title': '回線の確認が短い間に繰り返されました',
  'line-limited.text': '請求は発生していません。{seconds}秒ほど時間をおいて、もう一度お試しください。',
  'line.try-again': 'もう一度確認する',

  'order-changed.title': 'お申し込みの内容が変わりました',
  'order-changed.text':
    '購入は確定していません。現在の内容は次のとおりです。ご確認のうえ、よろしければもう一度確定してください。',

  'refused.limit-exceeded.title': 'ご利用限度額の残りを超えています',
  'refused.limit-exceeded.text':
    '{date}までのご利用限度額は{limit}、残りは{remaining}です。今回の金額は残りを超えるため、購入できません。請求は発生していません。',
  'refused.amount-above-contract.title': '1回のお支払いの上限を超えています',
  'refused.amount-above-contract.text':
    '販売元との契約で決められた1回の上限額を超えているため、購入できません。請求は発生していません。',
  'refused.company-blocked.title': 'この購入は許可されていません',
  'refused.company-blocked.text':
    'ご契約者の設定により、このサービスでは購入できません。請求は発生していません。設定はマイページの「限度額と制限」でご確認ください。',
  'refused.amount-above-own-limit.title': '1回のお買い物の上限を超えています',
  'refused.amount-above-own-limit.text':
    'ご契約者が定めた1回の上限は{limit}です。請求は発生していません。設定はマイページの「限度額と制限」でご確認ください。',
  'refused.already-subscribed.title': 'すでにお申し込み済みです',
  'refused.already-subscribed.text':
    '同じサービスにすでに加入されています。二重に請求されることはありません。',
  'refused.entitlement-ended.title': 'この発行IDではお支払いできません',
  'refused.entitlement-ended.text':
    '回線のご契約内容が変わったため、お手続きを進められません。請求は発生していません。',
  'refused.line-not-eligible.title': 'ご契約の回線ではお支払いいただけません',
  'refused.line-not-eligible.text':
    'ご契約の回線サービスまたはオプションが、このお支払い方法の対象ではありません。請求は発生していません。対象となる回線やご契約の変更については、{contact}にお問い合わせください。',
  'refused.service-incomplete.title': 'このサービスはまだ販売の準備中です',
  'refused.service-incomplete.text':
    '購入前に表示すべき事項が登録されていないため、購入できません。請求は発生していません。販売元にお問い合わせください。',
  'refused.company-suspended.title': '販売元は現在お取り扱いを休止しています',
  'refused.company-suspended.text': 'このため購入できません。請求は発生していません。',
  'refused.other.title': 'お手続きを完了できませんでした',
  'refused.other.text': '請求は発生していません。販売元のサイトに戻ってやり直してください。',

  'closed.confirmed.title': 'お手続きは完了しています',
  'closed.confirmed.text': '重ねて請求されることはありません。このページは閉じてかまいません。',
  'closed.declined.title': 'お手続きを取りやめました',
  'closed.declined.text': '請求は発生していません。',
  'closed.withdrawn.title': '販売元がお手続きを取り消しました',
  'closed.withdrawn.text': '請求は発生していません。必要なときは、販売元のサイトからやり直してください。',
  'closed.expired.title': 'お手続きの期限が過ぎました',
  'closed.expired.text': '請求は発生していません。販売元のサイトからもう一度お手続きください。',
  'closed.back': '{company}のサイトへ戻る',

  'problem.forged-request.title': '画面の有効期限が切れました',
  'problem.forged-request.text':
    '安全のため、送信を受け付けませんでした。Cookieが有効か確認し、前の画面を開き直してもう一度お試しください。',
  'problem.not-found.title': 'ページが見つかりません',
  'problem.not-found.text': 'アドレスが正しいか確認し、販売元のサイトからもう一度お手続きください。',
  'problem.service-unavailable.title': 'ただいま混み合っています',
  'problem.service-unavailable.text': '少し時間をおいて、もう一度お試しください。',
  'problem.bad-request.title': '送信内容を受け付けられませんでした',
  'problem.bad-request.text': '前の画面に戻って、もう一度お試しください。',
  'problem.internal-error.title': '問題が発生しました',
  'problem.internal-error.text': 'ご迷惑をおかけしています。時間をおいてもう一度お試しください。',
  'problem.back': 'お手続きの画面に戻る',
} as const;

export type MessageKey = keyof typeof ja;
/** The texts of one language. */
export type Messages = Readonly<Record<MessageKey, string>>;
