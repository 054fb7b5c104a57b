import { sqlOf } from '../../src/database/sql.ts';
import { emOf } from '../../src/database/transaction.ts';
import type { Deps } from '../../src/deps.ts';
import { approveSettlements } from '../../src/settlements/approve-settlements.ts';
import { proposeSettlements } from '../../src/settlements/propose-settlements.ts';
import { demoApprover, demoBiller } from './demo-staff.ts';

/** Two people of the demo review and approve what a night has drafted. Returns how many settlements. */
export async function approveDrafted(deps: Deps): Promise<number> {
  const drafts = await sqlOf(emOf(deps))
    .selectFrom('settlement')
    .select('number')
    .where('state', '=', 'draft')
    .execute();
  if (drafts.length === 0) return 0;
  const numbers = drafts.map(({ number }) => number);
  await proposeSettlements(deps, demoBiller, { numbers, reason: 'reviewed' });
  const outcomes = await approveSettlements(deps, demoApprover, { numbers });
  const refused = outcomes.find((outcome) => outcome.refused !== undefined);
  if (refused) throw new Error(`${refused.number} is not approved: ${refused.refused}`);
  return outcomes.length;
}
