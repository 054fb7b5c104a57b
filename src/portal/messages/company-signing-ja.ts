/** Japanese texts of signed requests. */
export const companySigningJa = {
  'company.signing.nav': 'リクエストの署名',
  'company.signing.title': 'リクエストの署名',
  'company.signing.lead': '有効な署名鍵は{count}個です。',
  'company.signing.by-contract': 'ご契約により、すべてのAPIキーで、署名のあるリクエストだけを受け付けます。',
  'company.signing.new': '鍵を登録する',
  'company.signing.new-lead':
    '貴社のサーバーで鍵のペアを作り、公開鍵を登録します。複数の鍵を同時に使えるので、止めずに取り替えられます。',
  'company.signing.public-only': '秘密鍵は、当社を含め、誰にも渡さないでください。',
  'company.signing.key': '公開鍵',
  'company.signing.keys': '署名鍵',
  'company.signing.keys-text':
    'これらの鍵で署名したリクエストは、貴社からのものであり、途中で書き換えられていないことを確かめられます。',
  'company.signing.label': '名前',
  'company.signing.public-key': '公開鍵（PEM）',
  'company.signing.public-key-hint':
    'BEGIN PUBLIC KEYからEND PUBLIC KEYまで。ed25519、または2,048～4,096ビットのRSA',
  'company.signing.is-private':
    'これは秘密鍵です。公開鍵を登録してください。ほかの人にも渡した場合は、鍵のペアを作り直してください。',
  'company.signing.no-key':
    'PEM形式の公開鍵を貼り付けてください。ed25519、または2,048～4,096ビットで指数65537のRSAです。',
  'company.signing.algorithm': '方式',
  'company.signing.fingerprint': 'フィンガープリント（SHA-256）',
  'company.signing.registered': '登録',
  'company.signing.none': '署名鍵はまだありません',
  'company.signing.none-text': '署名したリクエストを送るには、まず鍵を登録します。',
  'company.signing.who': 'APIキー',
  'company.signing.who-text':
    '署名があれば、必ず検証します。署名を必須にしたAPIキーは、漏れても、それだけでは使えません。',
  'company.signing.column': '署名',
  'company.signing.required': '必須',
  'company.signing.optional': '任意',
  'company.signing.change': '変更する',
  'company.signing.change-title': 'APIキーの署名',
  'company.signing.change-lead': '次のリクエストから変わります。',
  'company.signing.set': '保存する',
  'company.signing.is-set': '保存しました。',
  'company.signing.docs-text': '署名する内容と方法を、例とともに説明しています。',
  'company.signing.to-docs': 'リファレンスの「リクエストの署名」',
  'company.signing.is-registered': '鍵を登録しました。署名には、このkeyidを付けてください。',
  'company.signing.is-revoked': '署名鍵を失効させました。',
  'company.signing.revoke-title': '署名鍵の失効',
  'company.signing.revoke-question': 'この署名鍵を失効させますか',
  'company.signing.revoke-text':
    'この鍵で署名したリクエストは、すぐに受け付けなくなります。同じ鍵を登録し直すことはできません。',
  'company.signing.last':
    '最後の1個です。失効させると、署名が必須のAPIキーのリクエストはすべて受け付けられなくなります。',
  'company.profile.signatures': 'リクエストの署名',
  'company.profile.signatures-text': '署名のあるリクエストだけを受け付けます',
  'company.problem.already-exists-signing-key.title': 'この鍵は登録したことがあります',
  'company.problem.already-exists-signing-key.text':
    '一覧をご確認ください。失効させた鍵は登録し直せません。鍵のペアを新しく作ってください。',
  'company.problem.illegal-state-signing-keys.title': '署名鍵の数が上限に達しています',
  'company.problem.illegal-state-signing-keys.text': '使わなくなった鍵を失効させてください。',
  'company.problem.illegal-state-no-signing-key.title': '署名鍵がまだありません',
  'company.problem.illegal-state-no-signing-key.text':
    '先に鍵を登録してください。このままでは、このAPIキーのリクエストを一切受け付けられません。',
} as const;
