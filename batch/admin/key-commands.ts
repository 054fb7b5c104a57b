import { getCompany, listApiKeys } from '../../src/companies/company.queries.ts';
import { issueApiKey } from '../../src/companies/issue-api-key.ts';
import { revokeApiKey } from '../../src/companies/revoke-api-key.ts';
import { scopes, type Scope } from '../../src/companies/scopes.ts';
import type { Command } from './command.ts';

const company = { describe: 'code of the company', value: 'CODE', required: true };

export const keyCommands: readonly Command[] = [
  {
    noun: 'key',
    verb: 'issue',
    summary: 'issue an API key; it is shown this once',
    changes: true,
    reveals: { what: 'api_key', of: 'answer' },
    options: {
      company,
      label: { describe: 'where it is used', value: 'TEXT', required: true },
      scopes: { describe: 'what it may do, separated by commas', value: 'SCOPES', default: scopes.join(',') },
    },
    example: '--company shinonome --label "shop server" --scopes charges:read,charges:write',
    run: async (deps, given, { actor }) => {
      const [companyCode, label] = [given.text('company'), given.text('label')];
      const wanted = given.text('scopes').split(',') as Scope[];
      const {
        id,
        token,
        scopes: granted,
      } = await issueApiKey(deps, { companyCode, label, scopes: wanted, actor });
      const item = { id, token, company: companyCode, label, scopes: granted.join(' ') };
      return { item, notes: ['Keep the token now: only its hash is stored.'] };
    },
  },
  {
    noun: 'key',
    verb: 'list',
    summary: 'list the API keys of a company',
    changes: false,
    options: { company },
    example: '--company shinonome',
    run: async (deps, given) => {
      const { id } = await getCompany(deps, given.text('company'));
      return { list: await listApiKeys(deps, id) };
    },
  },
  {
    noun: 'key',
    verb: 'revoke',
    summary: 'revoke an API key at once and for good',
    changes: true,
    options: { key: { describe: 'its public part, as listed', value: 'ID', required: true } },
    example: '--key 01KRGZ7Q8N3V5W9X2Y4Z6A8B0C',
    run: async (deps, given, { actor }) => {
      const id = given.text('key');
      const { revokedAt } = await revokeApiKey(deps, { id, actor });
      return { item: { id, revokedAt } };
    },
  },
];
