import { listApiKeys } from '../../src/companies/company.queries.ts';
import { issueApiKey } from '../../src/companies/issue-api-key.ts';
import { restrictApiKey } from '../../src/companies/restrict-api-key.ts';
import { rotateApiKey } from '../../src/companies/rotate-api-key.ts';
import { revokeApiKey } from '../../src/companies/revoke-api-key.ts';
import { scopes as allScopes, type Scope } from '../../src/companies/scopes.ts';
import { defineCommand, type Command } from '../cli/command.ts';
import { required, text, wholeNumber, withDefault } from '../cli/options.ts';

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
        list: keys.map(({ scopes, allowedAddresses, ...key }) => ({
          ...key,
          scopes: scopes.split(' '),
          addresses: allowedAddresses?.split(' ') ?? ['any'],
        })),
        none: `${options.company} has no API key yet: issue one with "key issue".`,
      };
    },
  }),
  defineCommand({
    name: 'key rotate',
    summary: 'replace an API key: the old one works for some hours more',
    changes: true,
    reveals: { what: 'api_key', of: 'result' },
    options: {
      key: required(text('ID'), 'its public part, as listed'),
      overlap: withDefault(
        wholeNumber('HOURS', { from: 1, to: 720 }),
        '24',
        'how long both work, 1 to 720 hours',
        {
          field: 'overlapHours',
        },
      ),
    },
    example: '--key 01KRGZ7Q8N3V5W9X2Y4Z6A8B0C --overlap 48',
    run: async (deps, { key: id, overlap: overlapHours }, { actor }) => ({
      item: await rotateApiKey(deps, actor, { id, overlapHours }),
      notes: ['Keep the token now: only its hash is stored.'],
    }),
  }),
  defineCommand({
    name: 'key restrict',
    summary: 'set the addresses from which an API key may be used',
    changes: true,
    options: {
      key: required(text('ID'), 'its public part, as listed'),
      addresses: required(text('LIST'), 'addresses and networks, separated by commas; `any` for no list'),
    },
    example: '--key 01KRGZ7Q8N3V5W9X2Y4Z6A8B0C --addresses 203.0.113.0/24,2001:db8::/32',
    run: async (deps, { key: id, addresses: typed }, { actor }) => {
      const wanted = typed === 'any' ? null : typed.split(',');
      const { addresses } = await restrictApiKey(deps, actor, { id, addresses: wanted });
      return { item: { id, addresses: addresses ?? ['any'] } };
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
