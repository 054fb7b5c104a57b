/** Japanese texts of lines in the console of billing. */
export const billingLinesJa = {
  'billing.lines.nav': '回線',
} as const;
