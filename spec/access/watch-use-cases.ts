import { listHeldByTwo, listSuspendedByTwo } from '../../src/watch/held-by-two.queries.ts';
import { findNextPayout } from '../../src/watch/next-payout.queries.ts';
import { getWatchedCompany, listFlaggedSellers } from '../../src/watch/watched-sellers.queries.ts';
import type { UseCaseRow } from './use-case-table.ts';

const rule = '--- --- ------ -+++-+ -';

/** What the watch reads; the columns are those of use-case-table.ts. */
export const watchUseCases: Readonly<Record<string, UseCaseRow>> = {
  listFlaggedSellers: { rule, run: (tx, actor) => listFlaggedSellers(tx, actor, { days: 30 }) },
  getWatchedCompany: {
    rule,
    run: (tx, actor, { sale }) => getWatchedCompany(tx, actor, { companyCode: sale.company.code, days: 30 }),
  },
  listHeldByTwo: { rule, run: (tx, actor, { sale }) => listHeldByTwo(tx, actor, sale.company.code) },
  listSuspendedByTwo: {
    rule,
    run: (tx, actor, { sale }) => listSuspendedByTwo(tx, actor, sale.company.code),
  },
  findNextPayout: { rule, run: (tx, actor, { sale }) => findNextPayout(tx, actor, sale.company.code) },
};
