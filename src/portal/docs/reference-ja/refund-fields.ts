/** Descriptions of the fields of refunds in Japanese, by their English text. */
export const refundFieldsJa = {
  'Amount that has been refunded so far. The charge itself stays `captured`.':
    'これまでに返金した金額。課金の状態は`captured`のまま変わりません。',
  'Identifier of the refund.': '返金の識別子。',
  'The charge that is refunded, whole or in part.': '全額または一部を返金する課金。',
  'Amount of the charge that is refunded after this refund, with those before it.':
    'それまでの返金とこの返金を合わせた、課金の返金済み金額。',
  'Tax rate of the charge, in basis points (1000 is 10%).': '課金の税率。1万分率で示します（1000は10%）。',
  'Why it was refunded. The subscriber reads it in words of their language.':
    '返金の理由。ご契約者には、表示言語に応じた文言で表示されます。',
  'Your own note. Null if we made the refund.': '貴社のメモ。当方が返金した場合はnullです。',
  'Your own reference. Null if we made the refund.': '貴社の参照番号。当方が返金した場合はnullです。',
  '`company`: you. `carrier`: our support centre or billing.':
    '返金を行った者。`company`：貴社。`carrier`：当方（サポート窓口または請求担当）。',
  '`invoice`: deducted from the bill of the line. `bank`: paid to the former holder of a line that has changed hands.':
    '返金の方法。`invoice`：回線の請求から差し引きます。`bank`：契約者が変わった回線の、以前のご契約者の口座へ支払います。',
  'Date of the refund in the billing time zone.': '返金した日（営業日。請求の基準となる時間帯の日付）。',
  'Month of the settlement that deducts the refund, whichever month the charge was in.':
    '返金を差し引く精算の月。課金の月にかかわらず、この月の精算に含まれます。',
  'When the refund was made.': '返金した日時。',
  'Amount to refund: at most what is left of the charge, which is also the default.':
    '返金する金額。課金の残りの金額以下で指定します。省略すると残りの全額を返金します。',
  'Why it is refunded. The subscriber reads it in words of their language.':
    '返金の理由。ご契約者には、表示言語に応じた文言で表示されます。',
  'A note of your own, in the same characters as the `description` of a charge. The subscriber does not see it.':
    '貴社のメモ。使える文字は課金の`description`と同じです。ご契約者には表示されません。',
  'Your own reference for this refund, such as the number of a return.':
    '返品番号など、この返金についての貴社の参照番号。',
  'Charges of the month so far, less the refunds booked in it.':
    'その月のこれまでの課金から、その月に計上した返金を差し引いた金額。',
  'Distinct lines that are billed.': '請求する回線の数（重複を除く）。',
  'Charges that are billed.': '請求する課金の件数。',
  'Our fee before tax, by the tariff of the month.': '当月の料金表による手数料（税抜）。',
  'Consumption tax on the fee.': '手数料の消費税。',
  'Which part of the tariff sets the fee: `minimum` per line, `percent` of the total, or `band` of the average per line or of the items.':
    '手数料を決めた料金表の区分。`minimum`：回線ごとの最低額、`percent`：合計に対する割合、`band`：1回線あたりの平均または件数による区分。',
  'Set-up fee of the contract before tax, if this settlement bills it; otherwise 0.':
    '契約の工事費（税抜）。この精算で請求する場合の金額で、それ以外は0です。',
  'Consumption tax on the set-up fee.': '工事費の消費税。',
  'Amounts that lines did not pay and that wait to be deducted.':
    '回線から回収できず、差し引きを待っている金額。',
  'Amounts clawed back earlier that were paid after all.':
    '以前に差し引いた金額のうち、その後に回収できた金額。',
  'Balance of the months before. If they are not settled yet, it is what they would carry over now.':
    '前の月までの繰越残高。まだ精算していない月がある場合は、現時点の金額で精算したときの繰越残高です。',
  'What the settlement comes to, with everything above.': 'ここまでのすべてを合わせた精算の金額。',
  'Transfer fee that is deducted from the payout; 0 if we bear it or nothing is paid out.':
    '支払額から差し引く振込手数料。当方が負担する場合や、支払いがない場合は0です。',
  'Amount that would be paid out.': '支払われる金額。',
  'Balance that the next month takes over: negative if you owe it, positive below the minimum payout.':
    '翌月へ繰り越す残高。負の値は貴社の未払い、正の値は最低支払額に満たない金額です。',
  'Earlier months that are not settled yet and may still change `carried_in`.':
    'まだ精算していない前の月。`carried_in`が変わることがあります。',
  'The charge that would be refunded.': '返金の対象になる課金。',
  'Amount that could still be refunded afterwards.': '返金の後に、さらに返金できる金額。',
  'Month of the settlement that would deduct the refund.': '返金を差し引く精算の月。',
  'True if you cannot make this refund yourself: ask our support centre.':
    '貴社だけでは行えない返金のときtrueです。サポート窓口へご相談ください。',
  'True if the refund takes `net` of the month below zero.':
    '返金によって当月の`net`が0を下回るときtrueです。',
  'Your month without the refund.': '返金をしない場合の当月。',
  'Your month with the refund.': '返金をした場合の当月。',
  'The month whose charge is refunded.': '課金を返金する月。',
  'Only refunds of the months of this subscription.': 'この定期購入の各月の返金だけを返します。',
  'Only refunds of this charge.': 'この課金の返金だけを返します。',
} as const satisfies Readonly<Record<string, string>>;
