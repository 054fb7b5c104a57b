/**
 * Values that make the service run on one developer's machine. They are public, so production refuses
 * them by name. The registration number is one of those the tax agency prints in its own examples.
 */
export const developmentDefaults: Readonly<Record<string, string>> = Object.freeze({
  DATABASE_URL: 'mariadb://root@localhost/tabane',
  PUBLIC_ORIGIN: 'http://localhost:8080',
  TABANE_SECRET: 'development-only-secret-never-in-production',
  RADIUS_SERVERS: '127.0.0.1:18120:development-only-secret',
  CARRIER_NAME: '束ね通信株式会社',
  CARRIER_NAME_EN: 'Tabane Communications',
  CARRIER_ADDRESS: '〒100-0000 東京都千代田区見本町1-2-3',
  CARRIER_REGISTRATION_NUMBER: 'T7123456789012',
  CARRIER_CONTACT: '収納代行担当窓口 0120-000-000（平日 9:00–17:00）',
  CARRIER_CONTACT_EN: 'Payment collection desk 0120-000-000 (weekdays 9:00–17:00)',
  MAIL_FROM: 'no-reply@tabane.example',
  // 9999 is assigned to no bank.
  PAYOUT_ORIGINATOR_CODE: '1234567890',
  PAYOUT_ORIGINATOR_NAME: 'タバネツウシン（カ',
  PAYOUT_BANK_CODE: '9999',
  PAYOUT_BANK_NAME: 'ミホン',
  PAYOUT_BRANCH_CODE: '001',
  PAYOUT_BRANCH_NAME: 'ホンテン',
  PAYOUT_ACCOUNT_TYPE: 'ordinary',
  PAYOUT_ACCOUNT_NUMBER: '7654321',
  UNLISTED_BANKS: '9999',
  // There is no load balancer, and a developer waits for the prompt.
  DRAIN_MS: '0',
});

/** The account that pays in euro, with the example of an IBAN that the registry prints. */
const euroAccount = {
  PAYOUT_ORIGINATOR_NAME: 'Tabane Communications',
  PAYOUT_IBAN: 'DE89370400440532013000',
  PAYOUT_BIC: 'COBADEFFXXX',
} as const;

/** The same for a currency: one in euro has no account at a Japanese bank. */
export function developmentDefaultsFor(currency: string | undefined): Readonly<Record<string, string>> {
  if (currency !== 'EUR') return developmentDefaults;
  const others = Object.entries(developmentDefaults).filter(([name]) => !name.startsWith('PAYOUT_'));
  return { ...Object.fromEntries(others), ...euroAccount };
}
