import type { MailFacts, MailKindName } from '../../templates/mails/mail-kinds.ts';

const company = { ja: '株式会社東雲', en: 'Shinonome Inc.' };
const service = { ja: 'しののめ動画', en: 'Shinonome Video' };
const at = new Date('2026-05-10T03:00:00.000Z');
const later = new Date('2026-05-10T03:10:00.000Z');
const goods = { company, service, description: '映画「夜明け前」レンタル' };
const purchase = { ...goods, receiptNumber: 'R-20260510-0001', purchasedAt: at, amountMinor: 1_980n };
const origin = {
  address: '192.0.2.7',
  userAgent: 'Mozilla/5.0 (Android 15; Mobile; rv:128.0) Gecko/128.0 Firefox/128.0',
};
const url = 'https://pay.carrier.example/my/what-it-is-about';

/** Facts of every kind of mail. */
export const sampleFacts: { readonly [Kind in MailKindName]: MailFacts<Kind> } = {
  'purchase-receipt': {
    ...purchase,
    taxPercent: 10,
    buyer: '花子',
    invoiceMonth: '2026-05',
    sellerContact: '03-0000-1111（10:00–18:00）',
    url,
  },
  'charge-refunded': {
    ...purchase,
    refundNumber: 'RF-20260512-0001',
    refundMinor: 990n,
    refundedMinor: 1_190n,
    taxPercent: 10,
    refundedAt: later,
    reason: { ja: '不具合', en: 'Defective' },
    invoiceMonth: '2026-05',
    sellerContact: '03-0000-1111（10:00–18:00）',
    url,
  },
  'limit-notice': {
    who: '太郎',
    noticeMinor: 3_000n,
    spentMinor: 3_480n,
    limitMinor: 5_000n,
    until: '2026-05-31',
    url,
  },
  'limit-changed': {
    what: 'monthly-limit',
    who: '太郎',
    beforeMinor: 3_000n,
    afterMinor: 5_000n,
    target: null,
    effectiveOn: '2026-05-11',
    changedAt: at,
    changedBy: 'holder',
    url,
  },
  'subscription-started': {
    ...goods,
    subscriptionNumber: 'S-20260510-0001',
    buyer: '花子',
    amountMinor: 990n,
    startedAt: at,
    isFirstMonthFree: true,
    firstChargeOn: '2026-06-01',
    sellerContact: null,
    url,
  },
  'subscription-cancelled': {
    ...goods,
    subscriptionNumber: 'S-20260510-0001',
    cancelledAt: at,
    cancelledBy: 'subscriber',
    lastChargeMonth: '2026-05',
    usableUntil: '2026-05-31',
    sellerContact: null,
    url,
  },
  'subscription-first-charge': {
    ...goods,
    subscriptionNumber: 'S-20260510-0001',
    amountMinor: 990n,
    month: '2026-06',
    chargedOn: '2026-06-01',
    url,
  },
  'sign-in-code': { code: '493817', expiresAt: later, ...origin },
  'password-changed': { issuedId: 'F12345678906', changedAt: at, changedBy: 'subscriber', ...origin, url },
  'password-reset-code': { issuedId: 'F12345678906', code: '720144', expiresAt: later, ...origin },
  'issued-id-created': {
    issuedId: 'F12345678906',
    name: '太郎',
    createdAt: at,
    createdBy: 'holder',
    isHolder: false,
    url,
  },
  'issued-id-ended': {
    issuedId: 'F12345678906',
    name: '太郎',
    endedAt: at,
    endedBy: 'holder',
    readsThrough: null,
    url,
  },
  'purchases-of-day': {
    day: '2026-05-10',
    purchaseCount: 2,
    totalMinor: 580n,
    list: '株式会社東雲 / しののめ動画 / 楽曲1曲 / 250円\n株式会社東雲 / しののめ動画 / 電子書籍 / 330円',
    url,
  },
  'passkey-added': { issuedId: 'F12345678906', label: '花子のスマートフォン', addedAt: at, ...origin, url },
  'passkey-removed': {
    issuedId: 'F12345678906',
    label: '花子のスマートフォン',
    removedAt: at,
    ...origin,
    url,
  },
  'company-message': {
    ...purchase,
    topic: 'usage',
    message: '再生が途中で止まります。\n返金できますか。',
    reply: 'https://pay.carrier.example/answer/9f2c7d1e5b',
    expiresAt: new Date('2026-05-24T03:00:00.000Z'),
  },
  'company-answer': {
    ...purchase,
    answer: 'ご不便をおかけしました。\n返金の手続きをいたします。',
    answeredAt: later,
    url,
  },
  'purchase-reported': {
    ...purchase,
    caseNumber: 'K-20260510-0001',
    reportedAt: later,
    sellerContact: '03-0000-1111',
    url,
  },
  'case-updated': {
    ...goods,
    caseNumber: 'C-2026-000123',
    what: 'asked',
    words: 'ご家族でタブレットをお使いの方はいらっしゃいますか。',
    url,
  },
  'statement-issued': {
    company,
    what: 'issued',
    statementNumber: 'S202605-000123',
    month: '2026-05',
    payoutMinor: 75_600n,
    payoutOn: '2026-07-31',
    file: 'shinonome-2026-05.pdf',
  },
  'account-invitation': {
    company,
    roles: '経理、閲覧',
    invitedBy: '佐藤 一郎',
    link: 'https://pay.carrier.example/company/invitation/5d8a01f3c6',
    expiresAt: new Date('2026-05-13T03:00:00.000Z'),
  },
  'account-password-reset': {
    link: 'https://pay.carrier.example/company/reset/77b0e94ac2',
    expiresAt: later,
    ...origin,
  },
  'account-security': { what: 'passkey-added', at, detail: 'YubiKey 5', ...origin, url },
};
