import { getCase } from '../../cases/case.queries.ts';
import { explainPurchase } from '../../cases/explain-purchase.ts';
import { isLineHolder } from '../../access/can.rules.ts';
import { readPurchaseRef } from '../../purchases/find-purchase-subject.ts';
import { definePage } from '../kit/define-page.ts';
import { template } from '../kit/template.ts';
import { caseView, type CaseView } from './case.view.rules.ts';
import { reportView, type ReportView } from './report.view.rules.ts';

/** What is known of a purchase that is not recognised, and the form that reports it. */
export const reportPage = definePage({
  name: 'my.report',
  path: '/my/purchases/:id/report',
  permission: 'cases:read',
  load: async (deps, { actor, params }) => ({
    ...(await explainPurchase(deps, actor, readPurchaseRef(params['id'] ?? ''))),
    isHolder: isLineHolder(actor),
  }),
  view: reportView,
  template: template<ReportView>('my/report'),
});

/** A report: its number, what happens next, and what has happened. */
export const casePage = definePage({
  name: 'my.case',
  path: '/my/cases/:number',
  under: '/my/enquiries',
  permission: 'cases:read',
  load: async (deps, { actor, params }) => {
    const found = await getCase(deps, actor, params['number'] ?? '');
    const { subjectKind: kind, subjectId: id } = found;
    const explained =
      kind === null || id === null ? undefined : await explainPurchase(deps, actor, { kind, id });
    return { found, explained, carrier: deps.config.carrier };
  },
  view: caseView,
  template: template<CaseView>('my/case'),
});
