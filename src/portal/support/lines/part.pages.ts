import type { Actor } from '../../../access/actor.ts';
import type { Permission } from '../../../access/permissions.ts';
import { getTenure } from '../../../lines/tenures.queries.ts';
import type { ServiceDeps } from '../../../service-deps.ts';
import { definePage, type AnyPage, type ViewFrame } from '../../kit/define-page.ts';
import { template } from '../../kit/template.ts';
import { requireLineId } from '../../../lines/search-lines.queries.ts';
import { casesTable, historyTable, mailsTable, refundsTable } from './other-parts.view.rules.ts';
import { partQuery, readFilter, type PartFilter, type PartQuery } from './part-query.rules.ts';
import type { PartName, PartTable } from './part.types.ts';
import { partView, type PartView } from './part.view.rules.ts';
import { loadPart, type Loaded, type PartRequest } from './parts.ts';
import { chargesTable, consentsTable, invoicesTable, subscriptionsTable } from './sold-parts.view.rules.ts';

/** A page of one part of a line. */
function partPage<Name extends PartName>(
  part: Name,
  permission: Permission,
  load: (deps: ServiceDeps, actor: Actor, request: PartRequest) => Promise<Loaded[Name]>,
  tableOf: (loaded: Loaded[Name], frame: ViewFrame) => PartTable,
): AnyPage {
  return definePage({
    name: `support.line-${part}`,
    path: `/support/lines/:line/${part}`,
    permission,
    under: '/support',
    query: partQuery,
    load: async (deps, { actor, params, query }) => {
      const lineId = requireLineId(params['line']);
      const tenure = await getTenure(deps, actor, { lineId, holderFrom: query.tenure });
      const filter = readFilter(query, deps.config.currency);
      return { part, tenure, query, filter, loaded: await load(deps, actor, { tenure, filter }) };
    },
    view: (data: PartData<Loaded[Name]>, frame) =>
      partView({ ...data, next: data.loaded.next, table: tableOf(data.loaded, frame) }, frame),
    template: template<PartView>('support/line-part'),
  });
}

interface PartData<L> {
  readonly part: PartName;
  readonly tenure: PartRequest['tenure'];
  readonly query: PartQuery;
  readonly filter: PartFilter;
  readonly loaded: L;
}

/** The parts of a line, each with the permission of what it shows. */
export const partPages: readonly AnyPage[] = [
  partPage('charges', 'purchases:read', loadPart.charges, chargesTable),
  partPage('invoices', 'purchases:read', loadPart.invoices, invoicesTable),
  partPage('subscriptions', 'purchases:read', loadPart.subscriptions, subscriptionsTable),
  partPage('consents', 'purchases:read', loadPart.consents, consentsTable),
  partPage('refunds', 'buyers:read', loadPart.refunds, refundsTable),
  partPage('cases', 'cases:read', loadPart.cases, casesTable),
  partPage('mails', 'mails:read', loadPart.mails, mailsTable),
  partPage('history', 'line-history:read', loadPart.history, historyTable),
];
