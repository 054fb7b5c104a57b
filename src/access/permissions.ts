export const companyRoles = ['owner', 'finance', 'developer', 'support', 'partner'] as const;
export type CompanyRole = (typeof companyRoles)[number];

export const staffRoles = [
  'agent',
  'lead',
  'billing',
  'billing-approver',
  'administrator',
  'auditor',
] as const;
export type StaffRole = (typeof staffRoles)[number];

/** People with an issued ID: whether they hold the line's contract, and whether they are connected through the line. */
export const subscriberRoles = [
  'subscriber',
  'subscriber-elsewhere',
  'line-holder',
  'line-holder-elsewhere',
] as const;

/** The same after the line has gone to another holder: they read what was theirs, for some months, and do nothing. */
export const formerRoles = ['former-subscriber', 'former-line-holder'] as const;
export type SubscriberRole = (typeof subscriberRoles | typeof formerRoles)[number];

/**
 * `api-key`: a key whose scopes include the permission; `visitor`: a person who has the address of a checkout or the link to an
 * enquiry; `job`: a job of the timetable.
 */
export type Role = CompanyRole | StaffRole | SubscriberRole | 'api-key' | 'visitor' | 'job';

/** Those who may read what a company sold: its own people except partners, and the carrier's. */
const salesReaders = [
  'api-key',
  'owner',
  'finance',
  'developer',
  'support',
  'agent',
  'lead',
  'billing',
  'billing-approver',
  'auditor',
] as const;

/** Those of the carrier who may read companies and their terms. */
const masterReaders = ['agent', 'lead', 'billing', 'billing-approver', 'administrator', 'auditor'] as const;

/** Those of the carrier who explain purchases and invoices to the people of a line. */
const purchaseSupport = ['agent', 'lead', 'billing', 'billing-approver', 'auditor'] as const;

/**
 * Which roles may do what: the one table that routes, pages, commands and their documentation read. A permission that
 * moves money or decides where it goes is two, `…:propose` and `…:approve`, and administrators have neither
 * (design.md §5).
 */
export const permissions = {
  'charges:read': salesReaders,
  'charges:write': ['api-key', 'owner', 'developer'],
  // Charges the rows of files that companies have sent.
  'usage-files:charge': ['job'],
  'charges:cancel': ['api-key', 'owner', 'support', 'agent', 'lead'],
  'refunds:read': salesReaders,
  // Of the carrier's people above the limits it is a proposal, which another person approves.
  'refunds:write': ['api-key', 'owner', 'support', 'agent', 'lead', 'billing'],
  'refunds:approve': ['lead', 'billing-approver'],
  'buyers:read': ['agent', 'lead', 'billing', 'billing-approver', 'auditor'],
  'subscriptions:read': salesReaders,
  'subscriptions:write': ['api-key', 'owner', 'developer'],
  'subscriptions:cancel': ['api-key', 'owner', 'support', ...subscriberRoles, 'agent', 'lead'],
  'subscriptions:renew': ['job'],
  'consents:read': salesReaders,
  'consents:write': ['api-key', 'owner', 'developer'],
  'consents:revoke': ['api-key', 'owner', 'support', ...subscriberRoles, 'agent', 'lead'],
  // What a company asks somebody to pay by a line, a telephone number or an issued ID.
  'payment-requests:read': salesReaders,
  'payment-requests:write': ['api-key', 'owner', 'support'],
  // Writes to addressees, and ends what nobody decided.
  'payment-requests:announce': ['job'],
  'own-payment-requests:read': subscriberRoles,
  'own-payment-requests:decline': subscriberRoles,
  'checkouts:confirm': ['subscriber', 'line-holder'],
  'checkouts:decline': ['visitor'],
  // What a line bought: its people their own, the carrier's people those of the tenure that they name.
  'purchases:read': [...subscriberRoles, ...formerRoles, ...purchaseSupport],
  'own-consents:read': subscriberRoles,
  'own-password:write': subscriberRoles,
  'own-sessions:read': subscriberRoles,
  'own-sessions:end': subscriberRoles,
  'own-passkeys:read': subscriberRoles,
  'own-passkeys:write': ['subscriber', 'line-holder'],
  'own-passkeys:end': subscriberRoles,
  'limits:read': subscriberRoles,
  // Lowers limits and blocks; of their own ID, unless they hold the line. The support centre does it on somebody's word.
  'limits:restrict': ['subscriber', 'line-holder', 'line-holder-elsewhere', 'agent', 'lead'],
  // The support centre permits more on the holder's word alone.
  'limits:permit': ['line-holder', 'agent', 'lead'],
  'notices:write': ['line-holder'],
  'people:read': ['line-holder', 'line-holder-elsewhere'],
  'people:write': ['line-holder'],
  'people:end': ['line-holder', 'line-holder-elsewhere'],
  'enquiries:read': subscriberRoles,
  'enquiries:write': ['subscriber', 'line-holder'],
  'enquiries:answer': ['visitor'],
  'cases:report': ['subscriber', 'line-holder'],
  'cases:read': [...subscriberRoles, 'agent', 'lead', 'auditor'],
  'cases:write': ['subscriber', 'line-holder', 'agent', 'lead'],
  'cases:take': ['agent', 'lead'],
  // Mails to the support centre, from the folder into which the mail server puts them.
  'case-mails:receive': ['job'],
  // How much the support centre does, and who.
  'support-team:read': ['lead', 'auditor'],
  'companies:read': masterReaders,
  'companies:write': ['billing', 'administrator'],
  // Makes changes that were planned, on their day.
  'companies:apply': ['job'],
  // Under which services a company sells; a key that reads sales reads them too.
  'services:read': salesReaders,
  'services:write': ['billing', 'administrator'],
  'contracts:read': masterReaders,
  'contracts:propose': ['billing'],
  'contracts:approve': ['billing-approver'],
  // Whole account numbers; who lacks it and reads contracts, proposals or the audit trail sees their last digits.
  'bank-accounts:read': ['billing', 'billing-approver', 'auditor'],
  'bank-accounts:propose': ['billing'],
  'bank-accounts:approve': ['billing-approver'],
  'payouts:read': ['billing', 'billing-approver', 'auditor'],
  // Prepares runs, writes the files of approved ones and imports what the bank says of them.
  'payouts:propose': ['billing'],
  'payouts:approve': ['billing-approver'],
  'settlements:read': ['lead', 'billing', 'billing-approver', 'auditor'],
  // What approved settlements are made of; a company reads its own.
  'settlement-figures:read': ['owner', 'finance', 'lead', 'billing', 'billing-approver', 'auditor'],
  // Of their own company: what is approved.
  'own-settlements:read': ['api-key', 'owner', 'finance'],
  'settlements:propose': ['billing'],
  'settlements:approve': ['billing-approver'],
  'settlements:reject': ['billing', 'billing-approver'],
  // Sales partners, and what they get of companies' sales.
  'partners:read': masterReaders,
  'partners:write': ['billing', 'administrator'],
  'partners:propose': ['billing'],
  'partners:approve': ['billing-approver'],
  'tariffs:read': masterReaders,
  'tariffs:propose': ['billing'],
  'tariffs:approve': ['billing-approver'],
  'api-keys:read': ['owner', 'developer', 'administrator', 'auditor'],
  'api-keys:write': ['owner', 'developer', 'administrator'],
  'lines:read': masterReaders,
  'lines:limit': ['agent', 'lead', 'administrator'],
  // Asks the AAA server whether an address is on a line now.
  'lines:check': ['agent', 'lead'],
  // A bare yes or no about the line of a consent.
  'line-checks:write': ['api-key', 'owner', 'developer'],
  'lines:import': ['billing', 'administrator', 'job'],
  // Of the carrier's files: what it has collected. Jobs import them.
  'collections:import': ['billing', 'job'],
  'collections:read': ['lead', 'billing', 'billing-approver', 'auditor'],
  'subscribers:read': ['agent', 'lead', 'administrator', 'auditor'],
  'subscribers:write': ['agent', 'lead', 'administrator'],
  // The document with everybody's purchases is the holder's; the list of items also of each who bought.
  'invoices:read': ['line-holder', 'line-holder-elsewhere', 'former-line-holder', ...purchaseSupport],
  // What a line invoice is made of, with the purchases of everybody on the line.
  'invoice-figures:read': purchaseSupport,
  'invoice-items:read': [...subscriberRoles, ...formerRoles, ...purchaseSupport],
  'receipts:read': [...subscriberRoles, ...formerRoles, ...purchaseSupport],
  'invoices:export': ['billing', 'job'],
  'invoices:correct': ['billing'],
  'statements:write': ['billing', 'job'],
  'statements:correct': ['billing'],
  // Sums over many sales: of their own company for its people, of all for the carrier's.
  'reports:read': [
    'owner',
    'finance',
    'developer',
    'support',
    'lead',
    'billing',
    'billing-approver',
    'auditor',
  ],
  'daily-sales:read': ['api-key', 'owner', 'finance', 'developer', 'support'],
  // Figures of refunds and complaints that flag a company, and what two people do about it.
  'watch:read': ['lead', 'billing', 'billing-approver', 'auditor'],
  'watch:propose': ['lead', 'billing'],
  'watch:approve': ['billing-approver'],
  'runs:execute': ['billing', 'job'],
  'rehearsals:start': ['billing', 'billing-approver'],
  'records:accept': ['administrator'],
  'runs:read': ['billing', 'billing-approver', 'administrator', 'auditor'],
  // The pages of a company for its own people. What stands there has permissions of its own.
  'company-desk:read': companyRoles,
  // The console of the support centre: search, and the page of a line. What stands there has permissions of its own.
  'support-desk:read': ['agent', 'lead', 'administrator', 'auditor'],
  // Names of holders without asking. Everybody else sees them masked until they ask and say why.
  'holder-names:read': ['billing', 'billing-approver'],
  // What was done to a line, from the audit trail, without its details.
  'line-history:read': ['agent', 'lead', 'administrator', 'auditor'],
  'personal-data:reveal': ['agent', 'lead', 'administrator', 'auditor'],
  // The console of billing: its first page. What stands there, and every other page, has a permission of its own.
  'billing-desk:read': ['lead', 'billing', 'billing-approver', 'administrator', 'auditor'],
  'books:verify': ['billing', 'billing-approver', 'administrator', 'auditor', 'job'],
  // The ledger in the bookkeeper's accounts.
  'journal:read': ['billing', 'billing-approver', 'auditor'],
  // Whole tables as files; each takes the permission to read its rows besides.
  'exports:read': ['auditor'],
  'own-account:read': [...companyRoles, ...staffRoles],
  'own-account:write': [...companyRoles, ...staffRoles],
  'accounts:read': ['owner', 'billing-approver', 'administrator', 'auditor'],
  'accounts:write': ['owner', 'administrator'],
  'accounts:propose': ['owner', 'administrator'],
  'accounts:approve': ['billing-approver'],
  // What happened to a company's own sales, settlements and access, as its programs and those who write them read it. What a type of
  // event tells takes its own permission besides (`readable-types.ts`).
  'events:read': ['api-key', 'owner', 'developer'],
  'events:publish': ['job'],
  // Where events are sent: who names the address reads what is sent there.
  'webhooks:read': ['api-key', 'owner', 'developer'],
  'webhooks:write': ['api-key', 'owner', 'developer'],
  'webhooks:deliver': ['job'],
  'mails:send': ['job'],
  'mails:read': ['agent', 'lead', 'administrator', 'auditor'],
  'mails:write': ['lead', 'administrator'],
  'approvals:expire': ['job'],
  'approvals:read': ['billing', 'billing-approver', 'administrator', 'auditor', 'lead'],
  'audit:read': ['administrator', 'auditor', 'lead', 'billing-approver'],
} as const satisfies Record<string, readonly Role[]>;

export type Permission = keyof typeof permissions;

/** Permissions of an API key that its scopes name in another way: cancelling belongs to writing. */
export const scopeOfPermission: Partial<Record<Permission, string>> = {
  'charges:cancel': 'charges:write',
  'services:read': 'charges:read',
  'own-settlements:read': 'settlements:read',
  'daily-sales:read': 'reports:read',
  'subscriptions:cancel': 'subscriptions:write',
  'consents:revoke': 'consents:write',
};
