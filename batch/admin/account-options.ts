import { accountReference, parseAccountReference } from '../../src/access/account-reference.rules.ts';
import type { Actor } from '../../src/access/actor.ts';
import { companyRoles, staffRoles } from '../../src/access/permissions.ts';
import { listAccounts, type AccountRow } from '../../src/accounts/account.queries.ts';
import { rolesForTwo, type AccountRoleName } from '../../src/accounts/account.rules.ts';
import type { Deps } from '../../src/deps.ts';
import { Problem } from '../../src/shared/problem.ts';
import { optional, required, text, WrongValue, type ValueType } from '../cli/options.ts';
import { UsageError } from '../cli/usage-error.ts';

const known: readonly AccountRoleName[] = [...staffRoles, ...companyRoles];

/** Roles with commas between them. */
const roleList: ValueType<readonly AccountRoleName[]> = {
  placeholder: 'ROLE,…',
  read(typed) {
    const roles = typed.split(',').map((word) => known.find((role) => role === word.trim()));
    if (roles.every((role) => role !== undefined)) return roles;
    throw new WrongValue(`must be some of ${known.join(', ')}, with commas between them`);
  },
};

export const roles = required(
  roleList,
  `of staff ${staffRoles.join(', ')}; of a company ${companyRoles.join(', ')}`,
);
export const account = required(text('ACCOUNT'), 'its number, acct-…, or its e-mail address');
export const reasonForTwo = optional(
  text('TEXT'),
  'why, for the person who approves it; needed for roles that take two people',
);

/** A role that takes two people is proposed, which takes a reason. @throws UsageError */
export function checkReasonForTwo(given: unknown): void {
  const {
    roles: typed,
    reason,
    first,
  } = given as {
    roles: readonly AccountRoleName[];
    reason?: string;
    first?: boolean;
  };
  const taking = rolesForTwo(typed);
  if (first || taking.length === 0 || reason !== undefined) return;
  throw new UsageError(
    `--reason is missing: ${taking.join(' and ')} takes two people, so this proposes it for approval.`,
  );
}

/** The account that is meant. @throws Problem `account-not-found`; UsageError for an address of two accounts */
export async function resolveAccount(deps: Deps, actor: Actor, typed: string): Promise<number> {
  const id = parseAccountReference(typed);
  if (id !== undefined) return id;
  const [found, ...more] = await listAccounts(deps, actor, { email: typed });
  if (!found) throw new Problem('account-not-found', { detail: `No account has the address ${typed}.` });
  if (more.length === 0) return found.id;
  const numbers = [found, ...more].map((one) => `${accountReference(one.id)} (${one.audience})`);
  throw new UsageError(`Two accounts have this address: name ${numbers.join(' or ')}.`);
}

/** An account as programs and people read it. */
export function presentAccount(row: AccountRow) {
  const { id, audience, companyCode, email, displayName, language, state, createdAt, activatedAt } = row;
  return {
    account: accountReference(id),
    audience,
    company: companyCode,
    email,
    name: displayName,
    language,
    state,
    roles: row.roles.join(', '),
    createdAt,
    activatedAt,
  };
}
