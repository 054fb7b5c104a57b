import type { PublishedType } from '../../published-events/published-types.ts';
import type { Locale } from '../../shared/money.ts';

/** What each type of event says, for companies; a type without its words does not compile. */
export const eventGuides: Readonly<Record<PublishedType, Readonly<Record<Locale, string>>>> = {
  'charge.authorized': {
    en: 'The subscriber has confirmed a charge with manual capture: its amount is reserved.',
    ja: '確定を分ける課金が承認され、金額が確保されました。',
  },
  'charge.captured': {
    en: 'A charge of any kind is billed: deliver what was sold. Uses and months come as this type too.',
    ja: '課金が確定し、請求の対象になりました（従量・月額を含む）。商品を提供してください。',
  },
  'charge.cancelled': {
    en: 'A charge was cancelled before its capture.',
    ja: '確定前の課金が取り消されました。',
  },
  'charge.expired': {
    en: 'A charge was not confirmed or captured in time.',
    ja: '期限までに承認または確定されず、課金が失効しました。',
  },
  'charge.refunded': {
    en: 'A captured charge was given back, whole or in part, by you or by us.',
    ja: '確定した課金の全部または一部が、貴社または当方により返金されました。',
  },
  'consent.granted': {
    en: 'The subscriber agrees to usage charges.',
    ja: '従量課金への同意が得られました。',
  },
  'consent.declined': { en: 'The subscriber declined a consent.', ja: '同意が辞退されました。' },
  'consent.revoked': {
    en: 'A consent has ended: no further use is charged under it.',
    ja: '同意が終了しました。以後、この同意による課金はできません。',
  },
  'consent.expired': { en: 'A consent was not confirmed in time.', ja: '期限までに同意されませんでした。' },
  'subscription.joined': {
    en: 'The subscriber has joined a subscription.',
    ja: '定期購入に加入がありました。',
  },
  'subscription.declined': {
    en: 'The subscriber declined a subscription.',
    ja: '定期購入が辞退されました。',
  },
  'subscription.renewed': {
    en: 'A month was charged, or was free: then `charge` in `details` is null.',
    ja: '1か月分が課金されました。無料の月では、`details`の`charge`がnullです。',
  },
  'subscription.renewal-refused': {
    en: 'A month could not be charged; `problem` in `details` has the code of the reason.',
    ja: '1か月分を課金できませんでした。理由のコードは`details`の`problem`にあります。',
  },
  'subscription.cancelled': {
    en: 'A subscription was cancelled; the month of leaving may still be charged.',
    ja: '定期購入が解約されました。解約した月の分は、この後に課金されることがあります。',
  },
  'subscription.ended': { en: 'A subscription is over.', ja: '定期購入が終了しました。' },
  'subscription.expired': {
    en: 'A subscription was not confirmed in time.',
    ja: '期限までに承認されず、定期購入の申し込みが失効しました。',
  },
  'payment-request.confirmed': {
    en: 'The addressee has paid a request: `charge` names the charge. Deliver what was asked for.',
    ja: '支払い依頼が承認され、支払われました。`charge`がその課金です。商品やサービスを提供してください。',
  },
  'payment-request.declined': {
    en: 'The addressee does not pay a request.',
    ja: '支払い依頼が辞退されました。',
  },
  'payment-request.expired': {
    en: 'Nobody decided a request in time.',
    ja: '期限までに支払われず、支払い依頼が失効しました。',
  },
  'payment-request.withdrawn': {
    en: 'You have withdrawn a request.',
    ja: '貴社が支払い依頼を取り下げました。',
  },
  'enquiry.created': {
    en: 'A subscriber, or our support centre, has asked you about a sale. The question is in your mail.',
    ja: '販売についてのお問い合わせがありました。内容はメールでお送りしています。',
  },
  'settlement.approved': {
    en: 'The settlement of a month is approved, with the day and amount of its payout.',
    ja: '月の精算が承認されました。支払日と支払額を含みます。',
  },
  'clawback.booked': {
    en: 'What could not be collected of a billing period is deducted from your settlement.',
    ja: '回収できなかった金額を、精算から差し引きました。',
  },
  'clawback.recovered': {
    en: 'Of what was deducted, some was collected after all and is paid to you.',
    ja: '差し引いた金額の一部を回収でき、精算に戻しました。',
  },
  'payout.sent': {
    en: 'A transfer to you was ordered from the bank.',
    ja: '貴社への振込を銀行に依頼しました。',
  },
  'payout.settled': { en: 'The bank has made the transfer.', ja: '振込が完了しました。' },
  'payout.returned': {
    en: 'The bank has returned the transfer; we contact you about the account.',
    ja: '振込が返却されました。口座について、当方からご連絡します。',
  },
  'company.suspended': { en: 'Your sales are suspended.', ja: '貴社の販売を停止しました。' },
  'company.activated': { en: 'Your sales are possible again.', ja: '貴社の販売を再開しました。' },
  'service.suspended': { en: 'Sales of a service are suspended.', ja: 'サービスの販売を停止しました。' },
  'service.activated': { en: 'Sales of a service are possible again.', ja: 'サービスの販売を再開しました。' },
  'contract.created': { en: 'A contract was concluded.', ja: '契約を締結しました。' },
  'contract.ended': { en: 'The last day of a contract was set.', ja: '契約の終了日を定めました。' },
  'bank-account.recorded': {
    en: 'Another account is recorded for your payouts. If you did not ask for it, call us at once.',
    ja: '支払先の口座を登録しました。お心当たりのないときは、ただちにご連絡ください。',
  },
  'api-key.issued': { en: 'An API key was issued.', ja: 'APIキーを発行しました。' },
  'api-key.revoked': { en: 'An API key was revoked.', ja: 'APIキーを失効させました。' },
};
