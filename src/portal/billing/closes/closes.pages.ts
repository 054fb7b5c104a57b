import { can } from '../../../access/can.rules.ts';
import { getBillingPeriod, listBillingPeriods } from '../../../billing-periods/billing-period.queries.ts';
import { listProofEquations } from '../../../invoices/proof-equations.ts';
import { describeInvoiceDetails, readInvoiceDetails } from '../../../invoices/read-invoice-details.ts';
import { listParkedOfPeriod } from '../../../runs/parked-of-period.queries.ts';
import { CLOSING_GROUPS, parseClosingGroup } from '../../../shared/calendar.rules.ts';
import { Problem } from '../../../shared/problem.ts';
import { defineDownload } from '../../kit/define-download.ts';
import { definePage } from '../../kit/define-page.ts';
import { template } from '../../kit/template.ts';
import { navIn } from '../area.ts';
import { requireMonth } from '../month-param.ts';
import { closeView, type CloseView } from './close.view.rules.ts';
import { closesView, type ClosesView } from './closes.view.rules.ts';

/** Six months of six closing groups. */
const PAGE = 6 * CLOSING_GROUPS.length;
const PARKED = 200;

/** A period with more items is counted again only when somebody asks for it. */
const COUNTED_AT_ONCE = 100_000;

/** The billing periods by closing group, the newest month first. */
export const closesPage = definePage({
  name: 'billing.closes',
  path: '/billing/closes',
  permission: 'runs:read',
  nav: navIn('closes', 'billing.closes.nav'),
  query: {
    type: 'object',
    properties: {
      state: { enum: ['open', 'closing', 'closed'] },
      before: { type: 'string', pattern: String.raw`^\d{4}-(0[1-9]|1[0-2])$` },
    },
    required: [],
    additionalProperties: false,
  } as const,
  load: async (deps, { actor, query }) => {
    const rows = await listBillingPeriods(deps, actor, { ...query, limit: PAGE + 1 });
    return { query, rows: rows.slice(0, PAGE), hasMore: rows.length > PAGE };
  },
  view: closesView,
  template: template<ClosesView>('billing/closes'),
});

function keyOf(params: Readonly<Record<string, string>>) {
  const closingGroup = parseClosingGroup(params['group'] ?? '');
  if (closingGroup === undefined) throw new Problem('not-found');
  return { period: requireMonth(params['period']), closingGroup };
}

/** One close: its dates, its proof in figures, what was parked, and its file. */
export const closePage = definePage({
  name: 'billing.close',
  path: '/billing/closes/:period/:group',
  permission: 'runs:read',
  query: {
    type: 'object',
    properties: { count: { enum: ['again'] } },
    required: [],
    additionalProperties: false,
  } as const,
  load: async (deps, { actor, params, query }) => {
    const key = keyOf(params);
    const row = await getBillingPeriod(deps, actor, key);
    const isCounted = query.count === 'again' || (row.itemCount ?? Infinity) <= COUNTED_AT_ONCE;
    const { period, closingGroup } = key;
    const parked = { from: row.startsOn, limit: PARKED };
    return {
      row,
      equations: isCounted ? await listProofEquations(deps, actor, { ...key, state: row.state }) : undefined,
      parked: [
        ...(await listParkedOfPeriod(deps, actor, {
          ...parked,
          job: 'fold-charges',
          prefix: `${period}/${closingGroup}/`,
        })),
        ...(await listParkedOfPeriod(deps, actor, {
          ...parked,
          job: 'settle-companies',
          prefix: `${period}/`,
        })),
      ],
      file: row.state === 'closed' ? await describeInvoiceDetails(deps, actor, key) : undefined,
      mayDownload: can(actor, 'invoices:export'),
    };
  },
  view: closeView,
  template: template<CloseView>('billing/close'),
});

/** The invoice details as the carrier's billing system gets them. */
export const invoiceDetailsDownload = defineDownload({
  name: 'billing.invoice-details',
  path: '/billing/closes/:period/:group/invoice-details.csv',
  permission: 'invoices:export',
  load: async (deps, { actor, params }) => {
    const { name, body } = await readInvoiceDetails(deps, actor, keyOf(params));
    return { filename: name, type: 'text/csv; charset=utf-8', body };
  },
});
