import { getAuditEntry, listAudit } from '../../../access/audit/audit.queries.ts';
import { definePage } from '../../kit/define-page.ts';
import { template } from '../../kit/template.ts';
import { navIn } from '../area.ts';
import { auditQuery, readAudit } from './audit-query.rules.ts';
import { auditEntryView, auditView, type AuditEntryView, type AuditView } from './audit.view.rules.ts';

export const auditPage = definePage({
  name: 'billing.audit',
  path: '/billing/audit',
  permission: 'audit:read',
  nav: navIn('records', 'billing.audit.nav', 2),
  query: auditQuery,
  load: async (deps, { actor, query }) => ({
    query,
    rows: await listAudit(deps, actor, readAudit(query, deps.config.timeZone)),
  }),
  view: auditView,
  template: template<AuditView>('billing/audit'),
});

export const auditEntryPage = definePage({
  name: 'billing.audit-entry',
  path: '/billing/audit/:id',
  permission: 'audit:read',
  load: (deps, { actor, params }) => getAuditEntry(deps, actor, params['id'] ?? ''),
  view: auditEntryView,
  template: template<AuditEntryView>('billing/audit-entry'),
});
