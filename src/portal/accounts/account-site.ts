import type { AccountAudience } from '../../accounts/account.rules.ts';
import { returnPathOf } from '../kit/return-path.rules.ts';

/** One of the two sites on which people sign in to accounts. Their pages are the same; people, cookies and hosts are not. */
export interface AccountSite {
  readonly audience: AccountAudience;
  /** The address of its first page, under which all others are. */
  readonly base: '/company' | '/staff';
}

export const accountSites: Readonly<Record<AccountAudience, AccountSite>> = {
  company: { audience: 'company', base: '/company' },
  staff: { audience: 'staff', base: '/staff' },
};

/** The path of the site that a form or an address names, to go to after signing in; its first page for any other. */
export function pathAfter({ base }: AccountSite, next = ''): string {
  const path = returnPathOf(next);
  const isOwn = path !== undefined && (path === base || path.startsWith(`${base}/`));
  return isOwn ? path : base;
}

/** `next` in the address of a page. */
export const nextQuery = {
  type: 'object',
  properties: { next: { type: 'string', maxLength: 600 } },
  additionalProperties: false,
} as const;
