/** Japanese texts of the page of components. */
export const componentsJa = {
  'components.title': 'ページの部品',
  'components.text': 'お名前',
  'components.amount': '金額',
  'components.date': '日付',
  'components.choice': '変更のご希望',
  'components.secret': 'パスワード',
  'components.show': 'パスワードを表示する',
} as const;
