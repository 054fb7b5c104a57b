/** Operations and fields of events in Japanese, by their English text. */
export const eventFieldsJa = {
  'List events': 'イベントの一覧を取得する',
  'Lists what happened to your sales, settlements and access, newest first: events of the types that your key may read. Webhooks send the same events: read here what your server missed.':
    '貴社の販売、精算、アクセス権に起きたことを、新しい順に返します。キーのスコープで読める種類のものに限ります。Webhookで送るイベントと同じものです。受信できなかったイベントは、ここで取得してください。',
  'Get an event': 'イベントを取得する',
  'Returns one event.': 'イベントを1件返します。',
  'Identifier of the event. A webhook has it in the header `webhook-id` too, the same however often it is sent: handle each once.':
    'イベントの識別子。Webhookのヘッダー`webhook-id`にも入り、何度送っても同じ値です。1つの識別子は1回だけ処理してください。',
  'What happened. New types may be added: ignore those that you do not know.':
    '起きたことの種類。今後増えることがあります。ご存じない種類は無視してください。',
  'Number of the event among those of your company, from 1 without a gap. Webhooks may arrive in another order.':
    '貴社のイベントに1から欠番なく付ける番号。Webhookは番号順に届くとは限りません。',
  'When it happened.': '起きた日時。',
  'When the event was numbered, mostly a second later. It rises with `sequence`.':
    '番号を付けた日時。通常は1秒ほど後です。`sequence`の順に並びます。',
  'What it happened to, as it was then: a charge, a consent or a subscription as the API returns it; anything else with an `id` and what is worth knowing.':
    '対象の、そのときの内容。課金・同意・定期購入は、APIの応答と同じ形です。それ以外は、`id`と主な内容を返します。',
  'What else there is to know: of `charge.refunded` the refund, of `subscription.renewed` the month and its charge, of `subscription.renewal-refused` the month and the problem. Empty for other types.':
    '補足の内容。`charge.refunded`では返金、`subscription.renewed`では対象の月とその課金、`subscription.renewal-refused`では対象の月とエラーコードです。ほかの種類では空です。',
  'Only events of this type.': 'この種類のイベントだけを返します。',
  'Only events of this object, by the identifier that `data.object` has.':
    'この対象のイベントだけを返します。`data.object`の識別子を指定します。',
  'Only events numbered at this time or later.': 'この日時以後に番号を付けたイベントだけを返します。',
  'Only events numbered before this time.': 'この日時より前に番号を付けたイベントだけを返します。',
} as const satisfies Readonly<Record<string, string>>;
