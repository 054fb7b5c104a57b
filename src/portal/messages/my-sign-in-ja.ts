/** Japanese texts about signing in to the subscriber's own pages, passwords and sessions. */
export const mySignInJa = {
  'my.sign-in.title': 'ログイン',
  'my.sign-in.lead':
    '発行IDとパスワードを入力するか、登録したパスキーを使ってください。ご契約の回線から接続していることもあわせて確認します。',
  'my.sign-in.elsewhere':
    '外出先などご契約の回線以外からは、回線ご契約者のメールアドレスに届く認証コードでログインできます。',
  'my.sign-in.submit': 'ログイン',
  'my.sign-in.forgotten': 'パスワードをお忘れの方',
  'my.sign-in.signed-out': 'ログアウトしました。',
  'my.sign-in.password-changed': '新しいパスワードを設定しました。新しいパスワードでログインしてください。',
  'my.code.title': '認証コードの入力',
  'my.code.lead':
    'ご契約の回線からの接続を確認できませんでした。回線ご契約者のメールアドレスに認証コードをお送りします。',
  'my.code.lead-former':
    'この発行IDの回線は、ほかの方のご契約になりました。ご契約中のご利用を確認できるよう、当時の回線ご契約者のメールアドレスに認証コードをお送りします。',
  'my.code.read-only-former':
    '{through}まで、ご契約中のご利用・ご請求・領収に関する書類を確認できます。お手続きは行えません。',
  'my.code.no-address-former':
    'メールアドレスの登録がないため、認証コードをお送りできません。{contact}までご連絡ください。',
  'my.code.read-only':
    '認証コードでログインした場合は、内容の確認と、解約・同意の取り消し・ブロックのみ行えます。そのほかの変更は、ご契約の回線からログインしてください。',
  'my.code.to': '送信先：{address}',
  'my.code.send': '認証コードを送信する',
  'my.code.sent': '{address} に認証コードを送信しました。15分以内に入力してください。',
  'my.code.code': '認証コード',
  'my.code.code-hint': 'メールに記載された8桁の数字です。',
  'my.code.submit': 'ログイン',
  'my.code.no-address':
    'メールアドレスの登録がないため、認証コードをお送りできません。ご契約の回線（ご自宅のWi-Fiなど）に接続してから、もう一度ログインしてください。',
  'my.code.on-line': 'ご自宅のWi-Fiなど、ご契約の回線に接続し直した方',
  'my.code.retry': 'もう一度ログインする',
  'my.code.no-session': 'はじめに、発行IDとパスワード、またはパスキーでログインしてください。',
  'my.password.new': '新しいパスワード',
  'my.password.new-hint': '8文字以上128文字以内。ほかのサービスと同じものは避けてください。',
  'my.password.current': '現在のパスワード',
  'my.password.show': 'パスワードを表示',
  'my.password.changed': 'パスワードを変更しました。ほかの端末ではログアウトされました。',
  'my.new-password.title': '新しいパスワードの設定',
  'my.new-password.lead': '現在のパスワードは仮のものです。ご自身だけが知るパスワードを設定してください。',
  'my.new-password.submit': '設定して進む',
  'my.forgotten.title': 'パスワードをお忘れの方',
  'my.forgotten.lead':
    '発行IDを入力してください。回線ご契約者のメールアドレスに、再設定用の認証コードをお送りします。',
  'my.forgotten.submit': '認証コードを送信する',
  'my.forgotten.support': '発行IDが分からない場合やメールが届かない場合は、{contact}までご連絡ください。',
  'my.forgotten-code.title': 'パスワードの再設定',
  'my.forgotten-code.lead':
    '入力された発行IDが有効で、回線ご契約者のメールアドレスが登録されていれば、認証コードが届きます。15分以内に入力してください。',
  'my.forgotten-code.submit': 'パスワードを再設定する',
  'my.forgotten-code.again': 'メールが届かない場合は、もう一度送信してください',
  'my.nav.security': 'パスワードと安全',
  'my.security.title': 'パスワードと安全',
  'my.security.password': 'パスワードの変更',
  'my.security.change': '変更する',
  'my.security.sessions': 'ログイン中の端末',
  'my.security.sessions-lead':
    '心当たりのない端末がある場合は、ログアウトさせてからパスワードを変更してください。',
  'my.security.unknown-browser': '不明なブラウザー',
  'my.security.this': 'この端末',
  'my.security.since': 'ログイン：{at}',
  'my.security.seen': '最終アクセス：{at}（{address}）',
  'my.security.end-others': 'ほかの端末をすべてログアウトする',
  'my.security.ended': 'ほかの端末（{count}件）をログアウトしました。',
  'problem.sign-in-refused.title': '発行IDまたはパスワードが正しくありません',
  'problem.sign-in-refused.text': '入力内容をご確認のうえ、もう一度お試しください。',
  'problem.sign-in-locked.title': 'しばらくログインできません',
  'problem.sign-in-locked.text':
    '続けて誤った入力があったため、安全のため一時的に止めています。15分ほど経ってからお試しください。',
  'problem.code-refused.title': '認証コードが正しくありません',
  'problem.code-refused.text':
    'コードが違うか、有効期限（15分）が切れています。届かないときや何度も誤ったときは、新しいコードを送信してください。',
  'problem.code-limit-reached.title': '認証コードの送信回数が上限に達しました',
  'problem.code-limit-reached.text':
    '最後に届いたコードをお使いになるか、1時間ほど経ってからお試しください。',
  'problem.mail-address-missing.title': '認証コードをお送りできません',
  'problem.mail-address-missing.text':
    'メールアドレスの登録がありません。ご契約の回線に接続してからログインしてください。',
  'problem.session-ended.title': 'ログインの有効期限が切れました',
  'problem.session-ended.text': 'もう一度ログインしてください。',
  'problem.password-not-permitted.title': 'このパスワードは使えません',
  'problem.password-not-permitted.text': '8文字以上128文字以内で入力してください。',
  'problem.password-unchanged.title': '現在と同じパスワードです',
  'problem.password-unchanged.text': '別のパスワードを入力してください。',
} as const;
