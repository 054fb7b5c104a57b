import {
  endAccount,
  resumeAccount,
  signOutAccount,
  suspendAccount,
} from '../../src/accounts/change-account-state.ts';
import { setSecondFactorRule } from '../../src/companies/set-second-factor-rule.ts';
import { defineCommand, type Command } from '../cli/command.ts';
import { oneOf, required, text } from '../cli/options.ts';
import { showAccount } from './account-commands.ts';
import { account, resolveAccount } from './account-options.ts';

const changes = {
  suspend: suspendAccount,
  resume: resumeAccount,
  end: endAccount,
  'sign-out': signOutAccount,
} as const;

export const accountStateCommands: readonly Command[] = [
  stateCommand('suspend', 'suspend an account at once: its sessions end, its proposals are void'),
  stateCommand('resume', 'open a suspended account again, as it was'),
  stateCommand('end', 'end an account for good, or withdraw an invitation'),
  stateCommand('sign-out', 'end all sessions of an account'),
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

function stateCommand(verb: keyof typeof changes, summary: string): Command {
  return defineCommand({
    name: `account ${verb}`,
    summary,
    changes: true,
    options: { account },
    example: '--account hanako@carrier.example',
    run: async (deps, { account: typed }, { actor }) => {
      const accountId = await resolveAccount(deps, actor, typed);
      await changes[verb](deps, actor, { accountId });
      return showAccount(deps, actor, accountId);
    },
  });
}
