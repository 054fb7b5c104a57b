/** The guides in the order in which somebody needs them; a code is the name of its files, and the end of its address. */
export const guideCodes = [
  'sandbox',
  'first-sale',
  'subscriptions',
  'usage',
  'refunds',
  'webhooks',
  'errors',
  'testing',
  'going-live',
] as const;
export type GuideCode = (typeof guideCodes)[number];

export function isGuideCode(text: string): text is GuideCode {
  return (guideCodes as readonly string[]).includes(text);
}
