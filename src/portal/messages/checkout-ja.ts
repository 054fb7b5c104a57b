/** Japanese texts of the checkout: its steps, sign-in, refusals and receipt. */
export const checkoutJa = {
  'steps.label': 'お手続きの流れ',
  'steps.sign-in': 'ご本人の確認',
  'steps.confirm': '内容の確認',
  'steps.done-step': '完了',
  'steps.done': '済み',

  'sandbox.persons-title': '見本の利用者で購入する',
  'sandbox.persons-lead':
    'どのサンドボックスにもいる見本の利用者です。利用者ごとに結果が異なり、ほかに必要な情報はありません。',
  'sandbox.person-text': '{issuedId}：{effect}',
  'sandbox.person.accepted': '承認される',
  'sandbox.effect.accepted': '購入は承認されます。',
  'sandbox.person.limit': '上限を超える',
  'sandbox.effect.limit': '回線の上限が1か月500円です。これを超える購入は断られます。',
  'sandbox.person.wrong-line': '別の回線',
  'sandbox.effect.wrong-line': 'AAAサーバーが回線を確認できず、購入は断られます。',
  'sandbox.person.aaa-silent': 'AAAが応答しない',
  'sandbox.effect.aaa-silent': 'AAAサーバーが応答せず、購入できません。',
  'sandbox.person.id-locked': 'IDがロック中',
  'sandbox.effect.id-locked': 'サインインできません。',
  'sandbox.person.child': '子ども',
  'sandbox.effect.child': '契約者が8歳のため、1か月1,500円までです。',
  'sign-in.title': 'ご本人の確認',
  'sign-in.line-title': 'ご自宅のWi-Fiなど、ご契約回線につないでお手続きください',
  'sign-in.line-how': 'モバイル通信をお使いの場合',
  'sign-in.line-mobile':
    'お支払いは、ご契約回線につながっている端末でお手続きいただけます。モバイル通信のままでは進められません。Wi-Fiをオンにしてご自宅のネットワークにつなぎ、必要に応じてモバイル通信、VPN、プライベートリレーをいったんオフにしてください。',
  'sign-in.issued-id': '発行ID',
  'sign-in.issued-id-hint': 'Fと数字11桁。空白やハイフンは省けます。',
  'sign-in.password': 'パスワード',
  'sign-in.password-hint': 'お手元の書面のとおりに。ハイフンは省けます。',
  'sign-in.show-password': 'パスワードを表示',
  'sign-in.submit': '内容の確認へ進む',
  'sign-in.or': 'または',
  'sign-in.passkey': 'パスキーを使う',
  'sign-in.not-charged': 'まだ購入は確定しません。',
  'sign-in.forgotten': 'IDやパスワードをお忘れの場合は再発行いたします。{contact}',
  'sign-in.check-fields': '入力内容をご確認ください',
  'sign-in.mistyped':
    '発行IDに打ち間違いがあります。お手元の書面とお見比べください。この入力は、ログインの失敗に数えません。',

  'waiting.title': 'ご契約回線を確認しています',
  'waiting.text':
    '確認システムからの応答をお待ちしています。確認が終わると、この画面は自動で切り替わります。',
  'waiting.refresh': '画面を更新する',

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
  'room.title': '今月のご利用限度額',
  'room.left': '残り{remaining}（限度額{limit}、{date}まで）',
  'room.left-after': '残り{remaining}、このお支払いの後は{after}（限度額{limit}、{date}まで）',

  'decline.request': '支払わずに断る',
  'decline.charge': '購入せずに戻る',
  'decline.subscription': '申し込まずに戻る',
  'decline.consent': '同意せずに戻る',

  'error.sign-in-refused.title': 'ご本人を確認できませんでした',
  'error.sign-in-refused.text': '発行IDまたはパスワードが違います。もう一度ご確認ください。',
  'error.tries-left': 'あと{count}回続けて間違えると、15分間ログインできなくなります。',
  'error.no-tries-left': '続けて間違えたため、15分間ログインできません。',
  'error.passkey-refused.title': 'パスキーで確認できませんでした',
  'error.passkey-refused.text':
    'もう一度お試しください。続けてできないときは、発行IDとパスワードをお使いください。',
  'error.sign-in-locked.title': '一時的にログインできません',
  'error.sign-in-locked.text':
    'ログインの失敗が続いたため、受け付けを一時的に停止しています。約{minutes}分後に、もう一度お試しください。請求は発生していません。',

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
    '購入は確定していません。現在の内容を表示しています。ご確認のうえ、よろしければもう一度確定してください。',

  'refused.limits-link': '限度額と制限の設定を見る',
  'refused.limit-exceeded.title': 'ご利用限度額の残りを超えています',
  'refused.limit-exceeded.text':
    '{date}までのご利用限度額は{limit}、残りは{remaining}です。今回の金額は残りを超えるため、お手続きできません。請求は発生していません。',
  'refused.amount-above-contract.title': '1回のお支払いの上限を超えています',
  'refused.amount-above-contract.text':
    '販売元との契約で決められた1回の上限額を超えているため、お手続きできません。請求は発生していません。',
  'refused.company-blocked.title': 'この販売元では購入できない設定です',
  'refused.company-blocked.text':
    'ご契約者の設定により、この販売元ではお手続きできません。請求は発生していません。',
  'refused.service-blocked.title': 'このサービスでは購入できない設定です',
  'refused.service-blocked.text':
    'ご契約者の設定により、このサービスではお手続きできません。請求は発生していません。',
  'refused.not-listed.title': 'この販売元は許可されていません',
  'refused.not-listed.text':
    'お使いの発行IDは、ご契約者が許可した販売元とサービスだけで購入できます。請求は発生していません。',
  'refused.charge-limit.title': '1回のお買い物の上限を超えています',
  'refused.charge-limit.text': 'ご契約者が定めた1回の上限は{limit}です。請求は発生していません。',
  'refused.already-subscribed.title': 'すでにお申し込み済みです',
  'refused.already-subscribed.text':
    '同じ商品にご加入中のため、あらためてお申し込みいただく必要はありません。二重に請求されることもありません。',
  'refused.already-subscribed.link': 'ご加入中のサービスを見る',
  'refused.line-not-eligible.title': 'ご契約の回線ではお支払いいただけません',
  'refused.line-not-eligible.text':
    'ご契約の回線サービスまたはオプションが、このお支払い方法の対象ではありません。請求は発生していません。対象となる回線やご契約の変更については、{contact}にお問い合わせください。',
  'refused.service-incomplete.title': 'このサービスはまだ販売の準備中です',
  'refused.service-incomplete.text':
    '購入前に表示すべき事項が登録されていないため、購入できません。請求は発生していません。販売元にお問い合わせください。',
  'refused.entitlement-ended.title': 'この発行IDではお支払いできません',
  'refused.entitlement-ended.text':
    '回線のご契約内容が変わったため、お手続きを進められません。請求は発生していません。',
  'refused.company-suspended.title': '販売元は現在お取り扱いを休止しています',
  'refused.company-suspended.text': 'このため購入できません。請求は発生していません。',
  'refused.other.title': 'お手続きを完了できませんでした',
  'refused.other.text': '請求は発生していません。販売元のサイトに戻ってやり直してください。',

  'receipt.charge.title': 'ご購入が完了しました',
  'receipt.charge.text':
    'ご購入の記録はマイページに残ります。内容の確認、販売元へのお問い合わせ、お心当たりのない購入のご連絡も、マイページから行えます。',
  'receipt.subscription.title': 'お申し込みが完了しました',
  'receipt.subscription.text':
    'ご加入中のサービスと次回のご請求は、マイページで確認できます。ご解約もマイページからいつでも行えます。',
  'receipt.consent.title': '同意を受け付けました',
  'receipt.consent.text':
    'ご利用のつどのお支払いは、マイページで確認できます。同意はマイページからいつでも終了できます。',
  'receipt.number': '購入番号',
  'receipt.at': '受付日時',
  'receipt.issued-id': '発行ID',
  'receipt.my': 'マイページで見る',
  'receipt.sign-out': 'ログアウト',
  'receipt.shared-device': '共用の端末をお使いの場合は、ログアウトしてください。',

  'closed.confirmed.title': 'お手続きは完了しています',
  'closed.confirmed.text': '重ねて請求されることはありません。このページは閉じてかまいません。',
  'closed.declined-charge.title': '購入を取りやめました',
  'closed.declined-subscription.title': 'お申し込みを取りやめました',
  'closed.declined-consent.title': '同意を見送りました',
  'closed.declined.text': '請求は発生していません。',
  'closed.withdrawn-charge.title': '販売元が購入の受け付けを取り消しました',
  'closed.withdrawn-subscription.title': '販売元がお申し込みの受け付けを取り消しました',
  'closed.withdrawn-consent.title': '販売元が同意の受け付けを取り消しました',
  'closed.withdrawn.text': '請求は発生していません。必要なときは、販売元のサイトからやり直してください。',
  'closed.expired.title': 'お手続きの期限が過ぎました',
  'closed.expired.text': '請求は発生していません。販売元のサイトからもう一度お手続きください。',
  'closed.back-to-requests': '支払いの依頼に戻る',
  'closed.back': '{company}のサイトへ戻る',
} as const;
