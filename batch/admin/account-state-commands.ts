import type { Actor } from '../../src/access/actor.ts';
import {
  endAccount,
  resumeAccount,
  signOutAccount,
  suspendAccount,
} from '../../src/accounts/change-account-state.ts';
import { setSecondFactorRule } from '../../src/companies/set-second-factor-rule.ts';
import type { Deps } from '../../src/deps.ts';
import { defineCommand, type Command } from '../cli/command.ts';
import { oneOf, required, text } from '../cli/options.ts';
import { showAccount } from './account-commands.ts';
import { account, resolveAccount } from './account-options.ts';

type Change = (deps: Deps, actor: Actor, input: { readonly accountId: number }) => Promise<void>;

export const accountStateCommands: readonly Command[] = [
  stateCommand(
    'suspend',
    'suspend an account at once: its sessions end, its proposals are void',
    suspendAccount,
  ),
  stateCommand('resume', 'open a suspended account again, as it was', resumeAccount),
  stateCommand('end', 'end an account for good, or withdraw an invitation', endAccount),
  stateCommand('sign-out', 'end all sessions of an account', signOutAccount),
  defineCommand({
    name: 'company second-factor',
    summary: 'set whether the people of a company need a second factor; only its contract says otherwise',
    changes: true,
    options: {
      company: required(text('CODE'), 'code of the company'),
      required: required(oneOf('ANSWER', ['yes', 'no']), 'yes or no'),
    },
    example: '--company shinonome --required yes',
    run: async (deps, { company, required: answer }, { actor }) => {
      await setSecondFactorRule(deps, actor, { companyCode: company, isRequired: answer === 'yes' });
      return { item: { company, secondFactorRequired: answer === 'yes' } };
    },
  }),
];

function stateCommand(verb: string, summary: string, change: Change): Command {
  return defineCommand({
    name: `account ${verb}`,
    summary,
    changes: true,
    options: { account },
    example: '--account hanako@carrier.example',
    run: async (deps, { account: typed }, { actor }) => {
      const accountId = await resolveAccount(deps, actor, typed);
      await change(deps, actor, { accountId });
      return showAccount(deps, actor, accountId);
    },
  });
}
