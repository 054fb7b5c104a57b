/** Descriptions of the fields of charges and usage charges in Japanese, by their English text. */
export const chargeFieldsJa = {
  'Identifier of the charge.': '課金の識別子。',
  '`one_time`: a single sale. `monthly`: one month of a subscription. `usage`: one use under a consent.':
    '課金の種類。`one_time`：都度払い。`monthly`：定期購入の1か月分。`usage`：同意にもとづく利用1件。',
  '`pending`: waits for the subscriber. `authorized`: the subscriber has confirmed and the amount is reserved. `captured`: the amount is billed. `cancelled`: cancelled before capture. `expired`: its time ran out; the state changes exactly at `expires_at`, in lists too. Only captured charges are billed.':
    '課金の状態。`pending`：ご契約者の承認待ち。`authorized`：承認済みで、金額を確保しています。`captured`：確定済みで、請求の対象です。`cancelled`：確定前に取り消されました。`expired`：期限切れ。一覧も含め、`expires_at`の時刻ちょうどにこの状態になります。請求されるのは`captured`の課金だけです。',
  'Amount that is billed, at most `amount`. Null until the capture.':
    '請求する金額。`amount`以下です。確定するまではnullです。',
  'Tax rate in force on the business date, in basis points (1000 is 10%). Null until the capture.':
    '営業日に有効な税率。1万分率で示します（1000は10%）。確定するまではnullです。',
  '`automatic`: captured as soon as the subscriber confirms. `manual`: confirmation reserves the amount, and you capture it.':
    '確定の方法。`automatic`：ご契約者の承認と同時に確定します。`manual`：承認で金額を確保し、貴社が確定します。',
  'For a usage charge, the consent that covers it.': '従量課金の場合、もとになる同意の識別子。',
  'For a monthly charge, its subscription.': '月額の課金の場合、定期購入の識別子。',
  'For a monthly charge, the month that it pays for.': '月額の課金の場合、対象の月。',
  'When the charge was created. All times are in UTC, with milliseconds.':
    '課金を作成した日時。日時はすべてUTCで、ミリ秒まで示します。',
  'Until when the charge can be confirmed or captured. An authorization ends earlier if its buyer loses the line.':
    '承認または確定の期限。承認済みの課金は、購入者が回線の契約者でなくなると、期限の前に終了します。',
  'When the charge was captured.': '確定した日時。',
  'Date of the capture in the billing time zone.': '確定した日（営業日。請求の基準となる時間帯の日付）。',
  'Billing period, named by the month in which it begins. The charge is part of the settlement of that month.':
    '請求期間。期間の始まる月で表します。課金は、この月の精算に含まれます。',
  'True if the charge was captured after its own billing period had closed, and is billed in the next one.':
    '本来の請求期間の締め後に確定し、次の期間で請求する場合にtrueです。',
  'When the charge was cancelled or expired.': '取り消しまたは期限切れの日時。',
  'What ended the charge: `company`, `subscriber`, `support`, `time`, or `entitlement` if the buyer lost the line.':
    '課金を終わらせた事由。`company`：貴社。`subscriber`：ご契約者。`support`：サポート窓口。`time`：期限切れ。`entitlement`：購入者が回線の契約者でなくなったため。',
  'Amount to capture: at most the authorized amount, which is also the default.':
    '確定する金額。承認された金額以下で指定します。省略すると全額を確定します。',
  'Only charges of this kind.': 'この種類の課金だけを返します。',
  'Only usage charges under this consent.': 'この同意にもとづく従量課金だけを返します。',
  'Only the months of this subscription.': 'この定期購入の各月の課金だけを返します。',
  'Only charges in this state now.': '現在この状態にある課金だけを返します。',

  'Consent of the subscriber. It must be active.':
    'ご契約者の同意の識別子。有効（`active`）なものに限ります。',
  'Your unique key for this one use, in visible ASCII characters. Under one consent, a key is charged only once, for ever: if the same use is sent again, the existing charge is returned; a different use with the same key is refused (`item-key-reused`).':
    '利用1件ごとに一意の、貴社のキー。表示可能なASCII文字で指定します。同じ同意のもとでは、1つのキーが課金されるのは期間を問わず一度だけです。同じ利用を再送すると既存の課金を返し、内容の異なる利用は拒否します（`item-key-reused`）。',
  'The uses, in the order in which they are charged.': '課金する利用。この順に処理します。',
  'One outcome for each item, in the order of the request.': '明細ごとの結果。リクエストと同じ順に並びます。',
  'Outcome of one item. Either `charge` or `problem` is present.':
    '明細1件の結果。`charge`と`problem`のどちらか一方があります。',
  'Position of the item in the request, counted from 0.': 'リクエスト内の明細の位置（0から数えます）。',
  'True if `charge` was made earlier under the same `item_key`. Absent otherwise.':
    '`charge`が同じ`item_key`で以前に作成された課金のときtrueです。それ以外の場合、この項目はありません。',
  'Number of items that this request charged.': 'このリクエストで課金した件数。',
  'Number of items that had been charged earlier under their `item_key`.':
    '同じ`item_key`ですでに課金されていた件数。',
  'Code of the sales partner who brought this sale. The partner needs terms with you on this day; it gets its commission when the month is settled.':
    'この販売を取り次いだ取次店のコード。その日に有効な取り決めが必要です。手数料は月次の精算のときに計算します。',
  'Sales partner who brought this sale. Absent if you named none.':
    'この販売を取り次いだ取次店。指定しなかった場合、この項目はありません。',
  'Number of items refused.': '拒否した件数。',
} as const satisfies Readonly<Record<string, string>>;
