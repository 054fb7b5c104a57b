import type { ProblemGuide } from './problem-guide.ts';

/** Refusals of the API that depend on what is sold, to whom and when. */
export const saleProblems = {
  'amount-above-authorized': {
    titleJa: '承認された金額を超えて確定することはできません',
    when: {
      en: 'The amount to capture exceeds what the subscriber confirmed.',
      ja: 'ご契約者が承認した金額より多く確定しようとしたときに返ります。',
    },
    todo: {
      en: 'Capture at most the `amount` of the charge. For more, create another charge and have it confirmed.',
      ja: '課金の`amount`以下で確定してください。超える分は別の課金として承認を受けてください。',
    },
  },
  'amount-above-consent': {
    titleJa: '同意で定めた上限金額を超えています',
    when: {
      en: 'The amount exceeds the maximum per use to which the subscriber agreed; `maximum` gives it.',
      ja: 'ご契約者が同意した1回の利用の上限を超えたときに返ります。上限は`maximum`で分かります。',
    },
    todo: {
      en: 'Do not split a use to avoid the maximum. For larger amounts, ask the subscriber for a new consent.',
      ja: '1回の利用を分割して避けることはできません。より高い金額には、新しい同意を受けてください。',
    },
  },
  'amount-above-contract': {
    titleJa: '1回の上限金額を超えています',
    when: {
      en: 'The amount exceeds the maximum per charge in your contract; `maximum` gives it.',
      ja: '契約で定めた1回の上限を超えたときに返ります。上限は`maximum`で分かります。',
    },
    todo: {
      en: 'Do not split a sale to avoid the maximum. Ask us to change the contract.',
      ja: '1つの販売を分割して避けることはできません。契約の変更をご相談ください。',
    },
  },
  'amount-not-checked': {
    titleJa: 'この金額は確認できません',
    when: {
      en: 'Only some fixed amounts can be checked; `amounts` lists them.',
      ja: '確認できる金額は決まっており、それ以外の金額を送ったときに返ります。確認できる金額は`amounts`で分かります。',
    },
    todo: {
      en: 'Check the next larger amount of the list.',
      ja: '一覧のうち、次に大きい金額で確認してください。',
    },
  },
  'line-check-limit': {
    titleJa: 'この同意は、本日はこれ以上確認できません',
    when: {
      en: 'The consent has been checked as often as it may be on one date.',
      ja: '1日に確認できる回数に達した同意を、さらに確認しようとしたときに返ります。',
    },
    todo: {
      en: 'Charge the use: a refusal charges nothing. Or check again on the next day (`Retry-After`).',
      ja: 'そのまま課金してください。拒否された場合、請求は発生しません。確認は翌日（`Retry-After`）以降に再びできます。',
    },
  },
  'charge-not-found': {
    titleJa: '該当する課金がありません',
    when: {
      en: 'No charge has this identifier, or it belongs to another company.',
      ja: 'その識別子の課金がないか、貴社の課金ではないときに返ります。',
    },
    todo: {
      en: 'Use the `id` (`ch_…`) exactly as you received it. It is case-sensitive.',
      ja: '受け取った`id`（`ch_…`）をそのまま使ってください。大文字と小文字は区別されます。',
    },
  },
  'company-suspended': {
    titleJa: '現在販売が停止されています',
    when: {
      en: 'We have suspended your company or this service. Charges already confirmed remain valid.',
      ja: '貴社またはそのサービスの取り扱いが停止されているときに返ります。承認済みの課金はそのままです。',
    },
    todo: {
      en: 'Stop the offer for now and ask us for the reason.',
      ja: 'いったん販売を止め、理由をお問い合わせください。',
    },
  },
  'consent-not-active': {
    titleJa: 'ご契約者の同意がないか、終了しています',
    when: {
      en: 'The consent is pending, declined, expired or ended; `state` says which.',
      ja: '同意が手続き待ち、辞退、期限切れ、終了のいずれかのときに返ります。状態は`state`で分かります。',
    },
    todo: {
      en: 'Do not charge under this consent. Create a new one and send the subscriber to its `confirm_url`.',
      ja: 'この同意による課金をやめ、新しい同意を作って`confirm_url`にご案内ください。',
    },
  },
  'consent-not-found': {
    titleJa: '該当する同意がありません',
    when: {
      en: 'No consent has this identifier, or it belongs to another company.',
      ja: 'その識別子の同意がないか、貴社の同意ではないときに返ります。',
    },
    todo: {
      en: 'Use the `id` (`cs_…`) exactly as you received it.',
      ja: '受け取った`id`（`cs_…`）をそのまま使ってください。',
    },
  },
  'contract-missing': {
    titleJa: 'この日に有効な契約がありません',
    when: {
      en: 'No contract between your company and us is in force on this day: it has not begun, or has ended.',
      ja: 'その日に有効な貴社との契約がない（開始前または終了後の）ときに返ります。',
    },
    todo: {
      en: 'Ask us about the term of your contract. Sending the request again does not help.',
      ja: '契約期間についてお問い合わせください。再送しても結果は変わりません。',
    },
  },
  'entitlement-ended': {
    titleJa: '同意した方はもうこの回線を利用していません',
    when: {
      en: 'The line has another holder, is suspended or closed, or the issued ID of the subscriber is no longer valid. Authorizations end that day and cannot be captured.',
      ja: '回線の契約者が変わった、回線が停止・解約された、または発行IDが無効になったときに返ります。未確定の課金はその日に終わり、確定できません。',
    },
    todo: {
      en: 'Do not deliver, and stop charging under this consent or subscription. The subscriber can confirm a new one with a valid issued ID.',
      ja: '提供を見合わせ、この同意・定期購入による課金を止めてください。有効な発行IDで改めて手続きできます。',
    },
  },
  'illegal-state': {
    titleJa: '現在の状態ではこの操作はできません',
    when: {
      en: 'The state has changed in the meantime: for instance, a captured or expired charge can be neither captured nor cancelled.',
      ja: '状態がすでに進んでいるときに返ります。たとえば確定済み・期限切れの課金は、確定も取り消しもできません。',
    },
    todo: {
      en: 'Read the object again and act on its `state`. Do not repeat the same operation.',
      ja: '最新の状態を取得し、`state`に従ってください。同じ操作を繰り返さないでください。',
    },
  },
  'item-key-reused': {
    titleJa: 'このitem_keyは別の利用に使われています',
    when: {
      en: 'Under this consent, a use with another amount, tax code, description or reference was charged with the same `item_key`. `charge` names that charge.',
      ja: '同じ同意のもとで、金額・税区分・内容・参照番号のいずれかが異なる利用が、同じ`item_key`で課金済みのときに返ります。その課金は`charge`でわかります。',
    },
    todo: {
      en: 'Nothing was charged again. Send another use with its own key. A use that was charged with wrong content cannot be corrected this way.',
      ja: '重ねて課金されてはいません。別の利用であれば新しいキーで送ってください。課金済みの内容は、この方法では訂正できません。',
    },
  },
  'line-not-eligible': {
    titleJa: 'この種類の回線ではお支払いいただけません',
    when: {
      en: 'The subscriber’s line has an access service, or lacks an option, with which nothing can be paid on the line invoice. Charges already authorized and subscriptions already joined are not affected.',
      ja: 'ご契約者の回線が、通信料金とあわせたお支払いの対象となる回線サービス（またはオプション）でないときに返ります。承認済みの課金と、加入済みの月額課金には影響しません。',
    },
    todo: {
      en: 'Offer another way to pay. Subscribers ask the contact on our page which lines can pay, or change the service of the line.',
      ja: '別のお支払い方法をご案内ください。対象となる回線サービスやご契約の変更は、画面に記載の窓口でご契約者にご案内します。',
    },
  },
  'limit-exceeded': {
    titleJa: '回線の月間上限を超えます',
    when: {
      en: 'The charge would exceed a monthly limit set by the carrier, by age or by the subscriber. Authorized amounts that are not captured yet count too.',
      ja: 'この金額を加えると、通信会社・年齢・ご契約者本人が定めた月間上限を超えるときに返ります。承認済みで未確定の金額も含めて計算します。',
    },
    todo: {
      en: 'Nothing was charged. Inform the subscriber. The limit is free again in the next billing period, or when an authorization is captured for less, cancelled or expires.',
      ja: '請求は発生していません。ご契約者にお知らせください。次の請求期間、または未確定の課金の減額・取り消し・終了により、再び利用できます。',
    },
  },
  'period-closed': {
    titleJa: '請求期間が締め切られ、遅れた課金は受け付けられません',
    when: {
      en: 'The billing period of the charge has closed, and your contract refuses late charges.',
      ja: '課金が属する請求期間の締め後で、契約が遅れた課金を認めていないときに返ります。',
    },
    todo: {
      en: 'Capture charges and report uses as they occur. A contract can instead accept late charges into the next period.',
      ja: '利用の都度、確定・登録してください。遅れた課金を翌期間に受け付ける契約もあります。',
    },
  },
  'purchase-not-permitted': {
    titleJa: 'ご契約者がこの購入を許可していません',
    when: {
      en: 'The holder of the line or the subscriber does not permit this purchase. What is set is not disclosed.',
      ja: '回線のご契約者または利用者が、この購入を許可していないときに返ります。設定の内容はお知らせしません。',
    },
    todo: {
      en: 'Nothing was charged. Do not retry; inform the subscriber, who can see and change it on the page “My account”.',
      ja: '請求は発生していません。再送せず、利用者にお知らせください。設定はマイページで確認・変更できます。',
    },
  },
  'return-url-not-allowed': {
    titleJa: '戻り先がサービスのサイト上にありません',
    when: {
      en: 'The origin (scheme, host, port) of `return_url` is not the one registered for the service, or the address contains a user name or characters that must be encoded.',
      ja: '`return_url`のオリジン（スキーム・ホスト・ポート）がサービスの登録と異なるとき、またはユーザー名やエンコードされていない文字を含むときに返ります。',
    },
    todo: {
      en: 'Use an address on the site that `detail` names, or ask us to register another site for the service.',
      ja: '`detail`に示すサイト上の戻り先を指定するか、登録の変更をお申し込みください。',
    },
  },
  'service-incomplete': {
    titleJa: '購入画面に必要な表示事項が登録されていません',
    when: {
      en: 'Delivery, cancellation terms or the seller’s contact of this service are not registered yet, so the last page before a purchase cannot show them. Captures of confirmed charges, months of subscriptions and uses under a consent are not affected.',
      ja: 'サービスの引き渡し時期、解約条件、販売者の連絡先などが未登録で、購入の最終画面に表示できないときに返ります。承認済みの課金の確定、継続中の月額課金、同意に基づく課金は、そのまま続けられます。',
    },
    todo: {
      en: 'Send us the texts in Japanese and English; new sales are possible as soon as they are registered.',
      ja: '日本語と英語の表示事項をお送りください。登録が済みしだい、新しい販売を始められます。',
    },
  },
  'offered-service-not-found': {
    titleJa: '該当するサービスがありません',
    when: {
      en: 'You have no service with the code at the end of the address. A service of another company is answered in the same way.',
      ja: 'アドレスの末尾のコードのサービスが貴社にないときに返ります。他社のサービスの場合も同じです。',
    },
    todo: {
      en: 'List your services and use a `code` from there.',
      ja: 'サービスの一覧を取得し、その`code`を指定してください。',
    },
  },
  'settlement-not-found': {
    titleJa: '該当する精算がありません',
    when: {
      en: 'No settlement has this number; or it is not approved yet, or belongs to another company, and you asked through the API.',
      ja: 'その番号の精算がないときに返ります。APIでは、承認前の精算と他社の精算の場合も同じです。',
    },
    todo: {
      en: 'List the settlements and use a `number` from there.',
      ja: '精算の一覧を取得し、その`number`（番号）を指定してください。',
    },
  },
  'statement-not-found': {
    titleJa: '精算書はまだ発行されていません',
    when: {
      en: 'The settlement is approved, and the night that issues its statement has not run yet.',
      ja: '精算は承認済みで、精算書を発行する夜間の処理がまだ行われていないときに返ります。',
    },
    todo: {
      en: 'Ask again on the next day.',
      ja: '翌日に、もう一度取得してください。',
    },
  },
  'partner-not-found': {
    titleJa: 'このコードの取次店はありません',
    when: {
      en: 'The sales partner that you name has no terms with you on this day.',
      ja: '指定した取次店と貴社との間に、その日に有効な取り決めがないときに返ります。',
    },
    todo: {
      en: 'Send the code exactly as it was given to you, and only from the first month of the terms on. Without `partner` the sale goes through.',
      ja: '通知されたコードを、条件の開始月以降に送ってください。`partner`を省略すれば販売できます。',
    },
  },
  'service-not-found': {
    titleJa: 'このコードのサービスはありません',
    when: {
      en: 'No service registered for your company has this code.',
      ja: '貴社の登録済みサービスに、そのコードのものがないときに返ります。',
    },
    todo: {
      en: 'Send the code exactly as registered. It is not the name that subscribers see.',
      ja: '登録したコードを送ってください。ご契約者に表示される名称ではありません。',
    },
  },
  'subscription-not-found': {
    titleJa: '該当する定期購入がありません',
    when: {
      en: 'No subscription has this identifier, or it belongs to another company.',
      ja: 'その識別子の定期購入がないか、貴社のものではないときに返ります。',
    },
    todo: {
      en: 'Use the `id` (`sb_…`) exactly as you received it.',
      ja: '受け取った`id`（`sb_…`）をそのまま使ってください。',
    },
  },
} as const satisfies Readonly<Record<string, ProblemGuide>>;
