import { journalHead, journalRow } from '../../../records/journal-file.rules.ts';
import { listJournalDay, openJournal } from '../../../records/open-journal.ts';
import { addDays, businessDateOf, monthOf } from '../../../shared/calendar.rules.ts';
import type { ServiceDeps } from '../../../service-deps.ts';
import { defineDownload } from '../../kit/define-download.ts';
import { definePage } from '../../kit/define-page.ts';
import { template } from '../../kit/template.ts';
import { navIn } from '../area.ts';
import { journalView, type JournalView } from './journal.view.rules.ts';

const journalQuery = {
  type: 'object',
  properties: { from: { type: 'string', format: 'date' }, to: { type: 'string', format: 'date' } },
  additionalProperties: false,
} as const;

interface Range {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** Through yesterday, the last day that is over, from the first of its month on. */
function rangeOf({ clock, config }: ServiceDeps, { from, to }: Range) {
  const last = to ?? addDays(businessDateOf(clock.now(), config.timeZone), -1);
  return { from: from ?? `${monthOf(last)}-01`, to: last };
}

export const journalPage = definePage({
  name: 'billing.journal',
  path: '/billing/journal',
  permission: 'journal:read',
  nav: navIn('records', 'billing.journal.nav', 1),
  query: journalQuery,
  load: async (deps, { actor, query, visit: { language } }) => {
    const range = rangeOf(deps, query);
    const sums = await listJournalDay(deps, actor, range.to);
    return {
      range,
      head: journalHead(language),
      rows: sums.map((sum) => ({ ...sum, cells: journalRow(sum, deps.config.chartOfAccounts, language) })),
    };
  },
  view: journalView,
  template: template<JournalView>('billing/journal'),
});

export const journalCsv = defineDownload({
  name: 'billing.journal-csv',
  path: '/billing/journal/csv',
  permission: 'journal:read',
  query: journalQuery,
  load: (deps, { actor, query, visit: { language } }) =>
    openJournal(deps, actor, { ...rangeOf(deps, query), language }),
});
