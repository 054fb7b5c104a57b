import { companyRoles, staffRoles, type CompanyRole, type StaffRole } from '../access/permissions.ts';
import { isGrantedByTwo } from '../access/two-people-roles.rules.ts';
import { compileInputCheck, inputFields, invalidInput } from '../shared/check-input.ts';
import { transitionCheck } from '../shared/state-machine.rules.ts';
import type { Locale } from '../shared/money.ts';
import type { Account, AccountState } from './account.entity.ts';

export type AccountAudience = Account['audience'];
export type AccountRoleName = CompanyRole | StaffRole;

/** Who is invited, and into what. */
export interface Invitation {
  readonly audience: AccountAudience;
  /** Of a person of a company. */
  readonly companyCode?: string | null | undefined;
  readonly email: string;
  readonly displayName: string;
  readonly language: Locale;
  readonly roles: readonly AccountRoleName[];
}

/** Printable ASCII: addresses in other scripts look alike too easily. */
const email = {
  type: 'string',
  maxLength: 254,
  pattern: "^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)+$",
  mustBe: 'an e-mail address such as hanako@carrier.example',
} as const;

const checkShape = compileInputCheck<Invitation>({
  audience: { type: 'string', enum: ['company', 'staff'] },
  companyCode: { type: ['string', 'null'] },
  email,
  displayName: { ...inputFields.name, maxLength: 60 },
  language: { type: 'string', enum: ['ja', 'en'] },
});

/** @throws Problem `invalid-request` */
export function checkInvitation(input: Invitation): void {
  checkShape(input);
  checkRoles(input.audience, input.roles);
  if ((input.audience === 'company') !== Boolean(input.companyCode)) {
    const message =
      input.audience === 'company' ? 'is missing' : 'belongs to people of companies, not to staff';
    throw invalidInput([{ pointer: '/companyCode', message }]);
  }
}

/** At least one role, each of the audience, none twice. @throws Problem `invalid-request` */
export function checkRoles(audience: AccountAudience, roles: readonly AccountRoleName[]): void {
  const known: readonly AccountRoleName[] = audience === 'company' ? companyRoles : staffRoles;
  const isSound = roles.length > 0 && new Set(roles).size === roles.length;
  if (isSound && roles.every((role) => known.includes(role))) return;
  throw invalidInput([{ pointer: '/roles', message: `must be some of ${known.join(', ')}, each once` }]);
}

/** The address under which an account is found: letters of either case are the same. */
export function foldEmail(typed: string): string {
  return typed.trim().toLowerCase();
}

/** The roles among these that two people have to grant. */
export function rolesForTwo(roles: readonly AccountRoleName[]): AccountRoleName[] {
  return roles.filter(isGrantedByTwo);
}

/** Subject of audit rows and approvals; the address of somebody who has no account yet, shortened to what a subject can hold. */
export function invitationSubject({
  audience,
  email: address,
}: Pick<Invitation, 'audience' | 'email'>): string {
  return `invitation:${audience}/${foldEmail(address).slice(0, 54)}`;
}

export const assertAccountTransition = transitionCheck<AccountState>('account', {
  invited: ['active', 'ended'],
  active: ['suspended', 'ended', 'invited'],
  suspended: ['active', 'ended'],
  ended: [],
});
