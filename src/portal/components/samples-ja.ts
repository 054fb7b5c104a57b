import type { Samples } from './samples.ts';

export const samplesJa: Samples = {
  lead: 'すべてのページで使う部品を、起こりうる状態ごとに並べています。開発環境でのみ表示されます。',
  headings: {
    notices: 'お知らせと状態',
    actions: 'ボタンと確認',
    fields: '入力欄',
    refused: '入力欄（受け付けられなかったとき）',
    facts: '項目と数字',
    lists: '一覧',
    messages: 'やりとりと経過',
    nothing: '何もないとき',
  },
  word: 'ほしぞらシアター',
  sentence: '今月のご利用限度額まで、あと2,300円です。',
  long: '独立行政法人ほしぞらデジタルコンテンツ配信推進機構　動画見放題スタンダードプラン（4K・同時視聴4台・家族5名まで・学割適用）',
  unbroken:
    'https://very-long-shop-name.example/orders/01KR7X7KW0XK1CKN0R50AZEV17-01KR7X7KW0XK1CKN0R50AZEV17',
  name: '東西 花子',
  hint: '請求書に記載のお名前です。',
  amount: '1,234,567円',
  unit: '円',
  fault: '0円～100,000円の金額を、整数で入力してください。',
  yes: '変更する',
  no: '変更しない',
  when: '2026年5月1日(金) 12:34',
};
