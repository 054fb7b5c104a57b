/** Operations and fields of usage files in Japanese, by their English text. */
export const usageFileFieldsJa = {
  'Charge a usage file': '利用明細ファイルで課金する',
  'Takes a CSV file of up to 1,000,000 uses, which are charged in the background; read the file to see how far it is. The same bytes are charged once, whatever their Idempotency-Key: sent again, they return the first file, unless it was refused as a whole. At most 20 of your files wait at a time: one more is refused (429).':
    '最大1,000,000件の利用を記載したCSVファイルを受け付け、順に課金します。進み具合はファイルを取得してご確認ください。同じ内容のファイルは、Idempotency-Keyが異なっても一度だけ課金します。もう一度送ると最初のファイルを返します（全体が拒否されたファイルを除きます）。処理を待つファイルは一度に20件までで、それを超えると受け付けません（429）。',
  'List usage files': '利用明細ファイルの一覧を取得する',
  'Lists the files that you have sent, newest first.': '送信済みのファイルを、新しい順に返します。',
  'Get a usage file': '利用明細ファイルを取得する',
  'Returns one file: how far it is, and what became of its rows.':
    'ファイルを1件返します。進み具合と、行の処理結果の件数が分かります。',
  'Get the result of a file': 'ファイルの処理結果を取得する',
  'Returns what became of each row as CSV: its line in your file (the first line is 1), `reference`, `item_key`, `outcome` (`charged`, `repeated`, `refused`, or `not_charged` in a file that was refused), the charge, and the code and text of the problem. The last line begins with `end` and has the number of rows. A result is kept for 90 days.':
    '行ごとの処理結果をCSVで返します。項目は、ファイルでの行番号（見出し行が1）、`reference`、`item_key`、`outcome`（`charged`、`repeated`、`refused`、全体が拒否されたファイルでは`not_charged`）、課金の識別子、エラーコードとその内容です。最後の行は`end`で始まり、行数を示します。処理結果は90日間保存します。',
  'Identifier of the file.': 'ファイルの識別子。',
  'When the file arrived.': 'ファイルを受け付けた日時。',
  'When it was done or refused. Null until then.': '処理が終わった、または拒否した日時。それまではnullです。',
  'Rows of the file. Null until all are read.': 'ファイルの行数。すべて読み込むまではnullです。',
  'Rows that have been read.': '読み込んだ行数。',
  'Rows that were charged.': '課金した行数。',
  'Rows whose use had been charged before under its `item_key`; they cost nothing again.':
    '同じ`item_key`ですでに課金済みの行数。重ねて課金することはありません。',
  'Rows that were refused.': '拒否した行数。',
  '`received`: the rows are being read. `checking`: they are decided on. `charging`: they are being charged. `done`: the result is ready. `refused`: nothing was charged; the result says why.':
    '状態。`received`：行を読み込んでいます。`checking`：課金できるか確認しています。`charging`：課金しています。`done`：処理が終わり、結果を取得できます。`refused`：1件も課金していません。理由は処理結果で分かります。',
  'Whether refused rows leave the others to be charged.':
    '拒否された行があっても、ほかの行を課金するかどうか。',
  'As your computer called it. Null for a file sent here.':
    '送信元でのファイル名。APIで送ったファイルではnullです。',
  'Hash of the bytes. The same bytes are the same file.':
    '内容のハッシュ値。ハッシュ値が同じであれば、同じファイルとして扱います。',
  'Size of the file.': 'ファイルの大きさ（バイト）。',
  'How far reading, checking and charging are together, in percent.':
    '読み込み・確認・課金を合わせた進み具合（パーセント）。',
  'Sum of what the rows charged, including tax, in minor units.':
    '課金した金額の合計（税込み、通貨の最小単位）。',
  'Why the file was refused as a whole. `unreadable`: the file is not in the format. `rows-refused`: rows were refused and the file is not `partial`. Null otherwise.':
    'ファイル全体を拒否した理由。`unreadable`：ファイルの形式が異なります。`rows-refused`：拒否された行があり、`partial`ではありません。それ以外はnullです。',
  'The same in words. Null if it was not refused.':
    '理由の説明（英語で返します）。拒否していない場合はnullです。',
  'True if you sent the same bytes before: this is that file, and nothing is charged again.':
    '同じ内容のファイルを送信済みの場合はtrue。そのファイルを返し、重ねて課金することはありません。',
  '`true` charges the rows that can be charged and refuses the others. By default the file is charged as a whole or not at all.':
    '`true`の場合、課金できる行だけを課金し、ほかの行を拒否します。指定しない場合は、すべての行を課金するか、1件も課金しないかのどちらかです。',
} as const satisfies Readonly<Record<string, string>>;
