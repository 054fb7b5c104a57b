import type { billingLinesJa } from './billing-lines-ja.ts';

/** English texts of lines in the console of billing. */
export const billingLinesEn = {
  'billing.lines.nav': 'Lines',
} as const satisfies Readonly<Record<keyof typeof billingLinesJa, string>>;
