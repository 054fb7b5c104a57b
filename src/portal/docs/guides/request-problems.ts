import type { ProblemGuide } from './problem-guide.ts';

/** Refusals common to all requests to the API. */
export const requestProblems = {
  'signature-invalid': {
    titleJa: 'リクエストの署名を受け付けられません',
    when: {
      en: 'The request has a signature that is not accepted. `reason` says why: `malformed`, `component-missing`, `component-unsupported`, `parameter-missing`, `algorithm-unsupported`, `created-out-of-range`, `digest-unsupported`, `digest-mismatch`, `nonce-used`, or `key-or-signature`, if the signature does not match the request with a signing key of your company that is in force.',
      ja: '付いている署名を受け付けられないときに返ります。理由は`reason`で分かります：`malformed`、`component-missing`、`component-unsupported`、`parameter-missing`、`algorithm-unsupported`、`created-out-of-range`、`digest-unsupported`、`digest-mismatch`、`nonce-used`、または`key-or-signature`（貴社の有効な署名鍵による、このリクエストの署名ではない）。',
    },
    todo: {
      en: 'Compare what you sign with `/docs#signatures`: sign the bytes that are sent, and the address under which you reach us. Sign each request with a new nonce, a repetition too.',
      ja: '署名した内容を`/docs#signatures`の説明と照らし合わせてください。送るバイト列そのものと、実際にアクセスするアドレスに署名します。再送のときも、nonceは毎回新しくしてください。',
    },
  },
  'signature-required': {
    titleJa: 'リクエストの署名が必要です',
    when: {
      en: 'The API key, or the contract of your company, takes signed requests alone, and the request has no signature.',
      ja: 'APIキーまたはご契約で署名が必須になっているのに、リクエストに署名がないときに返ります。',
    },
    todo: {
      en: 'Register a signing key at `/company/signing-keys` and sign your requests. If none of your programs sent this, replace the API key at once.',
      ja: '`/company/signing-keys`で署名鍵を登録し、リクエストに署名してください。心当たりがない場合は、すぐにAPIキーを取り替えてください。',
    },
  },
  'address-not-allowed': {
    titleJa: 'このアドレスからはAPIキーを使えません',
    when: {
      en: 'The key has a list of addresses, and the request came from another one; `detail` names it.',
      ja: 'キーに接続元アドレスの一覧があり、それ以外のアドレスから送られたときに返ります。アドレスは`detail`で分かります。',
    },
    todo: {
      en: 'Send from a server of the list, or have the address added to the key. If nobody of you sent it, replace the key at once.',
      ja: '一覧にあるサーバーから送るか、キーの一覧にアドレスを追加してください。心当たりがない場合は、すぐにキーを取り替えてください。',
    },
  },
  'api-key-invalid': {
    titleJa: 'APIキーがないか、誤っているか、失効しています',
    when: {
      en: 'The `Authorization` header is missing, does not have the form `Bearer tbn_…`, or contains a key that is unknown or revoked.',
      ja: '`Authorization`ヘッダーがない、`Bearer tbn_…`の形でない、または登録のないキーや失効したキーを送ったときに返ります。',
    },
    todo: {
      en: 'Send the key exactly as issued. If it is lost or revoked, ask us for a new one.',
      ja: '発行されたキーをそのまま送ってください。紛失・失効したときは、新しいキーの発行をお申し込みください。',
    },
  },
  'api-key-scope-missing': {
    titleJa: 'このAPIキーでは許可されていない操作です',
    when: {
      en: 'The key is valid but does not have the scope that the operation requires.',
      ja: 'キーは有効ですが、操作に必要なスコープが付いていないときに返ります。',
    },
    todo: {
      en: 'Use a key with that scope, or ask us for one. The reference names the scope of each operation.',
      ja: '必要なスコープの付いたキーを使うか、発行をお申し込みください。スコープはリファレンスの各操作に記載しています。',
    },
  },
  'body-too-large': {
    titleJa: 'リクエスト本文が大きすぎます',
    when: {
      en: 'The body exceeds the limit of the operation; `limit_bytes` gives the limit.',
      ja: '本文が上限を超えたときに返ります。上限は`limit_bytes`で分かります。',
    },
    todo: {
      en: 'Send a smaller body. Split a batch of usage charges into several requests, each with its own Idempotency-Key.',
      ja: '本文を小さくしてください。従量課金の一括登録は、複数のリクエスト（それぞれ別のIdempotency-Key）に分けられます。',
    },
  },
  'idempotency-key-in-use': {
    titleJa: '同じIdempotency-Keyの最初のリクエストを処理中です',
    when: {
      en: 'You sent a request again before the first request with the same key was complete.',
      ja: '最初のリクエストの応答が返る前に、同じキーで再送したときに返ります。',
    },
    todo: {
      en: 'Wait a second and send the same request with the same key: you receive the response to the first one.',
      ja: '1秒ほど待ち、同じキーで同じ内容を再送してください。最初のリクエストの結果が返ります。',
    },
  },
  'idempotency-key-invalid': {
    titleJa: 'Idempotency-Keyの形式が正しくありません',
    when: {
      en: 'The key is empty, longer than 255 characters, contains characters other than visible ASCII, or its quotes do not match.',
      ja: 'キーが空、256文字以上、表示可能なASCII文字以外を含む、または引用符が対になっていないときに返ります。',
    },
    todo: {
      en: 'Use a random UUID, or another unique string of 1 to 255 visible ASCII characters.',
      ja: 'ランダムなUUIDなど、1〜255文字の表示可能なASCII文字からなる一意の文字列を使ってください。',
    },
  },
  'idempotency-key-missing': {
    titleJa: 'POSTにはIdempotency-Keyヘッダーが必要です',
    when: {
      en: 'A POST has no `Idempotency-Key` header. Nothing was done.',
      ja: '`Idempotency-Key`ヘッダーのないPOSTに返ります。処理は行われていません。',
    },
    todo: {
      en: 'Create a random key for each new request, store it with your order, and send it again with each retry.',
      ja: '新しいリクエストごとにランダムなキーを作り、注文とともに保存し、再送のときは同じキーを送ってください。',
    },
  },
  'idempotency-key-reused': {
    titleJa: 'このIdempotency-Keyは別のリクエストで使われています',
    when: {
      en: 'The same key was used within seven days with another body or address. The first request remains valid.',
      ja: '7日以内に、同じキーで本文や宛先の異なるリクエストを送ったときに返ります。最初のリクエストは有効なままです。',
    },
    todo: {
      en: 'Retry with the same content under the same key. For another request, use a new key.',
      ja: '再送では内容を変えないでください。別の内容を送るときは、新しいキーを使ってください。',
    },
  },
  'internal-error': {
    titleJa: '当社側で問題が発生しました',
    when: {
      en: 'An unexpected error occurred. Anything begun was rolled back.',
      ja: '予期しない問題が発生したときに返ります。途中までの処理は取り消されています。',
    },
    todo: {
      en: 'Send the same request again with the same Idempotency-Key. If the error persists, contact us with the `request_id`.',
      ja: '同じIdempotency-Keyで再送してください。続くときは`request_id`を添えてお問い合わせください。',
    },
  },
  'invalid-json': {
    titleJa: '本文が正しいJSONではありません',
    when: {
      en: 'The body is not valid JSON, is not UTF-8, contains a member twice, or did not arrive completely.',
      ja: '本文がJSONとして読めない、UTF-8でない、同じ項目が重複している、または途中で切れているときに返ります。',
    },
    todo: {
      en: 'Create the body with a JSON library, in UTF-8, with the correct `Content-Length`.',
      ja: '本文はJSONライブラリーで作り、UTF-8で、正しい`Content-Length`とともに送ってください。',
    },
  },
  'invalid-request': {
    titleJa: 'リクエストが定義と一致しません',
    when: {
      en: 'A field is missing, unknown, of the wrong type or outside its limits. `errors` names each such field once and says what it must be.',
      ja: '必須項目の不足、未知の項目、型や範囲の誤りがあるときに返ります。該当する項目とその条件は`errors`で分かります。',
    },
    todo: {
      en: 'Correct the fields that `errors` names and send the request again. Nothing was done, and the Idempotency-Key is still unused.',
      ja: '`errors`の箇所を直して送ってください。処理は行われておらず、Idempotency-Keyも未使用のままです。',
    },
  },
  'method-not-allowed': {
    titleJa: 'この宛先では使えないメソッドです',
    when: {
      en: 'The address exists but does not support this method. The `Allow` header lists those it supports.',
      ja: '宛先はありますが、そのメソッドには対応していないときに返ります。使えるメソッドは`Allow`ヘッダーにあります。',
    },
    todo: {
      en: 'Compare the method and path with the reference. A redirect may have turned a POST into a GET.',
      ja: 'メソッドとパスをリファレンスで確認してください。リダイレクトでPOSTがGETに変わることもあります。',
    },
  },
  'not-found': {
    titleJa: 'この宛先には何もありません',
    when: {
      en: 'No operation and no page has this address.',
      ja: 'どの操作にもページにも当てはまらない宛先のときに返ります。',
    },
    todo: {
      en: 'Check the path, including a trailing slash or a missing `/v1`.',
      ja: 'パスを確認してください。末尾のスラッシュや`/v1`の抜けにもご注意ください。',
    },
  },
  'rate-limit-exceeded': {
    titleJa: 'リクエストが多すぎます',
    when: {
      en: 'Your company exceeds the number of requests allowed per second. The request was not processed.',
      ja: '1社あたりの上限を超える速さで送ったときに返ります。リクエストは処理されていません。',
    },
    todo: {
      en: 'Wait for the time in `Retry-After` and send the request again. Use the batch operation for many usage charges.',
      ja: '`Retry-After`の秒数だけ待って再送してください。件数の多い従量課金には一括登録を使ってください。',
    },
  },
  'service-unavailable': {
    titleJa: '現在応答できません',
    when: {
      en: 'We are overloaded, or a system that we need does not respond. Nothing was done, and the response is not stored.',
      ja: '混み合っているか、必要なシステムが応答しないときに返ります。処理は行われておらず、この応答は記録されません。',
    },
    todo: {
      en: 'Send the same request with the same Idempotency-Key after `Retry-After`, then at increasing intervals.',
      ja: '`Retry-After`の後、同じIdempotency-Keyで再送し、続くときは間隔を広げてください。',
    },
  },
  'unsupported-media-type': {
    titleJa: '本文はapplication/jsonで送ってください',
    when: {
      en: 'The `Content-Type` is not `application/json` in UTF-8, or the content encoding is unknown.',
      ja: '本文の`Content-Type`がUTF-8の`application/json`でないか、未対応の圧縮形式のときに返ります。',
    },
    todo: {
      en: 'Send `Content-Type: application/json`. Some clients send form data by default.',
      ja: '`Content-Type: application/json`を指定してください。指定がないとフォーム形式で送るクライアントがあります。',
    },
  },
} as const satisfies Readonly<Record<string, ProblemGuide>>;
