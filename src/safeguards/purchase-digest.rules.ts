import { formatMoney, type Currency, type Locale } from '../shared/money.ts';

/** One purchase as a digest lists it. */
export interface DigestPurchase {
  readonly companyJa: string;
  readonly companyEn: string;
  readonly serviceJa: string;
  readonly serviceEn: string;
  readonly description: string;
  readonly amountMinor: bigint;
}

/** Purchases in the mail; a song each would make a mail that nobody reads. */
const MAX_LISTED = 20;

interface DigestTerms {
  readonly language: Locale;
  readonly currency: Currency;
}

/** The facts of a digest: how many purchases, their sum, and the first ones, a line each. */
export function composeDigest(purchases: readonly DigestPurchase[], { language, currency }: DigestTerms) {
  const lines = purchases.slice(0, MAX_LISTED).map((one) => {
    const seller = language === 'ja' ? [one.companyJa, one.serviceJa] : [one.companyEn, one.serviceEn];
    return [...seller, one.description, formatMoney(one.amountMinor, currency, language)].join(' / ');
  });
  const omitted = purchases.length - lines.length;
  if (omitted > 0) lines.push(language === 'ja' ? `ほか${omitted}件` : `and ${omitted} more`);
  return {
    purchaseCount: purchases.length,
    totalMinor: purchases.reduce((sum, { amountMinor }) => sum + amountMinor, 0n),
    list: lines.join('\n'),
  };
}
