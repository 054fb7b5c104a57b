/** Japanese texts of the page of components. */
export const componentsJa = {
  'components.title': 'ページの部品',
  'components.list': '業務画面の一覧',
  'components.subject': '業務画面の詳細',
  'components.daily': '毎日の業務',
  'components.monthly': '月ごとの業務',
  'components.reason': '確認した内容',
  'components.text': 'お名前',
  'components.amount': '金額',
  'components.date': '日付',
  'components.choice': '変更のご希望',
  'components.secret': 'パスワード',
  'components.show': 'パスワードを表示する',
} as const;
