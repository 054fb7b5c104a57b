import { actorName, type Actor } from '../access/actor.ts';
import { recordAudit } from '../access/audit/record-audit.ts';
import { ownedBy } from '../access/owned-by.ts';
import { findOwnCompany } from '../companies/company.queries.ts';
import { inTransaction } from '../database/transaction.ts';
import { requireSandbox, type SandboxDeps } from './company-world.ts';
import { readCopiedCompany } from './copy-company.ts';

/**
 * Makes the world of a company in the sandbox: its services and its contract of today, the magic persons, and nothing else.
 * @throws Problem `permission-denied`, `company-not-found`, `not-found` without sandboxes; `illegal-state` if it has a world, or there
 * are as many as there may be
 */
export async function createWorld(
  deps: SandboxDeps,
  actor: Actor,
  { companyCode }: { readonly companyCode: string },
): Promise<{ id: string }> {
  const owned = ownedBy(actor, 'api-keys:write');
  const company = await findOwnCompany(deps, owned, companyCode);
  const sandbox = requireSandbox(deps);
  const { id } = await sandbox.make(company.id, await readCopiedCompany(deps, company.id));
  await inTransaction(deps, (tx) =>
    recordAudit(tx, {
      actor: actorName(actor),
      action: 'sandbox.create',
      subject: `company:${companyCode}`,
      facts: { world: id },
    }),
  );
  return { id };
}
