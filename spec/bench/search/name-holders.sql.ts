/** Gives the holders of a filled database 400 names, a telephone number and a mail address each, by their number. */
export const nameHoldersSql = `
  UPDATE line_holder h JOIN (
    SELECT line_id, CAST(RIGHT(line_id, 10) AS INT) AS n FROM line_holder
  ) k ON k.line_id = h.line_id SET
    h.holder = CONCAT(ELT(1 + k.n % 20, '佐藤', '鈴木', '高橋', '田中', '渡辺', '伊藤', '中村', '小林', '山本', '加藤', '吉田', '山田', '佐々木',
      '山口', '松本', '井上', '木村', '林', '清水', '斎藤'), ' ',
      ELT(1 + k.n DIV 20 % 20, '太郎', '花子', '一郎', '次郎', '三郎', '春子', '夏子', '秋子', '冬子', '健', '誠', '実', '茂', '清', '進', '勇',
      '薫', '恵', '愛', '翔')),
    h.holder_kana = CONCAT(ELT(1 + k.n % 20, 'サトウ', 'スズキ', 'タカハシ', 'タナカ', 'ワタナベ', 'イトウ', 'ナカムラ', 'コバヤシ', 'ヤマモト',
      'カトウ', 'ヨシダ', 'ヤマダ', 'ササキ', 'ヤマグチ', 'マツモト', 'イノウエ', 'キムラ', 'ハヤシ', 'シミズ', 'サイトウ'), ' ',
      ELT(1 + k.n DIV 20 % 20, 'タロウ', 'ハナコ', 'イチロウ', 'ジロウ', 'サブロウ', 'ハルコ', 'ナツコ', 'アキコ', 'フユコ', 'ケン', 'マコト',
      'ミノル', 'シゲル', 'キヨシ', 'ススム', 'イサム', 'カオル', 'メグミ', 'アイ', 'ショウ')),
    h.telephone = CONCAT('+813', 10000000 + k.n),
    h.email = CONCAT('holder-', k.n, '@example.jp')`;
