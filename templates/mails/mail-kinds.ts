import type { FactOf, FactShape } from './fact-shapes.ts';

const names = 'names' as const;
/** Where and with what somebody acted, as far as it is known. */
const origin = { address: 'text?', userAgent: 'text?' } as const;
/** What was bought, from whom. */
const goods = { company: names, service: names, description: 'text' } as const;
const purchase = {
  ...goods,
  receiptNumber: 'text',
  purchasedAt: 'instant',
  amountMinor: 'money',
} as const;
/** What was bought or agreed to; a consent has no amount. */
const subject = { ...purchase, amountMinor: 'money?' } as const;

interface MailKind {
  /** A file that is attached: its folder below `FILES_DIR`, and the fact that names it. */
  readonly attaches?: { readonly folder: 'statements'; readonly fact: string };
  /** Whom it is for: decides what its footer says about notices. */
  readonly audience: 'subscriber' | 'company' | 'account';
  /**
   * `notice` may be switched off by its reader, `service` belongs to something the reader did, `security` cannot be switched
   * off and is sent to a marked address too. Who queues a notice looks at the reader's choice first.
   */
  readonly purpose: 'notice' | 'service' | 'security';
  readonly facts: Readonly<Record<string, FactShape>>;
}

/** Every kind of mail with the facts its template needs. `?` marks what may be null. */
export const mailKinds = {
  /** A purchase was confirmed. `how` is the person and line that confirmed it, in the reader's words. */
  'purchase-receipt': {
    audience: 'subscriber',
    purpose: 'notice',
    facts: {
      ...purchase,
      taxPercent: 'count',
      /** Display name of the issued ID that bought. */
      buyer: 'text',
      /** Month of the line invoice that will have it, once known. */
      invoiceMonth: 'month?',
      /** How to reach the seller. */
      sellerContact: 'text?',
      url: 'url',
    },
  },
  /** A company asks for a payment. Nothing is paid by reading it, and its address leads to the sign-in. */
  'payment-request': {
    audience: 'subscriber',
    purpose: 'service',
    facts: {
      ...goods,
      requestNumber: 'text',
      amountMinor: 'money',
      /** Display name of the only issued ID that may pay it; null for everybody on the line. */
      who: 'text?',
      openUntil: 'instant',
      sellerContact: 'text?',
      url: 'url',
    },
  },
  /** Something that was charged was given back, whole or in part. Money that moves is told in every case. */
  'charge-refunded': {
    audience: 'subscriber',
    purpose: 'service',
    facts: {
      ...purchase,
      refundNumber: 'text',
      refundMinor: 'money',
      /** Of the purchase so far, with this. */
      refundedMinor: 'money',
      taxPercent: 'count',
      refundedAt: 'instant',
      reason: names,
      /** Month of the line invoice that has it; null: it is paid to a bank account. */
      invoiceMonth: 'month?',
      sellerContact: 'text?',
      url: 'url',
    },
  },
  /** What was bought in a period has reached an amount that the reader chose. `who`: one issued ID; null for the line. */
  'limit-notice': {
    audience: 'subscriber',
    purpose: 'notice',
    facts: {
      who: 'text?',
      noticeMinor: 'money',
      spentMinor: 'money',
      limitMinor: 'money?',
      /** Last day of the period the limit counts for. */
      until: 'date',
      url: 'url',
    },
  },
  /** A limit or guard was changed. `before` and `after` are amounts of the two limits, and null for none or for a guard. */
  'limit-changed': {
    audience: 'subscriber',
    purpose: 'security',
    facts: {
      what: ['monthly-limit', 'per-charge-limit', 'blocked', 'unblocked', 'allowed-list', 'notices'],
      who: 'text?',
      beforeMinor: 'money?',
      afterMinor: 'money?',
      /** The company or service that is blocked or allowed. */
      target: 'names?',
      effectiveOn: 'date',
      changedAt: 'instant',
      /** `subscriber`: a person on the line, for their own ID. */
      changedBy: ['holder', 'subscriber', 'support'],
      url: 'url',
    },
  },
  /** Nobody starts paying every month without a mail: it cannot be switched off. */
  'subscription-started': {
    audience: 'subscriber',
    purpose: 'service',
    facts: {
      ...goods,
      subscriptionNumber: 'text',
      buyer: 'text',
      amountMinor: 'money',
      startedAt: 'instant',
      isFirstMonthFree: 'flag',
      firstChargeOn: 'date',
      sellerContact: 'text?',
      url: 'url',
    },
  },
  /** A subscription was cancelled, or ended at night with its line, holder or issued ID. */
  'subscription-cancelled': {
    audience: 'subscriber',
    purpose: 'service',
    facts: {
      ...goods,
      subscriptionNumber: 'text',
      cancelledAt: 'instant',
      cancelledBy: ['subscriber', 'company', 'support', 'line-ended', 'id-ended'],
      /** The last month that is still charged; null when nothing more is. */
      lastChargeMonth: 'month?',
      usableUntil: 'date?',
      sellerContact: 'text?',
      url: 'url',
    },
  },
  /** The first month that costs something, after a free one. */
  'subscription-first-charge': {
    audience: 'subscriber',
    purpose: 'service',
    facts: {
      ...goods,
      subscriptionNumber: 'text',
      amountMinor: 'money',
      month: 'month',
      chargedOn: 'date',
      url: 'url',
    },
  },
  'sign-in-code': {
    audience: 'subscriber',
    purpose: 'security',
    facts: { code: 'secret', expiresAt: 'instant', ...origin },
  },
  'password-changed': {
    audience: 'subscriber',
    purpose: 'security',
    facts: {
      issuedId: 'text',
      changedAt: 'instant',
      changedBy: ['subscriber', 'holder', 'support'],
      ...origin,
      url: 'url',
    },
  },
  'password-reset-code': {
    audience: 'subscriber',
    purpose: 'security',
    facts: { issuedId: 'text', code: 'secret', expiresAt: 'instant', ...origin },
  },
  /** An issued ID was created. Its password is never in a mail. */
  'issued-id-created': {
    audience: 'subscriber',
    purpose: 'security',
    facts: {
      issuedId: 'text',
      name: 'text',
      createdAt: 'instant',
      createdBy: ['holder', 'support'],
      /** The holder's own ID, which looks after the line; null in mails of before it was said. */
      isHolder: 'flag?',
      url: 'url',
    },
  },
  /** An issued ID was ended: nobody can sign in with it or buy. */
  'issued-id-ended': {
    audience: 'subscriber',
    purpose: 'security',
    facts: {
      issuedId: 'text',
      name: 'text',
      endedAt: 'instant',
      endedBy: ['holder', 'support'],
      /** The line has another holder, and until when the person still reads what was theirs; null for every other end. */
      readsThrough: 'date?',
      url: 'url',
    },
  },
  /** What the line bought on a day under consents and by subscriptions, for a holder who wants a mail at every purchase. */
  'purchases-of-day': {
    audience: 'subscriber',
    purpose: 'notice',
    facts: {
      day: 'date',
      purchaseCount: 'count',
      totalMinor: 'money',
      /** The first ones, a line each: seller, service, amount. */
      list: 'lines',
      url: 'url',
    },
  },
  'passkey-added': {
    audience: 'subscriber',
    purpose: 'security',
    facts: { issuedId: 'text', label: 'text', addedAt: 'instant', ...origin, url: 'url' },
  },
  'passkey-removed': {
    audience: 'subscriber',
    purpose: 'security',
    facts: { issuedId: 'text', label: 'text', removedAt: 'instant', ...origin, url: 'url' },
  },
  /** A subscriber writes to the company; `reply` is a page that needs no account. Neither address is disclosed. */
  'company-message': {
    audience: 'company',
    purpose: 'service',
    facts: {
      ...subject,
      topic: ['usage', 'amount', 'cancellation', 'refund', 'other'],
      message: 'lines',
      reply: 'secret-url',
      expiresAt: 'instant',
    },
  },
  'company-answer': {
    audience: 'subscriber',
    purpose: 'service',
    facts: { ...subject, answer: 'lines', answeredAt: 'instant', url: 'url' },
  },
  /** A purchase that nobody on the line recognises was reported. */
  'purchase-reported': {
    audience: 'subscriber',
    purpose: 'service',
    facts: {
      ...subject,
      caseNumber: 'text',
      reportedAt: 'instant',
      sellerContact: 'text?',
      url: 'url',
    },
  },
  /** The support centre asked something about a reported purchase, wrote something, or closed the case. */
  'case-updated': {
    audience: 'subscriber',
    purpose: 'service',
    facts: { ...goods, caseNumber: 'text', what: ['asked', 'noted', 'closed'], words: 'lines?', url: 'url' },
  },
  /** Any other word of the support centre about a case, also to somebody without an issued ID (`url` null). */
  'case-message': {
    audience: 'subscriber',
    purpose: 'service',
    facts: {
      caseNumber: 'text',
      what: ['opened', 'answered', 'asked', 'noted', 'closed'],
      /** The subject of an answer. */
      about: 'text?',
      words: 'lines?',
      /** What is replied arrives at the support centre. */
      canReply: 'flag',
      url: 'url?',
    },
  },
  /** The support centre asks a company about a purchase; `reply` is a page that needs no account. */
  'company-case': {
    audience: 'company',
    purpose: 'service',
    facts: {
      ...subject,
      caseNumber: 'text',
      message: 'lines',
      isReminder: 'flag',
      dueAt: 'instant',
      reply: 'secret-url',
      expiresAt: 'instant',
    },
  },
  /** A statement was issued, or replaced by a corrected one. */
  'statement-issued': {
    audience: 'company',
    purpose: 'service',
    attaches: { folder: 'statements', fact: 'file' },
    facts: {
      company: names,
      what: ['issued', 'corrected'],
      statementNumber: 'text',
      month: 'month',
      payoutMinor: 'money',
      payoutOn: 'date?',
      file: 'text',
    },
  },
  /** An endpoint for webhooks was switched off, because it failed for too long or is gone. */
  'webhook-disabled': {
    audience: 'account',
    purpose: 'service',
    facts: {
      endpoint: 'text',
      address: 'text',
      reason: ['failing', 'gone'],
      failingSince: 'instant',
      lastFailure: 'text',
      disabledAt: 'instant',
      url: 'url',
    },
  },
  /** Invites a person to an account. `company` is null for the carrier's people. */
  'account-invitation': {
    audience: 'account',
    purpose: 'security',
    facts: { company: 'names?', roles: 'text', invitedBy: 'text', link: 'secret-url', expiresAt: 'instant' },
  },
  'account-password-reset': {
    audience: 'account',
    purpose: 'security',
    facts: { link: 'secret-url', expiresAt: 'instant', ...origin },
  },
  'account-security': {
    audience: 'account',
    purpose: 'security',
    facts: {
      what: [
        'password-changed',
        'authenticator-added',
        'authenticator-removed',
        'passkey-added',
        'passkey-removed',
        'factors-reset',
        'recovery-codes-renewed',
        'recovery-code-used',
        'new-sign-in',
        'locked',
        'roles-changed',
      ],
      at: 'instant',
      /** What else there is to say, for instance the name of the passkey. */
      detail: 'text?',
      ...origin,
      url: 'url',
    },
  },
} as const satisfies Readonly<Record<string, MailKind>>;

export type MailKindName = keyof typeof mailKinds;

export const mailKindNames = Object.keys(mailKinds) as MailKindName[];

/** What the template of a kind needs. */
export type MailFacts<Kind extends MailKindName> = {
  readonly [Name in keyof (typeof mailKinds)[Kind]['facts']]: FactOf<(typeof mailKinds)[Kind]['facts'][Name]>;
};
