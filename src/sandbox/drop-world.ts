import { actorName, type Actor } from '../access/actor.ts';
import { recordAudit } from '../access/audit/record-audit.ts';
import { ownedBy } from '../access/owned-by.ts';
import { inTransaction } from '../database/transaction.ts';
import { inWorldOf, type SandboxDeps } from './company-world.ts';

/**
 * Drops the world of a company with all that is in it; its keys are worthless at once, and another world can be made.
 * @throws Problem `permission-denied`, `company-not-found`, `not-found` if it has none
 */
export async function dropWorld(
  deps: SandboxDeps,
  actor: Actor,
  { companyCode }: { readonly companyCode: string },
): Promise<{ id: string }> {
  const owned = ownedBy(actor, 'api-keys:write');
  const id = await inWorldOf(deps, owned, companyCode, ({ row }) => Promise.resolve(row.id));
  await deps.sandbox?.drop(id);
  await inTransaction(deps, (tx) =>
    recordAudit(tx, {
      actor: actorName(actor),
      action: 'sandbox.drop',
      subject: `company:${companyCode}`,
      facts: { world: id },
    }),
  );
  return { id };
}
