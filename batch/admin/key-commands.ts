import { listApiKeys } from '../../src/companies/company.queries.ts';
import { issueApiKey } from '../../src/companies/issue-api-key.ts';
import { revokeApiKey } from '../../src/companies/revoke-api-key.ts';
import { scopes as allScopes, type Scope } from '../../src/companies/scopes.ts';
import { defineCommand, type Command } from '../cli/command.ts';
import { required, text, withDefault } from '../cli/options.ts';

const company = required(text('CODE'), 'code of the company', { field: 'companyCode' });

export const keyCommands: readonly Command[] = [
  defineCommand({
    name: 'key issue',
    summary: 'issue an API key; it is shown this once',
    changes: true,
    reveals: { what: 'api_key', of: 'result' },
    options: {
      company,
      label: required(text('TEXT'), 'where it is used'),
      scopes: withDefault(text('SCOPES'), allScopes.join(','), 'what it may do, separated by commas'),
    },
    example: '--company shinonome --label "shop server" --scopes charges:read,charges:write',
    run: async (deps, { company: companyCode, label, ...options }, { actor }) => {
      // The use case names an entry that is no scope.
      const wanted = options.scopes.split(',') as Scope[];
      const issued = await issueApiKey(deps, actor, { companyCode, label, scopes: wanted });
      const { id, token, scopes } = issued;
      return {
        item: { id, token, company: companyCode, label, scopes },
        notes: ['Keep the token now: only its hash is stored.'],
      };
    },
  }),
  defineCommand({
    name: 'key list',
    summary: 'list the API keys of a company',
    changes: false,
    options: { company },
    example: '--company shinonome',
    run: async (deps, options, { actor }) => {
      const keys = await listApiKeys(deps, actor, options.company);
      return {
        list: keys.map(({ scopes, ...key }) => ({ ...key, scopes: scopes.split(' ') })),
        none: `${options.company} has no API key yet: issue one with "key issue".`,
      };
    },
  }),
  defineCommand({
    name: 'key revoke',
    summary: 'revoke an API key at once and for good',
    changes: true,
    options: { key: required(text('ID'), 'its public part, as listed') },
    example: '--key 01KRGZ7Q8N3V5W9X2Y4Z6A8B0C',
    run: async (deps, { key: id }, { actor }) => {
      const { revokedAt } = await revokeApiKey(deps, actor, { id });
      return { item: { id, revokedAt } };
    },
  }),
];
