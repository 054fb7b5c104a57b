import { sqlOf } from '../../../src/database/sql.ts';
import type { Deps } from '../../../src/deps.ts';
import { approveSettlements } from '../../../src/settlements/approve-settlements.ts';
import { proposeSettlements } from '../../../src/settlements/propose-settlements.ts';
import { rejectSettlement } from '../../../src/settlements/reject-settlement.ts';
import { hanako, jiro } from '../../support/people.ts';
import * as shadow from '../shadow/reviewing.ts';
import type { EventKinds } from './event-kind.ts';

/** Drafts are reviewed on most days: see `plan/plan-history.ts`. */
export const reviewKinds: Pick<EventKinds, 'review-settlements'> = {
  'review-settlements': {
    foresee: shadow.reviewSettlements,
    async perform({ deps, names }, { decisions }) {
      const words: string[] = [];
      for (const { company, approves } of decisions) {
        const drafts = sqlOf(deps.orm.em.fork())
          .selectFrom('settlement')
          .select(['number', 'billingPeriod'])
          .where('companyId', '=', names.companies.idOf(company)!)
          .where('state', '=', 'draft');
        for (const { number, billingPeriod } of await drafts.execute()) {
          const refusal = approves ? await approve(deps, number) : await reject(deps, number);
          words.push(`${company} ${billingPeriod} ${refusal ?? (approves ? 'approved' : 'rejected')}`);
        }
      }
      return words.join('; ');
    },
  },
};

/** Two people; the answer is why they could not. */
async function approve(deps: Deps, number: string): Promise<string | undefined> {
  const numbers = [number];
  const proposed = await proposeSettlements(deps, hanako, { numbers, reason: 'reviewed' });
  const approved = await approveSettlements(deps, jiro, { numbers });
  return [...proposed, ...approved].find(({ refused }) => refused !== undefined)?.refused;
}

async function reject(deps: Deps, number: string): Promise<undefined> {
  await rejectSettlement(deps, jiro, { number, reason: 'to be drafted again' });
}
