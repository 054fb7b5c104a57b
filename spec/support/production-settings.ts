/** All settings that production requires, except the database; without a delay at the stop. */
export const productionSettings = {
  NODE_ENV: 'production',
  PUBLIC_ORIGIN: 'https://pay.carrier.example',
  STAFF_ORIGIN: 'https://staff.carrier.example',
  TABANE_SECRET: 'a-secret-of-this-test-and-of-nothing-else',
  RADIUS_SERVERS: '127.0.0.1:1812:a-secret-of-this-test',
  CARRIER_NAME: '見本通信株式会社',
  CARRIER_NAME_EN: 'Sample Communications',
  CARRIER_ADDRESS: '東京都千代田区1-1-1',
  CARRIER_REGISTRATION_NUMBER: 'T4011001098993',
  CARRIER_CONTACT: '03-0000-0000',
  MAIL_SMTP_URL: 'smtps://tabane:s3cret@mail.carrier.example',
  MAIL_FROM: 'no-reply@carrier.example',
  DRAIN_MS: '0',
} as const;
