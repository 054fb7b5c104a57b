/** Descriptions in Japanese, by their English text, of fields that several resources share, and of problems. */
export const commonFieldsJa = {
  'Identifier, as returned by the API.': 'APIの応答にある識別子。',
  'Maximum number of items on the page.': '1ページの最大件数。',
  'Cursor: `next` of the previous page.': '前のページの`next`の値。',
  'Items of the page, newest first.': 'ページの内容。新しい順に並びます。',
  'Cursor of the next page: send it as `after`. Null on the last page.':
    '次のページを取得するときに`after`に指定する値。最後のページではnullです。',
  'Only those created at this time or later. Write `+` of a time zone as `%2B`.':
    'この日時以降に作成されたものだけを返します。時差の`+`は`%2B`と記述してください。',
  'Only those created before this time.': 'この日時より前に作成されたものだけを返します。',
  'Only those of the service with this code.': 'このコードのサービスのものだけを返します。',
  'Only those of this billing period: what the settlement of that month is made of.':
    'この請求期間のもの（その月の精算の対象）だけを返します。',
  'Why the subscriber did not buy, without personal data; while the state is `pending`, why the last attempt was refused. `limit-reached`: a limit of the line. `not-permitted`: the line does not permit it. `line-not-proved`: the device was not connected through the line. `line-not-checked`: the line could not be checked. `person-not-proved`: the sign-in was refused. `line-not-eligible`: the line cannot pay for purchases. `already-subscribed`: the subscriber has it already. `not-for-sale`: you or the service could not sell at that moment. `declined`: the subscriber declined. `expired`: nobody decided in time. Null otherwise. New values may be added.':
    'ご購入に至らなかった理由（個人情報は含みません）。`pending`の間は、直近の手続きが拒否された理由です。`limit-reached`：回線の利用上限。`not-permitted`：回線で許可されていません。`line-not-proved`：端末がその回線から接続していませんでした。`line-not-checked`：回線を確認できませんでした。`person-not-proved`：サインインが拒否されました。`line-not-eligible`：お支払いに使えない回線です。`already-subscribed`：すでにご加入です。`not-for-sale`：その時点で貴社またはサービスが販売できない状態でした。`declined`：ご契約者が辞退しました。`expired`：期限までに手続きがありませんでした。それ以外はnullです。値は今後増えることがあります。',
  'When the refusal was recorded.': '理由を記録した日時。',
  'Until when the subscriber can decide. Null once that is over.':
    'ご契約者が手続きできる期限。手続きが終わるとnullになります。',
  'Only those with this reference.': 'この参照番号のものだけを返します。',
  'Code of the service, as registered.': 'サービスのコード（登録されたもの）。',
  'Code of the service that sells.': '販売するサービスのコード。',
  'Code of the service that will charge the uses.': '利用を課金するサービスのコード。',
  'Amount including tax, in minor units of the currency (yen), written in plain digits.':
    '税込金額。通貨の最小単位（円）の整数で、数字だけで記述します。',
  'Consumption tax category of the amount. Digital content is always `standard`.':
    '金額に含まれる消費税の区分。デジタルコンテンツは常に`standard`（標準税率）です。',
  'What is sold. The subscriber reads it on the confirmation page and on the invoice. Line breaks, control characters, private-use characters, invisible characters, characters that change the direction of writing, and a blank at either end are refused.':
    '商品の内容。ご契約者の承認画面と請求書に表示されます。改行、制御文字、外字（私用領域の文字）、目に見えない文字、書字方向を変える文字、前後の空白は使えません。',
  'What is sold, as the subscriber reads it.': '商品の内容。ご契約者に表示されます。',
  'Your own reference for this sale, such as an order number. Nobody else sees it; lists can be filtered by it. It may contain the same characters as `description`.':
    '注文番号など、貴社の参照番号。貴社以外には表示されません。一覧の絞り込みに使えます。使える文字は`description`と同じです。',
  'Your own reference for this sale, such as an order number. Nobody else sees it; lists can be filtered by it. It may contain the same characters as `description`. It may be the same for several uses, and each of them is charged: only `item_key` prevents a double charge.':
    '注文番号など、貴社の参照番号。貴社以外には表示されません。一覧の絞り込みに使えます。使える文字は`description`と同じです。同じ番号の利用が複数あっても、それぞれ課金されます。二重課金を防ぐには`item_key`を指定してください。',
  'Your own reference for this sale.': '貴社の参照番号。',
  'Where the browser returns after the decision. It must be on the site registered for the service. Two parameters are added: `tabane_id`, the identifier of the object, and `tabane_state`, the outcome (`authorized`, `captured`, `active`, `declined`, `withdrawn` or `expired`). Anybody can type such an address: read the object from the API before you deliver.':
    '手続きの後にブラウザーが戻るアドレス。サービスに登録されたサイト上に限ります。`tabane_id`（対象の識別子）と`tabane_state`（結果。`authorized`・`captured`・`active`・`declined`・`withdrawn`・`expired`のいずれか）を付けて戻ります。このアドレスは誰でも入力できるため、提供の前に必ずAPIで対象を取得し、ご確認ください。',
  'Send the subscriber to this address to confirm or decline. Null unless the state is `pending`.':
    'ご契約者が承認または辞退を行うページのアドレス。ここにご案内ください。状態が`pending`以外のときはnullです。',
  'ISO 4217 currency code. It determines the minor unit.':
    '通貨コード（ISO 4217）。金額の最小単位は通貨によって決まります。',
  'When the subscriber confirmed.': 'ご契約者が承認した日時。',

  'A refused request (RFC 9457). Further members are facts of the problem.':
    '拒否されたリクエストの内容（RFC 9457）。エラーに応じた項目が、ほかに加わることがあります。',
  'A refused item. Further members are facts of the problem.':
    '拒否された明細の内容。エラーに応じた項目が、ほかに加わることがあります。',
  'Address of the page about this problem.': 'このエラーを説明するページのアドレス。',
  'The problem in a few words.': 'エラーの短い説明（英語）。',
  'The HTTP status; of an item, the one it would have alone.':
    'HTTPステータス。明細では、単独で送った場合のステータスです。',
  'Base the decisions of your program on this. Each operation lists its codes; new codes may be added.':
    'エラーコード。プログラムではこの値で判断してください。各操作が返すコードはそれぞれの説明にあります。コードは今後増えることがあります。',
  'What happened this time, for people to read.': '今回の状況の説明（英語）。人が読むためのものです。',
  'Identifies the request; quote it when you contact us.':
    'リクエストの番号。お問い合わせの際にお知らせください。',
  'One entry for each invalid field, at most 20.': '誤りのある項目。1項目につき1件、最大20件です。',
  'JSON pointer to the field in the body; for a query parameter, `/` and its name.':
    '誤りのある項目を示すJSONポインター。クエリーの場合は`/`に続けて項目名です。',
  'What the field must be, in words.': '項目に求められる内容（英語）。',
} as const satisfies Readonly<Record<string, string>>;
