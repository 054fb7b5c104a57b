/** Summaries and descriptions of the operations in Japanese, by their English text. */
export const operationsJa = {
  'Create a one-time charge': '都度払いの課金を作成する',
  'Creates a pending charge. Send the subscriber to `confirm_url`; nothing is billed before the capture.':
    '承認待ち（`pending`）の課金を作成します。ご契約者を`confirm_url`にご案内ください。確定するまで請求は発生しません。',
  'List charges': '課金の一覧を取得する',
  'Lists charges of every kind, newest first.': 'すべての種類の課金を、新しい順に返します。',
  'Get a charge': '課金を取得する',
  'Returns one charge of any kind. Read it before you deliver.':
    '種類を問わず、課金を1件返します。商品を提供する前に、必ず取得して状態をご確認ください。',
  'Capture a charge': '課金を確定する',
  'Bills an authorized charge: the whole amount, or less. A charge is captured once; what is not captured is released.':
    '承認済み（`authorized`）の課金を、全額またはその一部で確定し、請求の対象とします。確定は1回のみで、確定しなかった分の確保は解除されます。',
  'Cancel a charge': '課金を取り消す',
  'Cancels a charge that has not been captured. A reserved amount is released.':
    '確定前の課金を取り消します。確保していた金額は解除されます。',
  'Charge a use': '利用1件を課金する',
  'Charges one use under a consent and captures it at once, without the subscriber. With an `item_key`, the same use is never charged twice, however long ago and in whichever request it was sent first: the existing charge is returned.':
    '同意にもとづいて利用1件を課金し、その場で確定します。ご契約者の操作は必要ありません。`item_key`を付けた利用は、最初に送った時期やリクエストにかかわらず二重に課金されることはなく、2回目以降は既存の課金を返します。',
  'Charge up to 1,000 uses': '利用を一括で課金する（1,000件まで）',
  'Charges the items in order. Each has its own outcome: an invalid or refused item does not affect the others, and the status is 200 even if every item is refused. If each use has an `item_key`, a corrected request can be sent again as a whole: items charged earlier are not charged again.':
    '明細を順に課金し、1件ごとの結果を返します。誤りのある明細や拒否された明細は、ほかの明細に影響しません。すべて拒否された場合も、ステータスは200です。明細ごとに`item_key`を付けておけば、訂正後のリクエストを全件そのまま再送でき、課金済みの明細が重ねて課金されることはありません。',
  'Request a consent': '同意を依頼する',
  'Asks a subscriber for a standing consent to usage charges. Send the subscriber to `confirm_url`; usage charges are accepted once the consent is active.':
    '従量課金についての継続的な同意を、ご契約者に依頼します。ご契約者を`confirm_url`にご案内ください。同意が有効（`active`）になると、従量課金を受け付けます。',
  'List consents': '同意の一覧を取得する',
  'Lists consents, newest first.': '同意を新しい順に返します。',
  'Get a consent': '同意を取得する',
  'Returns one consent.': '同意を1件返します。',
  'Revoke a consent': '同意を終了する',
  'Ends a consent at once: no further usage charge is accepted under it. Revoking it again changes nothing.':
    '同意をただちに終了します。以後、この同意による従量課金は受け付けません。終了した同意に再度実行しても、何も変わりません。',
  'Create a subscription': '定期購入を作成する',
  'Creates a pending subscription to a monthly item. Send the subscriber to `confirm_url`; whole months are then charged automatically.':
    '月額商品の定期購入を、承認待ち（`pending`）で作成します。ご契約者を`confirm_url`にご案内ください。承認後は、1か月単位で自動的に課金します。',
  'List subscriptions': '定期購入の一覧を取得する',
  'Lists subscriptions, newest first.': '定期購入を新しい順に返します。',
  'Get a subscription': '定期購入を取得する',
  'Returns one subscription.': '定期購入を1件返します。',
  'Cancel a subscription': '定期購入を解約する',
  'The month of leaving is the last one that is charged.': '解約した月の分までを課金します。',
  'List settlements': '精算の一覧を取得する',
  'Lists your approved settlements, the newest month first. A month is not shown before its approval.':
    '承認済みの精算を、新しい月から順に返します。承認前の月は含みません。',
  'Get a settlement': '精算を取得する',
  'Returns an approved settlement by its number, with its transfers and clawbacks.':
    '承認済みの精算を、振込と未回収分の内訳とともに、番号で1件返します。',
  'List the lines of a settlement': '精算の明細を取得する',
  'Lists what an approved settlement is made of, by service and tax rate. Single charges and refunds: list them by `billing_period`.':
    '承認済みの精算の内訳を、サービスと税率ごとに返します。個々の課金と返金は、それぞれの一覧を`billing_period`で絞り込んで取得してください。',
  'Get the statement of a settlement': '精算書を取得する',
  'Returns the statement as a PDF, byte for byte as it was issued; if it was corrected, the last correction.':
    '精算書を、発行したときのままのPDFで返します。訂正した場合は最後の訂正版です。',
  'Get sales by day': '日ごとの販売を集計する',
  'Returns what you sold and gave back on each date, today as it stands now.':
    '日ごとの販売と返金を返します。本日分は現時点の集計です。',
  'Check whether a use could be charged': '利用を課金できるか確認する',
  'Returns whether one of some fixed amounts could be charged under an active consent now. A consent can be checked a few times a day.':
    '有効な同意のもとで、決められた金額を今課金できるかどうかを返します。1つの同意を確認できるのは、1日に数回までです。',
  'Request a payment': '支払いを依頼する',
  'Asks somebody for a payment by a line ID, a telephone number or an issued ID. They get a mail, see the request on their own pages, and confirm it there. The response is the same whether or not there is such a subscriber.':
    '回線番号・電話番号・発行IDあてに支払いを依頼します。お客さまにはメールで知らせ、お客さまは自分のページで確認して承認します。該当するお客さまがいるかどうかにかかわらず、応答は同じです。',
  'List payment requests': '支払い依頼の一覧を取得する',
  'Lists payment requests, newest first.': '支払い依頼を新しい順に返します。',
  'Get a payment request': '支払い依頼を取得する',
  'Returns one payment request.': '支払い依頼を1件返します。',
  'Withdraw a payment request': '支払い依頼を取り下げる',
  'Takes back a payment request that nobody has decided yet. Withdrawing it again changes nothing.':
    'まだ返事のない支払い依頼を取り下げます。再び取り下げても変わりません。',
  'List services': 'サービスの一覧を取得する',
  'Lists your services in the order of their codes, suspended ones too.':
    '停止中のものも含め、貴社のサービスをコードの順に返します。',
  'Get a service': 'サービスを取得する',
  'Returns one of your services by its code.': '貴社のサービスを、コードで1件返します。',
  'Refund a charge': '課金を返金する',
  'Refunds a captured charge: all that is left of it, or less. A charge can be refunded several times until its captured amount is used up. The line gets the money back with its next bill, and your next settlement deducts it.':
    '確定した課金を、残りの全額またはその一部で返金します。確定した金額に達するまで、何回でも返金できます。返金は回線の次の請求から差し引かれ、貴社の次の精算からも差し引かれます。',
  'Preview a refund': '返金の影響を確認する',
  'Returns what a refund would do now, by the same rules: to the charge, and to your settlement of the month, as it would be if the month ended now. Nothing is refunded.':
    '今返金した場合に、課金と当月の精算がどうなるかを、返金や精算と同じ規則で計算して返します。精算の金額は、当月が今終わるとしたときのものです。返金は行いません。',
  'List the refunds of a charge': '課金の返金の一覧を取得する',
  'Lists the refunds of one charge, newest first.': '1件の課金の返金を、新しい順に返します。',
  'List refunds': '返金の一覧を取得する',
  'Lists refunds, those that we made too, newest first.':
    '当方が行ったものも含め、返金を新しい順に返します。',
  'Get a refund': '返金を取得する',
  'Returns one refund.': '返金を1件返します。',
  'Cancel a month of a subscription': '定期購入の1か月分を取り消す',
  'Refunds all that is left of the charge of one month. The subscription continues. A subscriber who cancels it and joins again in that month is charged for it.':
    '1か月分の課金の残りの全額を返金します。定期購入は継続します。解約したご契約者がその月のうちに再び加入した場合は、その月分を課金します。',
} as const satisfies Readonly<Record<string, string>>;
