import { listCasesOfTenure } from '../../src/cases/cases-of-tenure.queries.ts';
import { listLineHistory } from '../../src/line-history/line-history.queries.ts';
import { getTenure } from '../../src/lines/tenures.queries.ts';
import { listMailsOfTenure } from '../../src/line-history/mails-of-tenure.queries.ts';
import { listRefundsOfTenure } from '../../src/refunds/refunds-of-tenure.queries.ts';
import { countReveals } from '../../src/personal-data/personal-data.queries.ts';
import { revealPersonalData } from '../../src/personal-data/reveal-personal-data.ts';
import { getGuide, listGuides } from '../../src/support-guides/guides.ts';
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
  getTenure: {
    rule: '--- --- ------ ++++++ -',
    run: (tx, actor, { sale }) => getTenure(tx, actor, { lineId: sale.line.lineId }),
  },
  listRefundsOfTenure: {
    rule: '--- --- ------ ++++-+ -',
    run: (tx, actor, { sale }) => listRefundsOfTenure(tx, actor, { ...sale.buyer, limit: 5 }),
  },
  listCasesOfTenure: {
    rule: '--- --- ------ ++---+ -',
    run: (tx, actor, { sale }) => listCasesOfTenure(tx, actor, { ...sale.buyer, limit: 5 }),
  },
  listMailsOfTenure: {
    rule: '--- --- ------ ++--++ -',
    run: (tx, actor, { sale }) => listMailsOfTenure(tx, actor, { ...sale.buyer, limit: 5 }),
  },
  listLineHistory: {
    rule: '--- --- ------ ++--++ -',
    run: (tx, actor, { sale }) => listLineHistory(tx, actor, { ...sale.buyer, limit: 5 }),
  },
  listGuides: { rule: '--- --- ------ ++--++ -', run: (tx, actor) => listGuides(tx, actor, 'ja') },
  getGuide: {
    rule: '--- --- ------ ++--++ -',
    run: (tx, actor) => getGuide(tx, actor, { code: '01-unknown-charge', language: 'en' }),
  },
  countReveals: {
    rule: '--- --- ------ -+-+++ -',
    run: (tx, actor) => countReveals(tx, actor, { from: new Date(0), to: tx.clock.now() }),
  },
};
