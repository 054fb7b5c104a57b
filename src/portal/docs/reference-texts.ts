import type { Locale } from '../../shared/money.ts';
import { agreementFieldsJa } from './reference-ja/agreement-fields.ts';
import { chargeFieldsJa } from './reference-ja/charge-fields.ts';
import { commonFieldsJa } from './reference-ja/common-fields.ts';
import { eventFieldsJa } from './reference-ja/event-fields.ts';
import { webhookFieldsJa } from './reference-ja/webhook-fields.ts';
import { operationsJa } from './reference-ja/operations.ts';
import { refundFieldsJa } from './reference-ja/refund-fields.ts';
import { settlementFieldsJa } from './reference-ja/settlement-fields.ts';
import { lineCheckFieldsJa } from './reference-ja/line-check-fields.ts';
import { paymentRequestFieldsJa } from './reference-ja/payment-request-fields.ts';
import { usageFileFieldsJa } from './reference-ja/usage-file-fields.ts';
import { serviceFieldsJa } from './reference-ja/service-fields.ts';

/**
 * The texts of the reference in Japanese, by the English text that the operation or its schema has: one that is changed
 * in English has no Japanese text until that is written too, and a spec fails until then.
 */
export const referenceJa: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ...operationsJa,
    ...chargeFieldsJa,
    ...agreementFieldsJa,
    ...refundFieldsJa,
    ...usageFileFieldsJa,
    ...eventFieldsJa,
    ...serviceFieldsJa,
    ...lineCheckFieldsJa,
    ...paymentRequestFieldsJa,
    ...settlementFieldsJa,
    ...webhookFieldsJa,
    ...commonFieldsJa,
  }),
);

/** A text of the reference in the language of the page. */
export type Describe = (english: string) => string;

export function describeIn(language: Locale): Describe {
  return language === 'ja' ? (english) => referenceJa.get(english) ?? english : (english) => english;
}
