/** Japanese texts about the passkeys of a subscriber. */
export const myPasskeysJa = {
  'my.passkeys.title': 'パスキー',
  'my.passkeys.lead':
    'パスキーは、端末の指紋認証・顔認証・画面ロックでご本人を確認する、パスワードに代わるログイン方法です。',
  'my.passkeys.none': 'パスキーはまだ登録されていません',
  'my.passkeys.none-text':
    '登録すると、発行IDとパスワードを入力せずにログインや購入ができます。ご契約の回線の確認は、これまでどおり行います。',
  'my.passkey.add': 'パスキーを登録する',
  'my.passkey.since': '登録：{at}',
  'my.passkey.used': '最終利用：{at}',
  'my.passkey.unused': 'まだ使われていません',
  'my.passkey.elsewhere': 'パスキーの登録は、ご契約の回線からログインしたときに行えます。',
  'my.passkey.full':
    'パスキーは{count}個まで登録できます。追加するときは、使っていないものを削除してください。',
  'my.passkey.facts': '登録の内容',
  'my.passkey.added-at': '登録日時',
  'my.passkey.used-at': '最終利用',
  'my.passkey.never': 'なし',
  'my.passkey.place': '保存先',
  'my.passkey.synced': '複数の端末で同期されるパスキー',
  'my.passkey.bound': '1台の端末またはセキュリティキー',
  'my.passkey.name': 'パスキーの名前',
  'my.passkey.name-hint': '一覧で見分けるための名前です。',
  'my.passkey.rename': '名前を変更する',
  'my.passkey.renamed': 'パスキーの名前を変更しました。',
  'my.passkey.remove': 'パスキーを削除する',
  'my.passkey.remove-text':
    '端末をなくしたときや、使わなくなったときは削除してください。このパスキーではログインも購入もできなくなります。',
  'my.passkey.added': 'パスキーを登録しました。ほかの端末ではログアウトされました。',
  'my.passkey.removed': 'パスキーを削除しました。ほかの端末ではログアウトされました。',
  'my.passkey.new': 'パスキーの登録',
  'my.passkey-new.lead': 'この端末の指紋・顔・画面ロック、またはセキュリティキーを使います。',
  'my.passkey-new.absent':
    'このブラウザーではパスキーを登録できません。パスキーにはJavaScriptも必要です。これまでどおり、発行IDとパスワードをお使いください。',
  'my.passkey-new.failed':
    'パスキーを登録できませんでした。もう一度お試しください。この端末に登録済みの場合は、追加できません。',
  'my.passkey-new.submit': '登録する',
  'my.passkey-new.sessions':
    '登録すると、安全のためほかの端末ではログアウトされ、回線ご契約者へメールでお知らせします。',
  'my.passkey-new.shared': 'ご家族などほかの人と共用している端末には登録しないでください。',
  'my.passkey-remove.title': 'パスキーの削除',
  'my.passkey-remove.question': '「{name}」を削除しますか',
  'my.passkey-remove.text':
    'このパスキーではログインも購入もできなくなります。発行IDとパスワードは、これまでどおり使えます。',
  'my.passkey-remove.sessions':
    'ほかの端末ではログアウトされます。このパスキーでログインしている場合は、この端末でもログアウトされます。',
  'my.passkey-remove.device': '端末に残るパスキーは、端末の設定から削除してください。',
  'my.passkey-remove.button': '削除する',
  'my.sign-in.passkey-removed':
    'ログインに使っていたパスキーを削除しました。発行IDとパスワード、またはほかのパスキーでログインしてください。',
  'my.step-up.title': 'ご本人の再確認',
  'my.step-up.lead': 'この操作の前に、もう一度ご本人であることを確認します。',
  'my.step-up.submit': '確認する',
  'my.step-up.passkey': 'パスキーで確認する',
  'problem.passkey-refused.title': 'パスキーで確認できませんでした',
  'problem.passkey-refused.text':
    'もう一度お試しください。続けてできないときは、発行IDとパスワードをお使いください。',
  'problem.too-many-passkeys.title': 'パスキーは10個までです',
  'problem.too-many-passkeys.text': '追加するときは、使っていないパスキーを削除してください。',
} as const;
