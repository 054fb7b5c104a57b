import { exportFormats, exportKinds, openExport } from '../../../records/open-export.ts';
import { businessDateOf, monthOf, addMonths, lastDayOfMonth } from '../../../shared/calendar.rules.ts';
import type { ServiceDeps } from '../../../service-deps.ts';
import { defineDownload } from '../../kit/define-download.ts';
import { definePage } from '../../kit/define-page.ts';
import { template } from '../../kit/template.ts';
import { navIn } from '../area.ts';
import { exportsView, type ExportsView } from './exports.view.rules.ts';

const date = { type: 'string', format: 'date' } as const;

interface Range {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** The month that is over, unless the address says otherwise. */
function rangeOf({ clock, config }: ServiceDeps, { from, to }: Range) {
  const month = addMonths(monthOf(businessDateOf(clock.now(), config.timeZone)), -1);
  return { from: from ?? `${month}-01`, to: to ?? lastDayOfMonth(month) };
}

export const exportsPage = definePage({
  name: 'billing.exports',
  path: '/billing/exports',
  permission: 'exports:read',
  nav: navIn('records', 'billing.exports.nav', 4),
  query: { type: 'object', properties: { from: date, to: date }, additionalProperties: false } as const,
  load: (deps, { query }) => rangeOf(deps, query),
  view: exportsView,
  template: template<ExportsView>('billing/exports'),
});

export const exportFile = defineDownload({
  name: 'billing.export-file',
  path: '/billing/exports/file',
  permission: 'exports:read',
  query: {
    type: 'object',
    properties: {
      kind: { type: 'string', enum: exportKinds },
      format: { type: 'string', enum: exportFormats },
      from: date,
      to: date,
    },
    required: ['kind', 'format'],
    additionalProperties: false,
  } as const,
  load: (deps, { actor, query }) =>
    openExport(deps, actor, { ...rangeOf(deps, query), kind: query.kind, format: query.format }),
});
