import type { Owned } from '../access/owned-by.ts';
import { findOwnCompany } from '../companies/company.queries.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../shared/problem.ts';
import type { EnteredWorld, Sandbox } from './sandbox.ts';

/** What the use cases of sandboxes lean on; without sandboxes all of them are refused. */
export interface SandboxDeps extends Deps {
  readonly sandbox?: Sandbox | undefined;
}

/** @throws Problem `not-found` where there are no sandboxes */
export function requireSandbox({ sandbox }: SandboxDeps): Sandbox {
  if (sandbox) return sandbox;
  throw new Problem('not-found', { detail: 'There are no sandboxes here: SANDBOX_DATABASE_URL is not set.' });
}

/**
 * Works in the world of a company.
 * @throws Problem `not-found` where the company has none, `company-not-found`
 */
export async function inWorldOf<T>(
  deps: SandboxDeps,
  owned: Owned,
  companyCode: string,
  work: (world: EnteredWorld, sandbox: Sandbox) => Promise<T>,
): Promise<T> {
  const { id } = await findOwnCompany(deps, owned, companyCode);
  const sandbox = requireSandbox(deps);
  const row = await sandbox.registry.findOfCompany(id);
  const world = row && (await sandbox.enter(row.id));
  if (!world) throw new Problem('not-found', { detail: `${companyCode} has no world in the sandbox.` });
  try {
    return await work(world, sandbox);
  } finally {
    world.leave();
  }
}
