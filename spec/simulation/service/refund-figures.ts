import { sqlOf } from '../../../src/database/sql.ts';
import type { Figures, Scope } from '../shadow/figures.ts';
import { wordsOfRefund } from './refund-words.ts';
import type { Service } from './service.ts';

/** Refunds, and what was proposed. */
export async function addRefunds(
  figures: Figures,
  { deps, names }: Service,
  { sinceMs }: Scope,
): Promise<void> {
  const db = sqlOf(deps.orm.em.fork());
  const refunds = await db
    .selectFrom('refund')
    .selectAll()
    .where('createdAt', '>=', new Date(sinceMs))
    .execute();
  for (const { id, chargeId, ...refund } of refunds) {
    const words = `${names.charges.nameOf(chargeId)} ${wordsOfRefund(refund)}`;
    figures.set(`refund ${names.refunds.nameOf(id)}`, words);
  }
  const proposals = await db
    .selectFrom('approval')
    .select(['id', 'state', 'input'])
    .where('kind', '=', 'refund.create')
    .execute();
  for (const { id, state, input } of proposals) {
    const { amountMinor } = input as { amountMinor: string };
    figures.set(`proposal ${names.proposals.nameOf(id)}`, `${amountMinor} ${state}`);
  }
}
