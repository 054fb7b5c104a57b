import type { Deps } from '../../src/deps.ts';
import { createWorld } from '../../src/sandbox/create-world.ts';
import { dropWorld } from '../../src/sandbox/drop-world.ts';
import { issueWorldKey } from '../../src/sandbox/issue-world-key.ts';
import { revokeWorldKey } from '../../src/sandbox/revoke-world-key.ts';
import type { SandboxDeps } from '../../src/sandbox/company-world.ts';
import { Sandbox } from '../../src/sandbox/sandbox.ts';
import { defineCommand, type Command } from '../cli/command.ts';
import { required, text } from '../cli/options.ts';

const company = required(text('CODE'), 'code of the company', { field: 'companyCode' });

/** The worlds of companies to try in. */
export const sandboxCommands: readonly Command[] = [
  defineCommand({
    name: 'sandbox create',
    summary: 'make the world of a company to try in',
    changes: true,
    options: { company },
    example: '--company shinonome',
    run: (deps, { company: companyCode }, { actor }) =>
      withSandbox(deps, async (all) => ({
        item: { company: companyCode, world: (await createWorld(all, actor, { companyCode })).id },
        notes: ['Issue a key with "sandbox key issue".'],
      })),
  }),
  defineCommand({
    name: 'sandbox drop',
    summary: 'drop the world of a company with all that is in it',
    changes: true,
    options: { company },
    example: '--company shinonome',
    run: (deps, { company: companyCode }, { actor }) =>
      withSandbox(deps, async (all) => ({
        item: { company: companyCode, world: (await dropWorld(all, actor, { companyCode })).id },
      })),
  }),
  defineCommand({
    name: 'sandbox key issue',
    summary: 'issue a key to the world of a company; it is shown this once',
    changes: true,
    reveals: { what: 'api_key', of: 'result' },
    options: { company, label: required(text('TEXT'), 'where it is used') },
    example: '--company shinonome --label "integration tests"',
    run: (deps, { company: companyCode, label }, { actor }) =>
      withSandbox(deps, async (all) => ({
        item: { ...(await issueWorldKey(all, actor, { companyCode, label })), company: companyCode, label },
        notes: ['Keep the token now: only its hash is stored.'],
      })),
  }),
  defineCommand({
    name: 'sandbox key revoke',
    summary: 'revoke a key to the world of a company',
    changes: true,
    options: { company, key: required(text('ID'), 'its public part') },
    example: '--company shinonome --key 01KRGZ7Q8N3V5W9X2Y4Z6A8B0C',
    run: (deps, { company: companyCode, key: id }, { actor }) =>
      withSandbox(deps, async (all) => ({ item: await revokeWorldKey(all, actor, { companyCode, id }) })),
  }),
];

async function withSandbox<T>(deps: Deps, work: (deps: SandboxDeps) => Promise<T>): Promise<T> {
  const { config, log, documents } = deps;
  const sandbox = config.sandbox && new Sandbox({ config, log, documents }, config.sandbox);
  try {
    return await work({ ...deps, sandbox });
  } finally {
    await sandbox?.close();
  }
}
