/** Descriptions of the fields of payment requests in Japanese, by their English text. */
export const paymentRequestFieldsJa = {
  'Identifier of the payment request.': '支払い依頼の識別子。',
  '`pending`: waits for the addressee. A request to nobody waits too, until it expires. `confirmed`: paid; `charge` names the charge. `declined`: the addressee does not pay. `withdrawn`: you took it back. `expired`: nobody decided in time.':
    '`pending`：返事待ち。該当するお客さまがいない場合も、期限までこの状態です。`confirmed`：支払い済み（`charge`がその課金）。`declined`：お客さまが断った。`withdrawn`：貴社が取り下げた。`expired`：期限切れ。',
  'What the addressee is asked to pay for.': '何の支払いかの説明。',
  'Your own reference for this request.': 'この依頼の、貴社の管理番号。',
  'What `to` is: a line ID, a telephone number or an issued ID.':
    '`to`の種類。`line`は回線番号、`telephone`は電話番号、`issued-id`は発行ID。',
  'The last four characters of the addressee. The rest is not returned.':
    'あて先の末尾4文字。それ以外は返しません。',
  'The charge by which it was paid. Null unless the state is `confirmed`.':
    '支払った課金の識別子。`confirmed`のほかはnull。',
  'When the request was created.': '依頼した日時。',
  'Until when the addressee can decide. Null once that is over.': 'お客さまが返事できる期限。終了後はnull。',
  'When the request was confirmed, declined or withdrawn, or expired.':
    '承認・お断り・取り下げ・期限切れの日時。',
  'Code of the service that is sold.': '販売するサービスのコード。',
  'What the addressee is asked to pay for. They read it before they pay, and on the invoice. It may contain the same characters as the description of a charge.':
    '何の支払いかの説明。お客さまの確認画面と請求書に表示します。使える文字は課金の`description`と同じです。',
  'Whom you ask, in the form that `to_kind` names; blanks and hyphens do not count. Only the form is checked: the response is the same whether or not there is such a subscriber.':
    'あて先。`to_kind`の種類の番号を送ります（空白とハイフンは無視します）。形式だけを確認し、該当するお客さまがいるかどうかにかかわらず応答は同じです。',
  'Days until it expires; a week by default.': '期限までの日数。省略時は1週間。',
  'Only payment requests in this state now.': '現在この状態の支払い依頼だけ。',
} as const satisfies Readonly<Record<string, string>>;
