import { companyRoles, staffRoles } from '../../../src/access/permissions.ts';
import type { AccountAudience, AccountRoleName } from '../../../src/accounts/account.rules.ts';
import { composePassword } from '../../../src/identity/password.rules.ts';
import { TOTP_SECRET_BYTES } from '../../../src/identity/totp.rules.ts';
import { createRandom } from '../random.ts';
import type { DemoCompany } from './demo-company.ts';

/** A person who signs in to a demo world, with everything that this takes. */
export interface PlannedAccount {
  readonly audience: AccountAudience;
  readonly companyCode: string | null;
  readonly role: AccountRoleName;
  readonly email: string;
  readonly displayName: string;
  readonly password: string;
  /** Seed of the authenticator app, hexadecimal. */
  readonly totpSeed: string;
}

/** Every name is invented. */
const names: Readonly<Record<AccountRoleName, string>> = {
  agent: '青木 葵',
  lead: '石川 樹',
  billing: '上田 梅',
  'billing-approver': '遠藤 栄治',
  administrator: '岡本 桜子',
  auditor: '加藤 楓',
  owner: '木村 桐子',
  finance: '工藤 久美',
  developer: '小林 杏',
  support: '斎藤 咲',
  partner: '清水 忍',
};

/** One person for each role: of the carrier, and of one company. The seed of the world decides passwords and apps. */
export function planAccounts(seed: number, company: DemoCompany): PlannedAccount[] {
  const plan = (role: AccountRoleName, companyCode: string | null): PlannedAccount => {
    const host = companyCode === null ? 'carrier.example' : `${companyCode}.example`;
    const email = `${role}@${host}`;
    const random = createRandom(seed, `account:${email}`);
    const bytes = Array.from({ length: TOTP_SECRET_BYTES }, () => random.below(256));
    return {
      audience: companyCode === null ? 'staff' : 'company',
      companyCode,
      role,
      email,
      displayName: names[role],
      password: composePassword(random.below),
      totpSeed: Buffer.from(bytes).toString('hex'),
    };
  };
  return [
    ...staffRoles.map((role) => plan(role, null)),
    ...companyRoles.map((role) => plan(role, company.code)),
  ];
}
