import type { ProblemGuide } from './problem-guide.ts';

/** Refusals for the carrier's own staff: on the command line, in imports and in nightly jobs. */
export const administrationProblems = {
  'already-exists': {
    titleJa: '同じ名前のものがすでにあります',
    when: {
      en: 'A company, service, contract or tariff with this code or first day already exists.',
      ja: '同じコードまたは開始日の会社・サービス・契約・料金表がすでにあるときに出ます。',
    },
    todo: {
      en: 'Use the existing one, or choose another code or day.',
      ja: '既存のものを確認するか、別のコードや日付にしてください。',
    },
  },
  'signing-key-not-found': {
    titleJa: '該当する署名鍵がありません',
    when: {
      en: 'No signing key has this number, or it belongs to another company.',
      ja: 'その番号の署名鍵がない、または別の会社のものであるときに返ります。',
    },
    todo: {
      en: 'Take the number from the list of signing keys.',
      ja: '署名鍵の一覧にある番号を指定してください。',
    },
  },
  'api-key-not-found': {
    titleJa: '該当するAPIキーがありません',
    when: { en: 'No API key has this identifier.', ja: 'その識別子のAPIキーがないときに出ます。' },
    todo: {
      en: 'The identifier is the part of the key between `tbn_` and the second underscore.',
      ja: '識別子は`tbn_`の後、2つ目の下線までの部分です。',
    },
  },
  'code-limit-reached': {
    titleJa: '認証コードの送信回数が上限に達しました',
    when: {
      en: 'Five one-time codes were mailed for this issued ID within an hour.',
      ja: 'その発行IDについて、1時間に5回、認証コードを送信したときに出ます。',
    },
    todo: { en: 'Use the latest code, or wait.', ja: '最後に届いたコードを使うか、時間をおいてください。' },
  },
  'code-refused': {
    titleJa: '認証コードが正しくありません',
    when: {
      en: 'The code is wrong, was used, is too old, or was tried five times.',
      ja: 'コードが違う、使用済み、期限切れ、または5回誤ったときに出ます。',
    },
    todo: { en: 'Ask for another code.', ja: '新しいコードを送信してください。' },
  },
  'mail-address-missing': {
    titleJa: 'メールアドレスの登録がありません',
    when: {
      en: 'The line master has no mail address of the holder, so no code can be sent.',
      ja: '回線契約者のメールアドレスが登録されておらず、コードを送れないときに出ます。',
    },
    todo: {
      en: 'Sign in through the line, or have the address entered in the line master.',
      ja: 'ご契約の回線から接続するか、回線情報にアドレスを登録してください。',
    },
  },
  'session-ended': {
    titleJa: 'ログインの有効期限が切れました',
    when: {
      en: 'A form of a signed-in person was sent after the session had ended.',
      ja: 'ログインの有効期限が切れた後にフォームが送信されたときに出ます。',
    },
    todo: { en: 'Sign in again.', ja: 'もう一度ログインしてください。' },
  },
  'password-unchanged': {
    titleJa: '新しいパスワードが今のものと同じです',
    when: { en: 'The new password is the current one.', ja: '新しいパスワードが現在と同じときに出ます。' },
    todo: { en: 'Choose another one.', ja: '別のパスワードにしてください。' },
  },
  'approval-changes-nothing': {
    titleJa: '申請しても何も変わりません',
    when: {
      en: 'All proposed values are already in force.',
      ja: '申請した値がすべて現在の値と同じときに出ます。',
    },
    todo: { en: 'Check the values.', ja: '値を確認してください。' },
  },
  'approval-decided': {
    titleJa: 'この申請はすでに処理されています',
    when: {
      en: 'Another person has approved or rejected the proposal.',
      ja: '別の担当者がすでに承認または却下したときに出ます。',
    },
    todo: { en: 'Open the proposal to see the decision.', ja: '申請を開いて結果を確認してください。' },
  },
  'approval-expired': {
    titleJa: '申請の有効期限が切れています',
    when: {
      en: 'Nobody approved or rejected the proposal within 14 days.',
      ja: '14日以内に承認も却下もされなかったときに出ます。',
    },
    todo: { en: 'Propose the change again.', ja: 'もう一度申請してください。' },
  },
  'approval-needs-person': {
    titleJa: '本人確認された担当者の操作が必要です',
    when: {
      en: 'A job or an API key proposed or approved. In production also when a name on the command line that is not authenticated proposed, approved or rejected anything; refunded a charge; rejected a draft of a settlement; held, released or discarded a payout; entered a bank account; wrote a payout file or imported its results; or invited or changed an account.',
      ja: '夜間処理やAPIキーが申請・承認しようとしたときに出ます。本番環境では、名前を指定しただけのコマンドで、申請・承認・却下、課金の返金、精算の下書きの差し戻し、支払いの保留・保留解除・取りやめ、振込先の登録、振込データの作成、振込結果の取り込み、アカウントの招待・変更を行おうとしたときにも出ます。',
    },
    todo: {
      en: 'Sign in with an account that has a second factor.',
      ja: '二要素認証を設定したアカウントで操作してください。',
    },
  },
  'approval-not-found': {
    titleJa: '該当する申請がありません',
    when: { en: 'No proposal has this identifier.', ja: 'その識別子の申請がないときに出ます。' },
    todo: { en: 'List the pending proposals.', ja: '承認待ちの一覧を確認してください。' },
  },
  'approval-own': {
    titleJa: '自分の申請は承認できません',
    when: {
      en: 'You tried to approve a proposal that you made.',
      ja: '申請した本人が承認しようとしたときに出ます。',
    },
    todo: { en: 'Ask another person to approve it.', ja: '別の担当者に承認を依頼してください。' },
  },
  'approval-pending': {
    titleJa: '同じ対象の申請が承認待ちです',
    when: {
      en: 'A proposal of the same kind for the same subject has not been decided yet.',
      ja: '同じ対象への同じ種類の申請がまだ処理されていないときに出ます。',
    },
    todo: { en: 'Approve or reject that proposal first.', ja: '先にその申請を承認または却下してください。' },
  },
  'approval-required': {
    titleJa: '二人での手続きが必要です',
    when: {
      en: 'One person tried to replace a bank account or, in production, to create or end a contract other than the first of its company, or to add the next version of a tariff that a contract names.',
      ja: '一人の担当者が振込先を変更しようとしたとき、または本番環境で二つ目以降の契約を登録・終了しようとしたとき、契約で使っている料金表の次の版を追加しようとしたときに出ます。',
    },
    todo: {
      en: 'Propose the change; another person approves it.',
      ja: '変更を申請し、別の担当者の承認を受けてください。',
    },
  },
  'approval-void': {
    titleJa: '申請後に対象が変更されています',
    when: {
      en: 'The subject is no longer as it was when the change was proposed.',
      ja: '申請時から対象の内容が変わったため、申請が無効になったときに出ます。',
    },
    todo: {
      en: 'Check the current values and propose the change again.',
      ja: '現在の値を確認し、もう一度申請してください。',
    },
  },
  'bank-account-missing': {
    titleJa: '会社の振込先が登録されていません',
    when: {
      en: 'The company has no bank account to which it can be paid, so no contract can be created.',
      ja: '振込先のない会社と契約しようとしたときに出ます。',
    },
    todo: { en: 'Enter its bank account first.', ja: '先に振込先を登録してください。' },
  },
  'payout-run-not-found': {
    titleJa: '振込の一覧が見つかりません',
    when: {
      en: 'No payout run has this number.',
      ja: '指定した番号の振込の一覧がないときに出ます。',
    },
    todo: {
      en: 'Look up its number with `payout list`.',
      ja: '`payout list` で番号を確認してください。',
    },
  },
  'payout-run-stale': {
    titleJa: '振込の一覧の作成後に内容が変わっています',
    when: {
      en: 'A settlement of the payout run, or the bank account of its company, is no longer as it was when the run was prepared.',
      ja: '振込の一覧に含まれる精算または会社の振込先が、一覧の作成時から変わったときに出ます。',
    },
    todo: {
      en: 'Discard the run and prepare it again.',
      ja: '一覧を破棄し、もう一度作成してください。',
    },
  },
  'payout-settings-missing': {
    titleJa: '振込元の口座が設定されていません',
    when: {
      en: 'The settings `PAYOUT_…`, which name the account that pays, are not set; or the currency has no payout file yet.',
      ja: '振込元を示す設定 `PAYOUT_…` がないとき、または振込ファイルのない通貨のときに出ます。',
    },
    todo: {
      en: 'Set all of them and start the command again.',
      ja: 'すべて設定してから、もう一度実行してください。',
    },
  },
  'payout-window-passed': {
    titleJa: '銀行がこの振込指定日の依頼を受け付けません',
    when: {
      en: 'The day of the transfers is not a bank day, is today or has passed, or is more than 15 business days ahead.',
      ja: '振込指定日が銀行営業日でないとき、当日または過去のとき、15営業日より先のときに出ます。',
    },
    todo: {
      en: 'Discard the run and prepare it again: it takes the first day that the bank accepts.',
      ja: '一覧を破棄し、もう一度作成してください。銀行が受け付ける最初の日が指定されます。',
    },
  },
  'permission-denied': {
    titleJa: 'この操作を行う権限がありません',
    when: {
      en: 'No role of the account includes the permission that the problem names.',
      ja: 'アカウントの役割に、表示された権限が含まれていないときに出ます。',
    },
    todo: {
      en: 'Ask an administrator for a role that includes it.',
      ja: '管理者に役割の付与を依頼してください。',
    },
  },
  'business-date-not-over': {
    titleJa: '営業日がまだ終わっていません',
    when: {
      en: 'A nightly job was started for a business date that has not ended in the billing time zone.',
      ja: '請求の基準となる時間帯でまだ終わっていない営業日を指定して、夜間処理を実行したときに出ます。',
    },
    todo: {
      en: 'Run the job after midnight of that date.',
      ja: 'その日の24時を過ぎてから実行してください。',
    },
  },
  'scope-not-held': {
    titleJa: '自分の権限を超えるキーは発行できません',
    when: {
      en: 'A person of a company issues or replaces an API key with a scope that their own roles do not permit; `scopes` names them.',
      ja: '会社の利用者が、自分の権限にないスコープを持つAPIキーを発行または交換しようとしたときに出ます。どのスコープかは`scopes`で分かります。',
    },
    todo: {
      en: 'Choose other scopes, or ask an owner of the company to issue the key.',
      ja: 'ほかのスコープを選ぶか、会社の責任者にキーの発行を依頼してください。',
    },
  },
  'code-reserved': {
    titleJa: 'このコードは使用できません',
    when: {
      en: 'The code of a new company, service or tariff is a word of the addresses of pages, such as `new`.',
      ja: '新しい会社・サービス・料金のコードに、画面のアドレスで使う語（`new`など）を指定したときに出ます。',
    },
    todo: { en: 'Choose another code.', ja: '別のコードを指定してください。' },
  },
  'run-needs-missing': {
    titleJa: '先に終わるべき処理が終わっていません',
    when: {
      en: 'A nightly job was started by itself before the jobs that it needs have finished for the same business date; `missing` names them.',
      ja: '先に終わるべき夜間処理が同じ営業日で終わる前に、処理を単独で実行しようとしたときに出ます。どの処理かは`missing`で分かります。',
    },
    todo: {
      en: 'Run those jobs first, or the whole night.',
      ja: '先にその処理を実行するか、夜間処理全体を実行してください。',
    },
  },
  'company-not-found': {
    titleJa: '該当する会社がありません',
    when: { en: 'No company has this code.', ja: 'そのコードの会社がないときに出ます。' },
    todo: {
      en: 'Check the code, or create the company.',
      ja: 'コードを確認するか、会社を登録してください。',
    },
  },
  'contract-not-found': {
    titleJa: '該当する契約がありません',
    when: {
      en: 'The company has no contract that begins on this day.',
      ja: 'その日に始まる契約がその会社にないときに出ます。',
    },
    todo: {
      en: 'Give the first day of the contract exactly as entered.',
      ja: '契約の開始日を登録どおりに指定してください。',
    },
  },
  'month-settled': {
    titleJa: 'この月はすでに精算されています',
    when: {
      en: 'The contract begins in a month for which the company is settled already, or before one; `settled_through` is the last such month.',
      ja: 'すでに精算した月、またはそれより前の月から始まる契約を登録しようとしたときに出ます。精算済みの最後の月は`settled_through`で分かります。',
    },
    todo: {
      en: 'Begin the contract in a later month. If that settlement is still a draft, reject the draft first.',
      ja: 'その翌月以降に始まる契約にしてください。精算がまだ下書きのときは、先に下書きを差し戻してください。',
    },
  },
  'contract-overlaps': {
    titleJa: '同じ期間に別の契約があります',
    when: {
      en: 'Another contract of the company covers part of the requested period.',
      ja: '指定した期間の一部が、その会社の別の契約と重なるときに出ます。',
    },
    todo: {
      en: 'End the other contract first, or begin the new one after it.',
      ja: '先に別の契約を終了するか、その終了日以降に開始してください。',
    },
  },
  'import-refused': {
    titleJa: 'ファイルは取り込まれませんでした',
    when: {
      en: 'The file is truncated, cannot be read, or has other columns, another separator or another encoding than expected. Nothing was imported.',
      ja: 'ファイルが途中で切れている、列・区切り文字・文字コードが異なる、または読めないときに出ます。一部だけの取り込みは行いません。',
    },
    todo: {
      en: 'Correct the file as `detail` says and import it under a new name.',
      ja: '`detail`に従って作り直し、新しい名前で取り込んでください。',
    },
  },
  'invariant-broken': {
    titleJa: '帳簿の数値が一致しません',
    when: {
      en: 'The nightly check found figures that do not agree. `detail` names the rules they break.',
      ja: '夜間の照合で一致しない数値が見つかったときに出ます。該当する規則は`detail`にあります。',
    },
    todo: {
      en: 'Stop payouts. Examine the rows that the run lists and find the cause before the next close.',
      ja: '支払いを止め、実行記録に挙がった行を調べ、次の締めまでに原因を突き止めてください。',
    },
  },
  'mail-not-found': {
    titleJa: '該当するメールがありません',
    when: {
      en: 'No mail of the outbox has this identifier. Mails are removed 90 days after they were sent or given up.',
      ja: 'この識別子のメールがないときに出ます。メールは、送信または送信の取りやめから90日で削除されます。',
    },
    todo: {
      en: 'List the mails to the address and take the identifier from there.',
      ja: '宛先を指定してメールの一覧を表示し、識別子を確認してください。',
    },
  },
  'personal-data-hidden': {
    titleJa: '個人情報の表示手続きが必要です',
    when: {
      en: 'A file with a person’s name or address was opened by a person of the carrier who has not asked to see the personal data of the holder.',
      ja: '氏名や住所の載ったファイルを、個人情報の表示手続きをしていない担当者が開いたときに出ます。',
    },
    todo: {
      en: 'Show the personal data of the line with a reason, and open the file again within half an hour.',
      ja: '回線のページで理由を選んで個人情報を表示し、30分以内にファイルを開き直してください。',
    },
  },
  'invoice-not-found': {
    titleJa: '該当する請求書がありません',
    when: {
      en: 'No closed billing period has a line invoice with this number.',
      ja: 'この番号の回線請求書が、締め済みの請求期間にないときに出ます。',
    },
    todo: {
      en: 'Take the number from the invoice details or from the invoice itself.',
      ja: '請求明細ファイルまたは請求書で番号を確認してください。',
    },
  },
  'line-not-found': {
    titleJa: '該当する有効な回線がありません',
    when: {
      en: 'The line is not in the line master, is not active, or has no holder.',
      ja: '回線台帳にない、有効でない、または契約者のいない回線のときに出ます。',
    },
    todo: {
      en: 'Check the line ID, or import the line first.',
      ja: '回線IDを確認するか、先に回線を取り込んでください。',
    },
  },
  'seal-broken': {
    titleJa: '封印した記録が変わっています',
    when: {
      en: 'Rows under a nightly seal were changed, removed or added, or a seal is missing from the chain.',
      ja: '夜間に封印した記録の変更・削除・追加、または封印の連なりの欠落が見つかったときに出ます。',
    },
    todo: {
      en: 'Stop payouts. Preserve the database as it is, run `admin verify`, and compare with the seals kept outside.',
      ja: '支払いを止め、データベースをそのまま保全し、`admin verify`を実行して、外部に保管した封印と照合してください。',
    },
  },
  'password-not-permitted': {
    titleJa: 'パスワードが短すぎるか長すぎます',
    when: {
      en: 'The chosen password is shorter or longer than `detail` permits.',
      ja: '指定したパスワードが、`detail`に示す長さに合わないときに出ます。',
    },
    todo: {
      en: 'Choose another password, or omit it to have one generated.',
      ja: '別のパスワードにするか、指定せずに自動生成してください。',
    },
  },
  'proof-of-close-failed': {
    titleJa: '請求期間の数値が一致しません',
    when: {
      en: 'Charges, ledger, invoice items and invoices of a billing period do not agree. The period was not closed.',
      ja: '請求期間の課金・帳簿・請求明細・請求書が一致しないときに出ます。期間は締められていません。',
    },
    todo: {
      en: 'Compare the figures in `detail`. Other periods have closed. Run the job again after removing the cause.',
      ja: '`detail`の数値を比べてください。ほかの期間は締まっています。原因を除いてから再実行してください。',
    },
  },
  'rehearsal-not-found': {
    titleJa: '該当するリハーサルがありません',
    when: { en: 'No rehearsal has this identifier.', ja: 'その識別子のリハーサルがないときに出ます。' },
    todo: { en: 'Choose one of the list.', ja: '一覧から選んでください。' },
  },
  'rehearsal-under-way': {
    titleJa: '別のリハーサルが実行中です',
    when: {
      en: 'A rehearsal waits or runs; there is one at a time.',
      ja: 'リハーサルが待機中または実行中のときに出ます。同時に実行できるのは1件です。',
    },
    todo: { en: 'Wait until it is over.', ja: '終了するまでお待ちください。' },
  },
  'nothing-to-rehearse': {
    titleJa: 'リハーサルの対象がありません',
    when: {
      en: 'No closing group closes tonight, or nothing was sold in the month.',
      ja: '今夜締める締日グループがない、またはその月の請求期間がまだないときに出ます。',
    },
    todo: { en: 'Rehearse a month instead.', ja: '対象月を指定してください。' },
  },
  'settlement-refused': {
    titleJa: '精算する月の数値が一致しません',
    when: {
      en: 'Captured, invoiced and booked totals of a month do not agree. No settlement was created.',
      ja: '月の確定額・請求額・帳簿の金額が一致しないときに出ます。精算は作成されていません。',
    },
    todo: {
      en: 'Compare the figures in `detail`, then run the job again: it continues with what has not been settled.',
      ja: '`detail`の数値を比べ、再実行してください。未処理のところから始まります。',
    },
  },
  'subscriber-not-found': {
    titleJa: '該当するご契約者が見つかりません',
    when: {
      en: 'No valid issued ID has this number.',
      ja: 'その番号の有効な発行IDがないときに出ます。',
    },
    todo: {
      en: 'Check the issued ID, or issue a new one.',
      ja: '発行IDを確認するか、新しく発行してください。',
    },
  },
  'tariff-not-found': {
    titleJa: 'その日に有効な料金表がありません',
    when: {
      en: 'No version of the tariff is in force on the first day of the contract.',
      ja: '契約の開始日に有効な版がその料金表にないときに出ます。',
    },
    todo: {
      en: 'Check the code of the tariff and the first day of its first version.',
      ja: '料金表のコードと、最初の版の開始日を確認してください。',
    },
  },
  'too-many-passkeys': {
    titleJa: 'パスキーは10個までです',
    when: {
      en: 'The issued ID has ten passkeys, as many as it can have.',
      ja: '発行IDに、上限の10個のパスキーが登録されているときに出ます。',
    },
    todo: {
      en: 'Remove a passkey that is no longer used.',
      ja: '使っていないパスキーを削除してください。',
    },
  },
  'too-many-subscribers': {
    titleJa: '1回線の発行IDは5つまでです',
    when: {
      en: 'The line already has five valid issued IDs.',
      ja: '有効な発行IDがすでに5つあるときに出ます。',
    },
    todo: {
      en: 'End an issued ID that is no longer used, then issue the new one.',
      ja: '使われていないものを終了してから発行してください。',
    },
  },
  'party-change-not-found': {
    titleJa: '該当する変更予定がありません',
    when: {
      en: 'No planned change of the company has this identifier and still waits for its day.',
      ja: 'その番号の変更予定がこの会社にない、またはすでに反映・取り消し済みの場合です。',
    },
    todo: {
      en: 'List the planned changes with `company changes` and name one that is waiting.',
      ja: '`company changes` で変更予定の一覧を確かめ、待機中のものを指定してください。',
    },
  },
} as const satisfies Readonly<Record<string, ProblemGuide>>;
