/** Why a charge is given back, in the words that subscribers and companies read. */
export const refundReasons = {
  requested: { ja: 'お客さまのご要望', en: 'Requested by the customer' },
  not_delivered: { ja: '商品・サービスをご提供できなかったため', en: 'Not delivered' },
  defective: { ja: '商品・サービスに不具合があったため', en: 'Defective or not as described' },
  duplicate: { ja: '同じ購入が重複していたため', en: 'Bought twice' },
  mistaken: { ja: '誤ってご購入されたため', en: 'Bought by mistake' },
  unauthorized: { ja: 'お客さまのお心当たりのない購入のため', en: 'Not recognised by the customer' },
  wrong_amount: { ja: '金額に誤りがあったため', en: 'Wrong amount' },
  month_cancelled: { ja: '月額料金の取り消し', en: 'Month of a subscription cancelled' },
  goodwill: { ja: 'そのほかの事情による返金', en: 'Other reasons' },
} as const satisfies Readonly<Record<string, { readonly ja: string; readonly en: string }>>;

export type RefundReason = keyof typeof refundReasons;

export const refundReasonCodes = Object.keys(refundReasons) as RefundReason[];

export function isRefundReason(text: string): text is RefundReason {
  return Object.hasOwn(refundReasons, text);
}
