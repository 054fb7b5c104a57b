import { ownedBy } from '../../../access/owned-by.ts';
import { getCurrentTenure } from '../../../lines/current-tenure.queries.ts';
import { findPurchaseSubject, readPurchaseRef } from '../../../purchases/find-purchase-subject.ts';
import { definePage } from '../../kit/define-page.ts';
import type { SectionsView } from '../../kit/sections.types.ts';
import { template } from '../../kit/template.ts';
import { requireLineId } from '../../../lines/search-lines.queries.ts';
import { newCaseView } from './new-case.view.rules.ts';

/** Opens a case for a caller. Pages of lines and purchases link here with what it is about. */
export const newCasePage = definePage({
  name: 'support.new-case',
  path: '/support/new-case',
  permission: 'cases:take',
  under: '/support/cases',
  query: {
    type: 'object',
    properties: {
      line: { type: 'string', maxLength: 40 },
      tenure: { type: 'string', format: 'business-date' },
      purchase: { type: 'string', maxLength: 40 },
    },
    additionalProperties: false,
  } as const,
  load: async (deps, { actor, query: { line, tenure, purchase } }) => {
    if (purchase !== undefined) {
      const ref = readPurchaseRef(purchase);
      const { lineId, description } = await findPurchaseSubject(deps, ownedBy(actor, 'cases:take'), ref);
      return { line: lineId, tenure: undefined, purchase, description };
    }
    if (line === undefined) return { line: '', tenure: undefined, purchase: '', description: undefined };
    const found = await getCurrentTenure(deps, requireLineId(line));
    return { line: found.lineId, tenure, purchase: '', description: undefined };
  },
  view: newCaseView,
  template: template<SectionsView>('kit/sections'),
});
