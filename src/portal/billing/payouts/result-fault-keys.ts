/** What can be wrong with a row of the bank's results. */
export const resultFaultKeys = [
  'columns',
  'digits',
  'amount-form',
  'result',
  'date',
  'reason-missing',
  'reason-given',
  'reason-text',
  'unknown',
  'not-sent',
  'amount',
  'early',
  'future',
  'known',
] as const;

export type ResultFaultKey = (typeof resultFaultKeys)[number];
