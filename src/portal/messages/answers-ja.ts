/** Japanese texts of the page on which a company answers an enquiry. */
export const answersJa = {
  'answers.foot':
    'このページは、通信会社がお客さまと販売元のご連絡を取り次ぐためのものです。双方の連絡先は相手に表示されません。',
  'answers.title': 'お客さまからのお問い合わせ',
  'answers.lead': '貴社から購入されたお客さまからのお問い合わせです。{until}までご回答いただけます。',
  'answers.support.title': 'サポート窓口からのご照会',
  'answers.support.lead':
    '貴社から購入されたお客さまのお申し出について、当社のサポート窓口からお尋ねします。{until}までご回答いただけます。',
  'answers.support.hint': '2,000文字まで。ご回答は当社のサポート窓口に届き、お客さまには表示されません。',
  'answers.support.sent.text': 'サポート窓口にお届けしました。追加のご回答は、下の欄からお送りください。',
  'answers.support.sent.last': 'サポート窓口にお届けしました。このリンクから送信できる回数に達しました。',
  'answers.support.full.text':
    '送信できる回数に達しています。サポート窓口から改めてお尋ねするときは、新しいリンクをメールでお届けします。',
  'answers.author.subscriber': 'お客さま',
  'answers.author.support': 'サポート窓口',
  'answers.author.company': '貴社の回答',
  'answers.purchase': 'お問い合わせの購入',
  'answers.topic': 'ご用件',
  'answers.topic.usage': '商品・サービスの利用について',
  'answers.topic.amount': '金額について',
  'answers.topic.cancellation': '解約・キャンセルについて',
  'answers.topic.refund': '返金について',
  'answers.topic.other': 'その他',
  'answers.item': '商品・内容',
  'answers.amount': '金額（税込）',
  'answers.bought-at': '購入日時',
  'answers.service': 'サービス',
  'answers.company': '販売元',
  'answers.number': '購入番号',
  'answers.again': '追加の回答',
  'answers.text': '回答',
  'answers.hint':
    '2,000文字まで。お客さまにメールで届き、お客さまのページにも表示されます。メールアドレスや個人情報をお尋ねになる必要はありません。',
  'answers.submit': '回答を送信する',
  'answers.left': 'このリンクから、あと{count}回まで送信できます。',
  'answers.sent.title': '回答を送信しました',
  'answers.sent.text': 'お客さまにメールでお届けします。追加のご回答は、下の欄からお送りください。',
  'answers.sent.last': 'お客さまにメールでお届けします。このリンクから送信できる回数に達しました。',
  'answers.full.title': 'このリンクからの回答は終了しました',
  'answers.full.text':
    '送信できる回数に達しています。お客さまから次のお問い合わせがあると、新しいリンクをメールでお届けします。',
  'problem.answer-limit.title': 'このリンクからは、これ以上回答できません',
  'problem.answer-limit.text': '送信できる回数に達しています。今回の内容は送信されていません。',
  'problem.answer-link-expired.title': '回答の期限を過ぎています',
  'problem.answer-link-expired.text':
    'このリンクは有効期限が切れたため、お問い合わせの表示も回答もできません。お客さまから改めてお問い合わせがあると、新しいリンクをメールでお届けします。',
} as const;
