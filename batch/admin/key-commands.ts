import { readFile } from 'node:fs/promises';
import { listApiKeys } from '../../src/companies/company.queries.ts';
import { issueApiKey } from '../../src/companies/issue-api-key.ts';
import { restrictApiKey } from '../../src/companies/restrict-api-key.ts';
import { rotateApiKey } from '../../src/companies/rotate-api-key.ts';
import { revokeApiKey } from '../../src/companies/revoke-api-key.ts';
import { scopes as allScopes, type Scope } from '../../src/companies/scopes.ts';
import { registerSigningKey } from '../../src/signing-keys/register-signing-key.ts';
import { requireSignature } from '../../src/signing-keys/require-signature.ts';
import { revokeSigningKey } from '../../src/signing-keys/revoke-signing-key.ts';
import { listSigningKeys } from '../../src/signing-keys/signing-key.queries.ts';
import { defineCommand, type Command } from '../cli/command.ts';
import { oneOf, required, text, wholeNumber, withDefault } from '../cli/options.ts';

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
  defineCommand({
    name: 'key require-signature',
    summary: 'set whether an API key works with signed requests alone',
    changes: true,
    options: {
      key: required(text('ID'), 'its public part, as listed'),
      required: required(oneOf('ANSWER', ['yes', 'no']), 'whether its requests must be signed'),
    },
    example: '--key 01KRGZ7Q8N3V5W9X2Y4Z6A8B0C --required yes',
    run: async (deps, { key: id, required: answer }, { actor }) => {
      await requireSignature(deps, actor, { id, isRequired: answer === 'yes' });
      return { item: { id, signature: answer === 'yes' ? 'required' : 'optional' } };
    },
  }),
  defineCommand({
    name: 'signing-key register',
    summary: 'register a public key by which requests of a company are verified',
    changes: true,
    options: {
      company,
      label: required(text('TEXT'), 'where the private key is used'),
      file: required(text('FILE'), 'the public key in PEM: ed25519, or RSA of 2,048 to 4,096 bits'),
    },
    example: '--company shinonome --label "shop server" --file public.pem',
    run: async (deps, { company: companyCode, label, file }, { actor }) => {
      const publicKey = await readFile(file, 'utf8');
      return { item: await registerSigningKey(deps, actor, { companyCode, label, publicKey }) };
    },
  }),
  defineCommand({
    name: 'signing-key list',
    summary: 'list the signing keys of a company',
    changes: false,
    options: { company },
    example: '--company shinonome',
    run: async (deps, options, { actor }) => ({
      list: await listSigningKeys(deps, actor, options.company),
      none: `${options.company} has no signing key yet: register one with "signing-key register".`,
    }),
  }),
  defineCommand({
    name: 'signing-key revoke',
    summary: 'revoke a signing key at once and for good',
    changes: true,
    options: { key: required(text('ID'), 'its keyid, as listed') },
    example: '--key 01KRGZ7Q8N3V5W9X2Y4Z6A8B0C',
    run: async (deps, { key: id }, { actor }) => {
      const { revokedAt } = await revokeSigningKey(deps, actor, { id });
      return { item: { id, revokedAt } };
    },
  }),
];
