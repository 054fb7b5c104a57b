import type { EventBodies } from '../history.ts';
import { settleUp } from './balances.ts';
import type { Shadow } from './state.ts';

/**
 * People review the drafts of companies, each its only one: an approved one is posted and stays; of a rejected one the clawbacks are
 * free again, and the next night drafts it once more.
 */
export function reviewSettlements(shadow: Shadow, { decisions }: EventBodies['review-settlements']): string {
  return decisions
    .flatMap(({ company, approves }) => {
      const draft = shadow.settlements.find((one) => one.company === company && one.state === 'draft');
      if (!draft) return [];
      draft.state = approves ? 'approved' : 'rejected';
      if (approves) settleUp(shadow, draft);
      else
        for (const step of shadow.steps)
          if (step.frozenIn === `${company} ${draft.period}`) step.frozenIn = null;
      return [`${company} ${draft.period} ${draft.state}`];
    })
    .join('; ');
}
