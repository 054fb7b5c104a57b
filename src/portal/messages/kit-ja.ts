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
  'kit.nav': 'メニュー',
  'kit.signed-in': 'ログイン中：{person}',
  'kit.sign-out': 'ログアウト',
  'problem.permission-denied.title': 'この操作はできません',
  'problem.permission-denied.text':
    'お使いの権限では、このページを開くことも、この操作を行うこともできません。',
  'problem.rate-limit-exceeded.title': '操作の回数が多すぎます',
  'problem.rate-limit-exceeded.text': '少し時間をおいて、もう一度お試しください。',
} as const;
