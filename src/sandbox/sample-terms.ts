import type { ServiceTerms } from '../companies/seller-terms.rules.ts';

const terms: ServiceTerms = {
  paidFor: 'お試し用の商品',
  paidForEn: 'Sample goods',
  delivery: 'お申し込みの直後からご利用いただけます。',
  deliveryEn: 'Available immediately after the purchase.',
  cancellation: '月額のプランはいつでも解約でき、その月の末日までご利用いただけます。',
  cancellationEn: 'You can cancel a monthly plan at any time and use it until the end of that month.',
  sellerAddress: '東京都千代田区1-1-1',
  sellerAddressEn: '1-1-1 Chiyoda-ku, Tokyo',
  sellerTelephone: '03-0000-0000',
  contactEmail: 'support@shop.example',
  platform: 'internet',
  listedFrom: '2020-04-01',
};

/** What a company without a service of its own sells under in its world. */
export function sampleService(companyId: number) {
  return {
    companyId,
    code: 'sample',
    name: 'お試しサービス',
    nameEn: 'Sample service',
    siteOrigin: 'https://shop.example',
    moreOrigins: JSON.stringify(['http://localhost:3000', 'http://127.0.0.1:3000']),
    state: 'active' as const,
    ...terms,
  };
}

/** What a company without a contract sells under in its world. */
export const sampleContract = {
  tariffCode: 'flets-2011',
  legalModel: 'agency',
  validFrom: '2020-04-01',
  validTo: null,
  perChargeMaxMinor: 10_000n,
  lateCharges: 'accept',
  authorizationDays: 7,
  payoutMonths: 2,
  payoutDay: 31,
  payoutBankDay: 'previous',
} as const;
