import assert from 'node:assert/strict';
import { sqlOf } from '../../src/database/sql.ts';
import type { Deps } from '../../src/deps.ts';
import { approveSettlements } from '../../src/settlements/approve-settlements.ts';
import { proposeSettlements } from '../../src/settlements/propose-settlements.ts';
import { hanako, jiro } from './people.ts';

/** Two people approve everything that the night has drafted; returns how many settlements. */
export async function approveDrafts(deps: Deps): Promise<number> {
  const drafts = await sqlOf(deps.orm.em.fork())
    .selectFrom('settlement')
    .select('number')
    .where('state', '=', 'draft')
    .execute();
  if (drafts.length === 0) return 0;
  const numbers = drafts.map(({ number }) => number);
  await proposeSettlements(deps, hanako, { numbers, reason: 'reviewed' });
  const outcomes = await approveSettlements(deps, jiro, { numbers });
  const refused = outcomes.filter((outcome) => outcome.refused !== undefined);
  assert.deepEqual(refused, []);
  return outcomes.length;
}
