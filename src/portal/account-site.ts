import type { AccountAudience } from '../accounts/account.rules.ts';
import type { Permission } from '../access/permissions.ts';
import { returnPathOf } from './kit/return-path.rules.ts';

/** One of the two sites on which people sign in to accounts. Their pages are the same; people, cookies and hosts are not. */
export interface AccountSite {
  readonly audience: AccountAudience;
  /** The address of its first page, under which all others are. */
  readonly base: '/company' | '/staff';
  /** Other portals of these people, in the order in which they are led to one after signing in. */
  readonly desks: readonly Desk[];
}

/** A portal in which people of a site work. */
export interface Desk {
  readonly path: '/billing' | '/support';
  /** Opens its first page. */
  readonly permission: Permission;
  /** Of those who are led to it after signing in. */
  readonly landing: Permission;
}

export const accountSites: Readonly<Record<AccountAudience, AccountSite>> = {
  company: { audience: 'company', base: '/company', desks: [] },
  staff: {
    audience: 'staff',
    base: '/staff',
    desks: [
      { path: '/support', permission: 'support-desk:read', landing: 'cases:take' },
      { path: '/billing', permission: 'billing-desk:read', landing: 'billing-desk:read' },
    ],
  },
};

/** The path of the site or one of its desks that a form or an address names, to go to after signing in; its first page for any other. */
export function pathAfter({ base, desks }: AccountSite, next = ''): string {
  const path = returnPathOf(next);
  const places = [base, ...desks.map((desk) => desk.path)];
  const isOwn = places.some((place) => path !== undefined && isUnder(path, place));
  return isOwn ? path! : base;
}

/** The place itself, a page under it, or it with a query. */
function isUnder(path: string, place: string): boolean {
  return path === place || path.startsWith(`${place}/`) || path.startsWith(`${place}?`);
}

/** `next` in the address of a page. */
export const nextQuery = {
  type: 'object',
  properties: { next: { type: 'string', maxLength: 600 } },
  additionalProperties: false,
} as const;
