import { countReveals } from '../../src/personal-data/personal-data.queries.ts';
import { revealPersonalData } from '../../src/personal-data/reveal-personal-data.ts';
import { search } from '../../src/support-search/search.ts';
import type { UseCaseRow } from './use-case-table.ts';

/** What the support desk does; the columns are those of use-case-table.ts. */
export const supportUseCases: Readonly<Record<string, UseCaseRow>> = {
  search: {
    rule: '--- --- ------ ++--++ -',
    run: (tx, actor, { sale }) => search(tx, actor, sale.line.lineId),
  },
  revealPersonalData: {
    rule: '--- --- ------ ++--++ -',
    run: (tx, actor, { sale: { line } }) =>
      revealPersonalData(tx, actor, { lineId: line.lineId, holderFrom: line.holderFrom, reason: 'caller' }),
  },
  countReveals: {
    rule: '--- --- ------ -+-+++ -',
    run: (tx, actor) => countReveals(tx, actor, { from: new Date(0), to: tx.clock.now() }),
  },
};
