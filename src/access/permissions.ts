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

/**
 * `api-key`: a key whose scopes include the permission; `subscriber`: signed in; `visitor`: whoever has the address of a
 * checkout; `job`: the timetable.
 */
export type Role = CompanyRole | StaffRole | 'api-key' | 'subscriber' | 'visitor' | 'job';

/** All who may look at what a company sold: its people but a partner, and the carrier's. */
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

/** All of the carrier who may look at who a company is and on what terms it sells. */
const masterReaders = ['agent', 'lead', 'billing', 'billing-approver', 'administrator', 'auditor'] as const;

/**
 * What may be done, and by whom: the one table behind routes, pages, commands and their documentation. A verb that
 * moves money or says where it goes comes in two, `…:propose` and `…:approve`, and administrators hold neither
 * (design.md §5).
 */
export const permissions = {
  'charges:read': salesReaders,
  'charges:write': ['api-key', 'owner', 'developer'],
  'charges:cancel': ['api-key', 'owner', 'support', 'agent', 'lead'],
  'buyers:read': ['agent', 'lead', 'billing', 'billing-approver', 'auditor'],
  'subscriptions:read': salesReaders,
  'subscriptions:write': ['api-key', 'owner', 'developer'],
  'subscriptions:cancel': ['api-key', 'owner', 'support', 'subscriber', 'agent', 'lead'],
  'subscriptions:renew': ['job'],
  'consents:read': salesReaders,
  'consents:write': ['api-key', 'owner', 'developer'],
  'consents:revoke': ['api-key', 'owner', 'support', 'subscriber', 'agent', 'lead'],
  'checkouts:confirm': ['subscriber'],
  'checkouts:decline': ['visitor'],
  'companies:read': masterReaders,
  'companies:write': ['billing', 'administrator'],
  'services:write': ['billing', 'administrator'],
  'contracts:read': masterReaders,
  'contracts:propose': ['billing'],
  'contracts:approve': ['billing-approver'],
  'bank-accounts:propose': ['billing'],
  'bank-accounts:approve': ['billing-approver'],
  'tariffs:read': masterReaders,
  'tariffs:write': ['billing'],
  'api-keys:read': ['owner', 'developer', 'administrator', 'auditor'],
  'api-keys:write': ['owner', 'developer', 'administrator'],
  'lines:read': masterReaders,
  'lines:limit': ['agent', 'lead', 'administrator'],
  'lines:import': ['billing', 'administrator', 'job'],
  'subscribers:read': ['agent', 'lead', 'administrator', 'auditor'],
  'subscribers:write': ['agent', 'lead', 'administrator'],
  'invoices:export': ['billing', 'job'],
  'statements:write': ['billing', 'job'],
  'runs:execute': ['billing', 'job'],
  'records:accept': ['administrator'],
  'runs:read': ['billing', 'billing-approver', 'administrator', 'auditor'],
  'books:verify': ['billing', 'billing-approver', 'administrator', 'auditor', 'job'],
  'approvals:expire': ['job'],
  'approvals:read': ['billing', 'billing-approver', 'administrator', 'auditor', 'lead'],
  'audit:read': ['administrator', 'auditor', 'lead', 'billing-approver'],
} as const satisfies Record<string, readonly Role[]>;

export type Permission = keyof typeof permissions;

/** Permissions of an API key that its scopes name in another way: cancelling belongs to writing. */
export const scopeOfPermission: Partial<Record<Permission, string>> = {
  'charges:cancel': 'charges:write',
  'subscriptions:cancel': 'subscriptions:write',
  'consents:revoke': 'consents:write',
};
