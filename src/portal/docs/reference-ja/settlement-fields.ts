/** Descriptions of the fields of settlements and reports in Japanese, by their English text. */
export const settlementFieldsJa = {
  'Number of the settlement, as on its statement.': '精算の番号（精算書に記載されたもの）。',
  'Month that is settled.': '精算の対象になる月。',
  '`approved`: final. `paid`: final, and the bank has made the transfer.':
    '精算の状態。`approved`：確定しています。`paid`：確定し、銀行の振込が完了しています。',
  'Date of the settlement.': '精算した日。',
  'When it was approved.': '承認した日時。',
  'Charges that were billed.': '請求した課金の合計。',
  'Refunds that are deducted.': '差し引く返金の合計。',
  'Distinct lines that were billed.': '請求した回線の数（重複を除く）。',
  'Charges that count for the fee.': '手数料の対象になる課金の件数。',
  'Our fee before tax.': '当方の手数料（税抜）。',
  'Tax rate of the fee, in basis points (1000 is 10%).': '手数料の税率。1万分率で示します（1000は10%）。',
  'Amounts that lines did not pay, deducted from this settlement.':
    '回線から回収できず、この精算で差し引く金額。',
  'Amounts deducted earlier that were paid after all, added to this settlement.':
    '以前に差し引き、その後に回収できたため、この精算で加える金額。',
  'Balance of the months before.': '前の月までの繰越残高。',
  'Amount that is paid out.': '支払う金額。',
  'Date on which the payout is due.': '支払いの予定日。',
  'Whether the payout waits because it is held; ask the carrier.':
    '支払いを保留しているときtrueです。当方へお問い合わせください。',
  '`sent`: ordered from the bank. `settled`: the bank has made it. `returned`: the account did not take it; it is paid again once the account is corrected.':
    '振込の状態。`sent`：銀行に依頼済み。`settled`：振込完了。`returned`：口座で受け取れず返却されました。口座の訂正後に改めて振り込みます。',
  'Amount of the transfer.': '振込の金額。',
  'Date for which it is ordered.': '振込の指定日。',
  'When the bank made or returned it.': '銀行が振込または返却した日。',
  '`clawback`: lines did not pay it. `recovery`: they paid it after all.':
    '`clawback`：回線から回収できなかった金額。`recovery`：その後に回収できた金額。',
  'Billing period of the charges.': '課金の請求期間。',
  'Sum of the amounts, above zero.': '金額の合計（正の値）。',
  'Transfers of the payout, the oldest first. Empty until one is ordered.':
    '支払いの振込。古い順に並びます。依頼するまでは空です。',
  'What you pay of the commissions of your sales partners, tax included. Absent if there is none.':
    '貴社が負担する取次手数料（税込）。ない場合、この項目はありません。',
  'What `clawback_total` and `recovery_total` are made of, by month of the charges.':
    '`clawback_total`と`recovery_total`の内訳（課金の月ごと）。',
  '`charge`: charges that were billed. `refund`: refunds deducted from bills of lines. `bank`: refunds paid to accounts.':
    '明細の種類。`charge`：請求した課金。`refund`：回線の請求から差し引いた返金。`bank`：口座へ支払った返金。',
  'Of refunds, the billing period of their charges. Null for charges.':
    '返金の場合、その課金の請求期間。課金の場合はnullです。',
  'Tax rate, in basis points (1000 is 10%).': '税率。1万分率で示します（1000は10%）。',
  'Settlement that the lines are of.': '明細の精算の番号。',
  'Distinct lines.': '回線の数（重複を除く）。',
  'Charges or refunds.': '課金または返金の件数。',
  'Sum of the amounts including tax; negative for refunds.': '税込金額の合計。返金は負の値です。',
  'All lines: charges first, then refunds by the month of their charges.':
    'すべての明細。課金、返金（課金の月ごと）の順に並びます。',

  'First date, in the billing time zone.': '最初の日（請求の基準となる時間帯の日付）。',
  'Last date, at most 92 days in all.': '最後の日。全体で92日以内です。',
  'Only sales of the service with this code.': 'このコードのサービスの販売だけを集計します。',
  'Business date.': '集計の対象になる営業日。',
  'Charges that were captured.': '確定した課金の件数。',
  'Sum of the captured amounts including tax.': '確定した金額（税込）の合計。',
  'Refunds that were made, ours too.': '返金の件数。当方が行ったものも含みます。',
  'Sum of the refunds.': '返金の合計。',
  'Sum of what lines did not pay and you give back.': '回線から回収できず、貴社が負担する金額の合計。',
  'Sum of what lines paid after all.': 'その後に回収できた金額の合計。',
  'True if a night has added the date up. Otherwise it is counted as it stands now, and still changes. A charge that is booked late changes the date again.':
    '夜間の集計が済んだ日はtrueです。それ以外は現時点の集計で、今後変わります。集計の後に計上された課金があると、その日の金額は再び変わります。',
  'Dates in their order; those without sales are left out.': '日付の順に並びます。販売のない日は含みません。',
} as const satisfies Readonly<Record<string, string>>;
