import { staffRoles, type StaffRole } from '../../../access/permissions.ts';
import type { AccountRow } from '../../../accounts/account.queries.ts';
import type { BadgeView } from '../../kit/component.types.ts';
import type { ViewFrame } from '../../kit/define-page.ts';

/** The page of an account. */
export const personHref = ({ id }: Pick<AccountRow, 'id'>) => `/billing/people/${id}`;

/** Roles as people call them, in the order of their table. */
export function roleNames(roles: readonly string[], { t }: ViewFrame): string {
  return staffRoles
    .filter((role) => roles.includes(role))
    .map((role) => t(`accounts.role.${role}`))
    .join(t('billing.and'));
}

const tones = { invited: 'plain', active: 'good', suspended: 'warn', ended: 'plain' } as const;

export const badgeOfAccount = ({ state }: Pick<AccountRow, 'state'>, { t }: ViewFrame): BadgeView => ({
  tone: tones[state],
  text: t(`billing.people.state.${state}`),
});

/** The boxes of a form that were ticked. */
export function tickedRoles(input: Readonly<Record<StaffRole, boolean>>): StaffRole[] {
  return staffRoles.filter((role) => input[role]);
}
