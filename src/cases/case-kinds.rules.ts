/**
 * What a case is about. `refused`: a purchase that was not accepted. `seller-silent`: the seller does not answer. `moved`: the line has
 * another holder, or the holder another address. Only the first needs a purchase.
 */
export const caseKinds = [
  'unrecognised-purchase',
  'charged-twice',
  'refund',
  'cancellation',
  'seller-silent',
  'refused',
  'limit',
  'sign-in',
  'moved',
  'other',
] as const;
export type CaseKind = (typeof caseKinds)[number];

/** Those that complain of a seller: the watch over sellers counts them. */
export const complaintKinds = [
  'unrecognised-purchase',
  'charged-twice',
  'refund',
  'cancellation',
  'seller-silent',
] as const satisfies readonly CaseKind[];
