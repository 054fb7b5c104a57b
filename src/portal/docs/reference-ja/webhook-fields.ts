/** Operations and fields of webhooks in Japanese, by their English text. */
export const webhookFieldsJa = {
  'Create a webhook endpoint': '送信先を作成する',
  'Sends your events to an address of yours from now on. Keep the `secret` of the response: it is shown once, and verifies that a message is from us.':
    'これ以後のイベントを、貴社のアドレスに送ります。応答の`secret`を保管してください。表示は一度だけで、当方からの送信であることの検証に使います。',
  'List webhook endpoints': '送信先の一覧を取得する',
  'Lists your endpoints, newest first.': '送信先を新しい順に返します。',
  'Get a webhook endpoint': '送信先を取得する',
  'Returns one endpoint, without its secret.': '送信先を1件返します。シークレットは含みません。',
  'Change a webhook endpoint': '送信先を変更する',
  'Changes what is given; the rest stays. Switches an endpoint off and on again too.':
    '指定した項目だけを変更します。送信の停止と再開もここで行います。',
  'Delete a webhook endpoint': '送信先を削除する',
  'Nothing is sent to it any more. Returns what it was.':
    '以後は送信しません。削除した送信先の内容を返します。',
  'Replace the secret of a webhook endpoint': '送信先のシークレットを更新する',
  'Makes a new secret. Messages are signed with both for some hours, so that none is refused while you change over.':
    '新しいシークレットを発行します。切り替えの間に拒否されることのないよう、しばらくは両方で署名します。',
  'Send a test event': 'テストのイベントを送る',
  'Sends an event of the type `webhook-endpoint.tested` within some seconds. Look at its attempts in the list of deliveries.':
    '種類が`webhook-endpoint.tested`のイベントを、数秒のうちに送ります。結果は送信の一覧でご確認ください。',
  'Send events again': 'イベントを再送する',
  'Sends one event again, or what was missed since a time, as after an outage of your server. Each has the `webhook-id` that it had before.':
    'イベント1件、または指定の日時以後に受信できなかったイベントを、もう一度送ります。サーバーの復旧後などにご利用ください。`webhook-id`は前回と同じ値です。',
  'List the deliveries of a webhook endpoint': '送信の一覧を取得する',
  'Lists what was sent in the last 30 days with each attempt, newest first.':
    '過去30日間の送信を、試行ごとの結果とともに新しい順に返します。',
  'The types of event that are sent; null for all, and those that will be added.':
    '送るイベントの種類。nullのときは、今後増えるものも含めてすべて送ります。',
  'The types of event to send; null for all, and those that will be added. Each takes the scope to read what it tells, as the guide lists; null from a key without all of these scopes is stored as the list of the types that it may read.':
    '送るイベントの種類。nullのときは、今後増えるものも含めてすべて送ります。種類ごとに、その内容を読むスコープが必要です（ガイドに一覧があります）。必要なスコープのそろわないキーでnullを指定すると、読める種類の一覧として登録します。',
  'Identifier of the endpoint.': '送信先の識別子。',
  'Where events are sent.': 'イベントを送るアドレス。',
  'Your own description.': '貴社の説明。',
  '`enabled`: events are sent. `disabled`: nothing is sent.':
    '`enabled`：送信します。`disabled`：送信しません。',
  'Why it is disabled. `company`: you did so. `failing`: nothing was accepted for five days. `gone`: it answered 410.':
    '無効になった理由。`company`：貴社が停止した。`failing`：5日間、一度も受信されなかった。`gone`：410を返した。',
  'What messages are signed with, `whsec_` and 32 bytes in base64. Shown once, in the first response of the request that made it; null in every other response, also in a repeated one.':
    '署名に使うシークレット。`whsec_`に続けて32バイトのBase64です。発行したリクエストの最初の応答で一度だけ返し、再送した場合も含め、ほかの応答ではnullです。',
  'Until when the secret before the last rotation signs too.': '更新前のシークレットでも署名する期限。',
  'Key of ed25519 to verify the `v1a` signatures with, `whpk_` and 32 bytes in base64. Null for an endpoint without such signatures.':
    '`v1a`の署名を検証するEd25519の公開鍵。`whpk_`に続けて32バイトのBase64です。この署名がない送信先ではnullです。',
  'Since when every attempt has failed. Null while the last one was accepted.':
    '失敗が続き始めた日時。直近の送信が受信されているときはnullです。',
  'When an event was last accepted.': '最後に受信された日時。',
  'When the endpoint was created.': '送信先を作成した日時。',
  'Where events are sent: `https://` and a host name, on the public internet, with a certificate that a browser accepts. Redirects are not followed.':
    'イベントを送るアドレス。インターネット上のホスト名を持つ`https://`のアドレスで、ブラウザーが受け入れる証明書が必要です。リダイレクトには従いません。',
  'Your own description, for the list.': '一覧に表示する、貴社の説明。',
  'Whether messages have a `v1a` signature of ed25519 besides, which is verified with a public key. False by default.':
    '公開鍵で検証できるEd25519の署名（`v1a`）も付けるかどうか。省略時は付けません。',
  '`disabled` ends what waits to be sent. After `enabled` events from then on are sent; ask for a replay of what was missed.':
    '`disabled`にすると、送信待ちのものは取り消されます。`enabled`に戻すと、それ以後のイベントを送ります。その間のイベントは再送を依頼してください。',
  'For how many hours the present secret signs too, 24 by default. 0 for a secret that has leaked.':
    '現在のシークレットでも署名を続ける時間数。省略時は24です。漏えいしたときは0を指定してください。',
  'The one event to send again. Either this or `since`.':
    '再送するイベント1件。`since`とどちらか一方を指定します。',
  'Send events numbered at this time or later, of the types that the endpoint wants. At most 30 days ago: read older events from the list.':
    'この日時以後に番号を付けたイベントのうち、送信先が受け取る種類のものを送ります。30日前までの日時を指定できます。それより前のイベントは一覧から取得してください。',
  'With `since`: leaves out what the endpoint has accepted. True by default.':
    '`since`とともに指定します。受信済みのものを除くかどうか。省略時は除きます。',
  'The endpoint that events are sent to again.': '再送する送信先。',
  'How many events lie in that time. Those of other types, and with `only_missed` those that were accepted, are not sent.':
    '対象となる期間のイベントの件数。受け取らない種類のものと、`only_missed`のときに受信済みのものは送りません。',
  'Counts the attempts from 1.': '1から数えた試行の番号。',
  'When the attempt began.': '試行を始めた日時。',
  'How long it took, in milliseconds.': 'かかった時間（ミリ秒）。',
  'HTTP status of the answer. Null without one.': '応答のHTTPステータス。応答がないときはnullです。',
  'Why there was no answer: `timeout`, `connection-refused`, `connection-closed`, `connection-failed`, `unreachable`, `certificate`, `name-not-found`, `address-refused` for a name that leads to an address outside the public internet, `url-refused`, or `message-failed` and `signing-failed` when we could not make or sign the message.':
    '応答がない理由。`timeout`、`connection-refused`、`connection-closed`、`connection-failed`、`unreachable`、`certificate`、`name-not-found`、`url-refused`のほか、インターネット外のアドレスを指す名前では`address-refused`、当方でメッセージの作成または署名ができなかった場合は`message-failed`または`signing-failed`です。',
  'What the answer began with, at most 1 kB.': '応答の先頭（1KBまで）。',
  'Identifier of the delivery.': '送信の識別子。',
  'The endpoint that it goes to.': '送る先。',
  '`event`: what happened. `replay`: sent again by request. `test`: a test event.':
    '`event`：起きたこと。`replay`：依頼による再送。`test`：テスト。',
  'The event. Null for a test.': 'イベント。テストではnullです。',
  'Type of the event. Null for a test.': 'イベントの種類。テストではnullです。',
  '`pending`: to be sent. `succeeded`: the endpoint answered 2xx. `failed`: given up. `cancelled`: the endpoint was disabled or deleted first.':
    '`pending`：送信待ち。`succeeded`：2xxの応答があった。`failed`：断念した。`cancelled`：先に送信先が無効になったか、削除された。',
  'When the delivery was queued.': '送信待ちになった日時。',
  'When it is tried next, or later while the endpoint is left alone. Null once it is over.':
    '次に試みる日時。送信先への送信を控えている間は、これより後になります。終わったものではnullです。',
  'When it was over.': '終わった日時。',
  'What was tried, in order, for 30 days.': '試行の結果（試みた順、30日間）。',
  'Only those in this state.': 'この状態のものだけを返します。',
} as const satisfies Readonly<Record<string, string>>;
