import { inTransaction, type InTransaction } from '../database/transaction.ts';
import type { Actor } from '../access/actor.ts';
import { authorize } from '../access/authorize.ts';
import type { Deps } from '../deps.ts';
import { chargesAreBilledOnce } from './charges-are-billed-once.ts';
import { collectionsAddUp } from './collections-add-up.ts';
import { closedIsUnchanged } from './closed-is-unchanged.ts';
import { listFoundFiles } from './foreign-files.ts';
import { changesAreRecorded } from './changes-are-recorded.ts';
import type { CheckScope, Invariant, InvariantResult } from './invariant.types.ts';
import { invoicesAddUp } from './invoices-add-up.ts';
import { journalsBalance } from './journals-balance.ts';
import { limitsHold } from './limits-hold.ts';
import { limitsWereKept } from './limits-were-kept.ts';
import { manifestsBalance } from './manifests-balance.ts';
import { nothingTwice } from './nothing-twice.ts';
import { payoutsAreSentOnce } from './payouts-are-sent-once.ts';
import { rollupsAreCharges } from './rollups-are-charges.ts';
import { settlementsBalance } from './settlements-balance.ts';
import { twoPeople } from './two-people.ts';

/** The invariants of the design, in its order. */
export const invariants: readonly Invariant[] = [
  journalsBalance,
  chargesAreBilledOnce,
  invoicesAddUp,
  settlementsBalance,
  limitsHold,
  nothingTwice,
  closedIsUnchanged,
  manifestsBalance,
  collectionsAddUp,
  payoutsAreSentOnce,
  rollupsAreCharges,
  twoPeople,
  limitsWereKept,
  changesAreRecorded,
];

/**
 * Checks every invariant on one snapshot of the database, so that concurrent sales do not matter. Takes some 20 s for a
 * million charges of the months to read, and 2.5 s for a million others. Changes nothing; a finding is not an exception.
 */
export async function checkInvariants(
  deps: Deps,
  actor: Actor,
  scope: CheckScope = {},
): Promise<InvariantResult[]> {
  authorize(actor, 'books:verify');
  const filesFound = await listFoundFiles(deps.config.filesDir);
  return await inTransaction(
    deps,
    async (snapshot) => {
      const results: InvariantResult[] = [];
      for (const invariant of invariants)
        results.push(await check(snapshot, invariant, { ...scope, filesFound }));
      return results;
    },
    { isolation: 'repeatable read' },
  );
}

async function check(
  snapshot: InTransaction<Deps>,
  { number, name, rules }: Invariant,
  scope: CheckScope,
): Promise<InvariantResult> {
  let [checked, offendingCount] = [0, 0];
  const offending: InvariantResult['offending'][number][] = [];
  for (const rule of rules) {
    const finding = await rule.find(snapshot, scope);
    checked += finding.checked;
    offendingCount += finding.count;
    offending.push(...finding.offending.map((row) => ({ broken: rule.sentence, ...row })));
  }
  return { number, name, holds: offendingCount === 0, checked, offendingCount, offending };
}
