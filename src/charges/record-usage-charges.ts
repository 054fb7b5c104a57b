import type { Actor } from '../access/actor.ts';
import { actingCompany } from '../access/owned-by.ts';
import type { Deps } from '../deps.ts';
import { inTransaction } from '../database/transaction.ts';
import { runPipeline } from '../database/statement-pipeline.ts';
import { decideUsages } from './decide-usages.ts';
import type { Usage, UsageBatch, UsageItem, UsageOutcome } from './usage.types.ts';

/** Captures usage charges of one company in one transaction, as `decideUsages` does; a consent of another is not found. */
export function recordUsageCharges(deps: Deps, actor: Actor, { items }: UsageBatch): Promise<UsageOutcome[]> {
  const companyId = actingCompany(actor, 'charges:write');
  const usages = items.map((item) => ({ ...item, companyId }));
  return inTransaction(deps, async (tx) => {
    const { outcomes, persist } = await decideUsages(tx, usages);
    await runPipeline(tx.em, persist);
    return outcomes;
  });
}

/** A use that an actor wants to charge. @throws Problem `api-key-scope-missing`, `permission-denied`. */
export function usageOf(actor: Actor, item: UsageItem): Usage {
  return { ...item, companyId: actingCompany(actor, 'charges:write') };
}
