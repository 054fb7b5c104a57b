import { getAccountFactors } from '../../src/accounts/account-factors.queries.ts';
import { getAccount, listAccounts } from '../../src/accounts/account.queries.ts';
import {
  endAccount,
  resumeAccount,
  signOutAccount,
  suspendAccount,
} from '../../src/accounts/change-account-state.ts';
import { inviteAccount, resendInvitation } from '../../src/accounts/invite-account.ts';
import { inviteFirstAccount } from '../../src/accounts/invite-first-account.ts';
import { setAccountRoles } from '../../src/accounts/set-account-roles.ts';
import { setSecondFactorRule } from '../../src/companies/set-second-factor-rule.ts';
import type { UseCaseRow } from './use-case-table.ts';

const newcomer = { email: 'new@people.example', displayName: '新人', language: 'ja' } as const;

/** Use cases of accounts: the owner of a company reaches its people, an administrator everybody. */
export const accountUseCases: Readonly<Record<string, UseCaseRow>> = {
  // columns: as in use-case-table.ts
  inviteAccount: {
    rule: '--- +0- ------ ----+- -',
    run: (tx, actor, { sale }) => {
      const invitation = { ...newcomer, audience: 'company', companyCode: sale.company.code } as const;
      return inviteAccount(tx, actor, { ...invitation, roles: ['support'] });
    },
  },
  inviteFirstAccount: {
    rule: '--- --- ------ ----+- -',
    run: (tx, actor) => inviteFirstAccount(tx, actor, { ...newcomer, roles: ['administrator'] }),
  },
  resendInvitation: {
    rule: '--- +0- ------ ----+- -',
    run: (tx, actor, { guest }) => resendInvitation(tx, actor, { accountId: guest }),
  },
  setAccountRoles: {
    rule: '--- +0- ------ ----+- -',
    run: (tx, actor, { member }) =>
      setAccountRoles(tx, actor, { accountId: member, roles: ['developer', 'support'] }),
  },
  suspendAccount: {
    rule: '--- +0- ------ ----+- -',
    run: (tx, actor, { member }) => suspendAccount(tx, actor, { accountId: member }),
  },
  resumeAccount: {
    rule: '--- +0- ------ ----+- -',
    run: (tx, actor, { away }) => resumeAccount(tx, actor, { accountId: away }),
  },
  endAccount: {
    rule: '--- +0- ------ ----+- -',
    run: (tx, actor, { member }) => endAccount(tx, actor, { accountId: member }),
  },
  signOutAccount: {
    rule: '--- +0- ------ ----+- -',
    run: (tx, actor, { member }) => signOutAccount(tx, actor, { accountId: member }),
  },
  getAccount: {
    rule: '--- +0- ------ ---+++ -',
    run: (tx, actor, { member }) => getAccount(tx, actor, member),
  },
  getAccountFactors: {
    rule: '--- +0- ------ ---+++ -',
    run: (tx, actor, { member }) => getAccountFactors(tx, actor, member),
  },
  listAccounts: {
    rule: '--- ++- ------ ---+++ -',
    run: (tx, actor) => listAccounts(tx, actor, {}),
  },
  setSecondFactorRule: {
    rule: '--- --- ------ --+-+- -',
    run: (tx, actor, { sale }) =>
      setSecondFactorRule(tx, actor, { companyCode: sale.company.code, isRequired: false }),
  },
};
