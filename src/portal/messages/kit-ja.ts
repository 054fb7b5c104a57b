/** Japanese texts of what all pages share. */
export const kitJa = {
  'kit.error-title': 'エラー：{title}',
  'kit.error-summary': '入力内容をご確認ください',
  'kit.fault.missing': '入力してください。',
  'kit.fault.choose': '選択してください。',
  'kit.fault.invalid': 'この内容は受け付けられません。',
  'kit.fault.too-long': '{max}文字以内で入力してください。',
  'kit.fault.number': '{min}～{max}の整数を入力してください。',
  'kit.fault.money': '0円～{max}円の金額を、整数で入力してください。',
  'kit.fault.date': '「2026/5/1」のように、実在する日付を入力してください。',
  'kit.optional': '（任意）',
  'kit.crumbs': '現在の位置',
  'kit.pages': 'ページの移動',
  'kit.first-page': '最初のページ',
  'kit.next-page': '次のページ',
  'kit.back': 'やめて戻る',
  'kit.copy': 'コピー',
  'kit.copied': 'コピーしました',
  'kit.nav': 'メニュー',
  'kit.passkey.absent':
    'このブラウザーではパスキーを使えません（JavaScriptが必要です）。ほかの方法をお使いください。',
  'kit.passkey.failed':
    'パスキーの操作が完了しませんでした。もう一度お試しいただくか、ほかの方法をお使いください。',
  'kit.passkey.no-answer': 'パスキーからの応答がありません。もう一度お試しください。',
  'kit.passkey.answer': 'パスキー',
  'kit.sign-out': 'ログアウト',
  'problem.permission-denied.title': 'この操作はできません',
  'problem.permission-denied.text':
    'お使いの権限では、このページを開くことも、この操作を行うこともできません。',
  'problem.rate-limit-exceeded.title': '操作の回数が多すぎます',
  'problem.rate-limit-exceeded.text': '少し時間をおいて、もう一度お試しください。',
} as const;
