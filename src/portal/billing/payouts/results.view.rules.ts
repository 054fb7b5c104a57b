import type { ReadResultFile } from '../../../payouts/result-folders.ts';
import { resultFaultText } from './result-fault.rules.ts';
import type { ResultReport } from '../../../payouts/result-report.queries.ts';
import { showName } from '../../../line-import/inbox-names.rules.ts';
import type { ViewFrame } from '../../kit/define-page.ts';
import type { SectionsView, SectionView } from '../../kit/sections.types.ts';
import { payoutTabs, reportHref, tabHref } from './payout-parts.rules.ts';

export const FILES_ON_PAGE = 100;
/** Rows of a report; the file to mend has all. */
const MAX_ROWS = 500;
const MEGABYTE = 2 ** 20;

interface Results {
  readonly waiting: readonly string[];
  readonly files: readonly ReadResultFile[];
  readonly maxBytes: number;
}

/** What the bank says: files that wait, a file to send, and what was read. */
export function resultsView({ waiting, files, maxBytes }: Results, frame: ViewFrame): SectionsView {
  const { t, can } = frame;
  const mayImport = can('payouts:propose');
  return {
    title: t('billing.payouts.results.title'),
    lead: t('billing.payouts.results.lead'),
    parts: payoutTabs(t, 'results'),
    sections: [
      ...(mayImport
        ? [
            {
              id: 'upload',
              title: t('billing.payouts.results.upload'),
              upload: {
                name: 'file',
                label: t('billing.payouts.results.file'),
                hint: t('billing.payouts.results.hint', { max: Math.floor(maxBytes / MEGABYTE) }),
                accept: '.csv,.txt,text/csv',
                action: tabHref('results'),
                submit: t('billing.payouts.results.submit'),
                formName: 'billing.payout-results-form',
              },
            },
          ]
        : []),
      waitingSection(waiting, mayImport, frame),
      readSection(files, frame),
    ],
  };
}

function waitingSection(waiting: readonly string[], mayImport: boolean, { t }: ViewFrame): SectionView {
  return {
    id: 'waiting',
    title: t('billing.payouts.results.waiting'),
    text: t(
      waiting.length === 0 ? 'billing.payouts.results.none-waiting' : 'billing.payouts.results.waiting-text',
    ),
    ...(mayImport && {
      buttons: waiting.map((name) => ({
        action: `${tabHref('results')}/import`,
        name: 'name',
        value: name,
        label: t('billing.payouts.results.import', { name: showName(name) }),
      })),
    }),
  };
}

function readSection(files: readonly ReadResultFile[], { t, format }: ViewFrame): SectionView {
  return {
    id: 'read',
    title: t('billing.payouts.results.read'),
    table: {
      caption: t('billing.payouts.results.read'),
      isCaptionUnseen: true,
      isDense: true,
      columns: [
        { label: t('billing.payouts.column.file'), isLong: true },
        { label: t('billing.payouts.column.read-on') },
        { label: t('billing.payouts.column.outcome') },
      ],
      rows: files.slice(0, FILES_ON_PAGE).map((file) => ({
        cells: [
          { text: showName(file.name.slice('2026-01-01-'.length)), href: reportHref(file.name) },
          format.date(file.name.slice(0, '2026-01-01'.length)),
          { badge: outcomeBadge(file, t) },
        ],
      })),
      empty: { title: t('billing.payouts.results.none'), text: '' },
    },
  };
}

function outcomeBadge({ outcome, hasErrors }: ReadResultFile, t: ViewFrame['t']) {
  if (outcome === 'refused') return { tone: 'bad', text: t('billing.payouts.outcome.refused') } as const;
  if (hasErrors) return { tone: 'warn', text: t('billing.payouts.outcome.errors') } as const;
  return { tone: 'good', text: t('billing.payouts.outcome.done') } as const;
}

/** What became of one file of results. */
export function reportView(report: ResultReport, frame: ViewFrame): SectionsView {
  const { t, format } = frame;
  const { name, rowCount, refused } = report;
  const taken = rowCount === null ? 0 : rowCount - refused.length;
  return {
    title: showName(name.slice('2026-01-01-'.length)),
    lead: t('billing.payouts.report.lead', {
      taken: format.count(taken),
      refused: format.count(refused.length),
    }),
    crumbs: [{ href: tabHref('results'), label: t('billing.payouts.results.title') }],
    headBadge: outcomeBadge(report, t),
    banners:
      report.outcome === 'refused'
        ? [{ tone: 'bad', text: t('billing.payouts.report.refused') }]
        : refused.length > 0
          ? [{ tone: 'warn', text: t('billing.payouts.report.mend-text') }]
          : [{ tone: 'good', text: t('billing.payouts.report.all') }],
    sections:
      refused.length === 0
        ? []
        : [
            {
              id: 'refused',
              title: t('billing.payouts.report.rows'),
              links: [{ href: `${reportHref(name)}/mend`, label: t('billing.payouts.report.mend') }],
              table: {
                caption: t('billing.payouts.report.rows'),
                isCaptionUnseen: true,
                isDense: true,
                columns: [
                  { label: t('billing.payouts.column.row') },
                  { label: t('billing.payouts.column.why') },
                  { label: t('billing.payouts.column.text'), isLong: true },
                ],
                rows: refused.slice(0, MAX_ROWS).map(({ row, fault, text }) => ({
                  cells: [format.count(row), resultFaultText(fault, t), text],
                })),
              },
            },
          ],
  };
}
