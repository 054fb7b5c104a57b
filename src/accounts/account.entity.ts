import { defineEntity, p } from '@mikro-orm/mariadb';
import type { CompanyRole, StaffRole } from '../access/permissions.ts';
import type { Locale } from '../shared/money.ts';

/**
 * - `invited`: a mail with a link is on its way; nobody can sign in
 * - `active`: the person has chosen a password; a factor may still be missing
 * - `suspended`: refused until somebody resumes it
 * - `ended`: refused for good; the address is free for a new account
 */
export type AccountState = 'invited' | 'active' | 'suspended' | 'ended';

export const AccountSchema = defineEntity({
  name: 'Account',
  tableName: 'account',
  properties: {
    id: p.integer().unsigned().primary().autoincrement(),
    audience: p.string().length(10).$type<'company' | 'staff'>(),
    companyId: p.integer().unsigned().nullable(),
    email: p.string().length(254),
    /** The address in lower case: one account of an audience has it. Null once the account has ended. */
    emailKey: p.string().length(254).nullable(),
    displayName: p.string().length(60),
    language: p.character().length(2).$type<Locale>(),
    state: p.string().length(10).$type<AccountState>(),
    passwordHash: p.string().length(255).nullable(),
    /** Counts changes of password, factors and state: a session of an earlier version has ended. */
    credentialVersion: p.integer().unsigned(),
    /** 1 or 2 for the first two accounts of the carrier, which no two people could approve. */
    firstSlot: p.tinyint().unsigned().nullable(),
    createdAt: p.datetime(3),
    activatedAt: p.datetime(3).nullable(),
    endedAt: p.datetime(3).nullable(),
  },
});

/** A person of a company or of the carrier who signs in. */
export class Account extends AccountSchema.class {}
AccountSchema.setClass(Account);

export const AccountRoleSchema = defineEntity({
  name: 'AccountRole',
  tableName: 'account_role',
  properties: {
    accountId: p.integer().unsigned().primary(),
    role: p.string().length(20).$type<CompanyRole | StaffRole>().primary(),
    /** Of the two people who granted it; null for a role that one person grants. */
    approvalId: p.character().length(26).nullable(),
    grantedAt: p.datetime(3),
    revokedAt: p.datetime(3).nullable(),
  },
});

/** A role that an account has, or had: a revoked one stays. */
export class AccountRole extends AccountRoleSchema.class {}
AccountRoleSchema.setClass(AccountRole);
