import type { ServiceTerms } from '../../src/companies/seller-terms.rules.ts';

/** What a service needs to sell, for specs that are not about it. */
export const serviceTerms = {
  paidFor: '動画の見放題',
  paidForEn: 'Unlimited video',
  delivery: 'お申し込みの直後からご視聴いただけます。',
  deliveryEn: 'You can watch immediately after the purchase.',
  cancellation: '月額のプランはいつでも解約でき、その月の末日までご利用いただけます。',
  cancellationEn: 'You can cancel a monthly plan at any time and use it until the end of that month.',
  sellerAddress: '東京都千代田区1-1-1',
  sellerAddressEn: '1-1-1 Chiyoda-ku, Tokyo',
  sellerTelephone: '03-0000-0000',
  contactEmail: 'support@shop.example',
  platform: 'internet',
  listedFrom: '2026-04-01',
} as const satisfies ServiceTerms;

/** Gives these terms to every service, for worlds that are filled by plain SQL. */
export const setServiceTermsSql = `UPDATE service SET ${Object.entries(serviceTerms)
  .map(([name, value]) => `${name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)} = '${value}'`)
  .join(', ')}`;
