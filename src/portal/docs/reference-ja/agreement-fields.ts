/** Descriptions of the fields of consents and subscriptions in Japanese, by their English text. */
export const agreementFieldsJa = {
  'Identifier of the consent.': '同意の識別子。',
  '`pending`: waits for the subscriber. `active`: granted; usage charges are accepted. `declined`: the subscriber declined. `expired`: not granted within half an hour. `ended`: revoked.':
    '同意の状態。`pending`：ご契約者の手続き待ち。`active`：有効。従量課金を受け付けます。`declined`：ご契約者が辞退しました。`expired`：30分以内に手続きがありませんでした。`ended`：終了しました。',
  'What the subscriber agrees to pay for.': '同意の対象。ご契約者に表示されます。',
  'Maximum amount of one usage charge, in minor units. The subscriber sees it on the confirmation page.':
    '従量課金1件の上限金額（通貨の最小単位）。ご契約者の承認画面に表示されます。',
  'Maximum amount of one usage charge, in minor units. Null if there is no maximum.':
    '従量課金1件の上限金額（通貨の最小単位）。上限がない場合はnullです。',
  'Your own reference for this consent.': '同意についての貴社の参照番号。',
  'Your own reference for this consent, such as a member number. Nobody else sees it; lists can be filtered by it. It may contain the same characters as `description`.':
    '会員番号など、この同意についての貴社の参照番号。貴社以外には表示されません。一覧の絞り込みに使えます。使える文字は`description`と同じです。',
  'When the consent was requested.': '同意を依頼した日時。',
  'When the subscriber granted the consent.': 'ご契約者が同意した日時。',
  'When the consent was declined, expired or was revoked.': '辞退、期限切れ、または終了の日時。',
  'Only consents in this state now.': '現在この状態にある同意だけを返します。',

  'Identifier of the subscription.': '定期購入の識別子。',
  '`pending`: waits for the subscriber. `active`: the months are charged. `leaving`: cancelled, with its last month still to be charged. `ended`: over. `declined`: the subscriber declined. `expired`: not confirmed within half an hour.':
    '定期購入の状態。`pending`：ご契約者の承認待ち。`active`：継続中。毎月課金します。`leaving`：解約済みで、最後の月の課金が残っています。`ended`：終了しました。`declined`：ご契約者が辞退しました。`expired`：30分以内に承認がありませんでした。',
  'Your code of the item subscribed to. No month of an item is charged twice.':
    '定期購入の商品を表す、貴社のコード。同じ商品の同じ月が二重に課金されることはありません。',
  'Amount of each month including tax, in minor units.': '1か月分の税込金額（通貨の最小単位）。',
  'Amount of each month including tax, in minor units. It never changes.':
    '1か月分の税込金額（通貨の最小単位）。後から変更することはできません。',
  'Day of the month on which the month is charged: 1 to 25, or 31 for the last day of the month.':
    '毎月の課金日。1～25、または月末を表す31を指定します。',
  'Whether the month of joining is free. It is granted once for each line holder and item, whichever issued ID of the line joins.':
    '加入した月を無料にするかどうか。無料になるのは、回線の契約者と商品の組み合わせごとに1回です。同じ回線のどの発行IDで加入しても同様です。',
  'Whether the month of joining is free. It is granted once for each line holder and item, whichever issued ID of the line joins. False by default.':
    '加入した月を無料にするかどうか。無料になるのは、回線の契約者と商品の組み合わせごとに1回です。同じ回線のどの発行IDで加入しても同様です。省略するとfalseです。',
  'Whether the month of leaving is free for a subscriber who cancels by its charge day. It is granted once for each line holder and item. Who joins again in that month pays for it after all.':
    '課金日までに解約した月を無料にするかどうか。無料になるのは、回線の契約者と商品の組み合わせごとに1回です。その月のうちに再び加入した場合は、その月分を課金します。',
  'Whether the month of leaving is free for a subscriber who cancels by its charge day. It is granted once for each line holder and item. Who joins again in that month pays for it after all. False by default.':
    '課金日までに解約した月を無料にするかどうか。無料になるのは、回線の契約者と商品の組み合わせごとに1回です。その月のうちに再び加入した場合は、その月分を課金します。省略するとfalseです。',
  'When the subscription was created.': '定期購入を作成した日時。',
  'Date of joining in the billing time zone. Its month is the first one.':
    '加入した日（請求の基準となる時間帯の日付）。この月が最初の対象月です。',
  'When the subscription was cancelled.': '解約した日時。',
  'Date of leaving in the billing time zone. Its month is the last one.':
    '解約した日（請求の基準となる時間帯の日付）。この月が最後の対象月です。',
  'Last month that has been charged or was free.': '課金済み、または無料とした最後の月。',
  'Only subscriptions in this state now.': '現在この状態にある定期購入だけを返します。',
} as const satisfies Readonly<Record<string, string>>;
