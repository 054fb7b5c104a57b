import type {
  CollectionFileReport,
  CollectionFiles,
  KeptFile,
} from '../../../collections/collection-files.queries.ts';
import { showName } from '../../../line-import/inbox-names.rules.ts';
import type { ViewFrame } from '../../kit/define-page.ts';
import type { SectionsView, SectionView } from '../../kit/sections.types.ts';
import { collectionTabs, fileHref, tabHref, withQuery } from './collection-parts.rules.ts';

export const FILES_ON_PAGE = 50;
const MEGABYTE = 2 ** 20;
/** Kept files have the day in front of their name. */
const DAY_LENGTH = '2026-01-01'.length;

interface Files {
  readonly files: CollectionFiles;
  readonly query: { readonly before?: string };
  readonly maxBytes: number;
}

/** The carrier's files: one to send, those that wait, and those that were read. */
export function filesView({ files, query, maxBytes }: Files, frame: ViewFrame): SectionsView {
  const { t, can } = frame;
  const here = tabHref('files');
  const kept = files.kept.slice(0, FILES_ON_PAGE);
  return {
    title: t('billing.collections.files.title'),
    lead: t('billing.collections.files.lead'),
    parts: collectionTabs(t, 'files'),
    sections: [
      ...(can('collections:import')
        ? [
            {
              id: 'upload',
              title: t('billing.collections.files.upload'),
              upload: {
                name: 'file',
                label: t('billing.collections.files.file'),
                hint: t('billing.collections.files.hint', { max: Math.floor(maxBytes / MEGABYTE) }),
                accept: '.csv,text/csv',
                action: here,
                submit: t('billing.collections.files.submit'),
                formName: 'billing.collection-upload',
              },
            },
          ]
        : []),
      waitingSection(files, frame),
      keptSection(kept, frame),
    ],
    pager: {
      ...(query.before !== undefined && { first: here }),
      ...(files.kept.length > FILES_ON_PAGE && { next: withQuery(here, { before: kept.at(-1)!.name }) }),
    },
  };
}

function waitingSection({ waiting }: CollectionFiles, { t }: ViewFrame): SectionView {
  return {
    id: 'waiting',
    title: t('billing.collections.files.waiting'),
    text: t('billing.collections.files.waiting-text'),
    table: {
      caption: t('billing.collections.files.waiting'),
      isCaptionUnseen: true,
      isDense: true,
      columns: [
        { label: t('billing.collections.column.file') },
        { label: t('billing.collections.column.state') },
      ],
      rows: waiting.map(({ name, arrival }) => ({
        cells: [
          showName(name),
          {
            badge: {
              tone: arrival === 'unreadable' ? 'bad' : 'plain',
              text: t(`billing.collections.arrival.${arrival}`),
            },
          },
        ],
      })),
      empty: { title: t('billing.collections.files.none-waiting'), text: '' },
    },
  };
}

function keptSection(kept: readonly KeptFile[], { t, format }: ViewFrame): SectionView {
  return {
    id: 'kept',
    title: t('billing.collections.files.kept'),
    table: {
      caption: t('billing.collections.files.kept'),
      isCaptionUnseen: true,
      isDense: true,
      columns: [
        { label: t('billing.collections.column.file'), isLong: true },
        { label: t('billing.collections.column.read-on') },
        { label: t('billing.collections.column.outcome') },
      ],
      rows: kept.map((file) => ({
        cells: [
          { text: showName(file.name.slice(DAY_LENGTH + 1)), href: fileHref(file.name) },
          format.date(file.name.slice(0, DAY_LENGTH)),
          { badge: outcomeBadge(file, t) },
        ],
      })),
      empty: { title: t('billing.collections.files.none'), text: '' },
    },
  };
}

function outcomeBadge({ outcome, hasErrors }: KeptFile, t: ViewFrame['t']) {
  if (outcome === 'refused') return { tone: 'bad', text: t('billing.collections.outcome.refused') } as const;
  if (hasErrors) return { tone: 'warn', text: t('billing.collections.outcome.errors') } as const;
  return { tone: 'good', text: t('billing.collections.outcome.done') } as const;
}

/** What became of one file: its rows, and those that were refused with their reasons. */
export function fileView(file: CollectionFileReport, frame: ViewFrame): SectionsView {
  const { t, format } = frame;
  const { name, kind, rowCount, refusedCount, why } = file;
  return {
    title: showName(name.slice(DAY_LENGTH + 1)),
    lead: t('billing.collections.file.lead', { day: format.date(name.slice(0, DAY_LENGTH)) }),
    crumbs: [{ href: tabHref('files'), label: t('billing.collections.files.title') }],
    headBadge: outcomeBadge(file, t),
    banners:
      why !== null
        ? [{ tone: 'bad', title: t('billing.collections.file.refused'), text: why }]
        : refusedCount > 0
          ? [{ tone: 'warn', text: t('billing.collections.file.mend-text') }]
          : [],
    sections: [
      {
        id: 'counts',
        title: t('billing.collections.file.counts'),
        facts: [
          {
            label: t('billing.collections.file.kind'),
            text: kind === null ? '' : t(`billing.collections.kind.${kind}`),
          },
          {
            label: t('billing.collections.file.rows'),
            text: rowCount === null ? '' : format.count(rowCount),
          },
          {
            label: t('billing.collections.file.booked'),
            text: format.count(file.bookedCount),
            note: t('billing.collections.file.booked-note'),
          },
          { label: t('billing.collections.file.refused-rows'), text: format.count(refusedCount) },
          { label: t('billing.collections.file.checksum'), text: file.checksum ?? '' },
        ],
      },
      ...(refusedCount === 0 ? [] : [refusedSection(file, frame)]),
    ],
  };
}

function refusedSection(
  { name, refused, refusedCount }: CollectionFileReport,
  { t, format }: ViewFrame,
): SectionView {
  return {
    id: 'refused',
    title: t('billing.collections.file.refused-rows'),
    ...(refused.length < refusedCount && {
      text: t('billing.collections.file.first', { count: format.count(refused.length) }),
    }),
    links: [
      { href: `${fileHref(name)}/mend`, label: t('billing.collections.file.mend') },
      { href: `${fileHref(name)}/errors`, label: t('billing.collections.file.errors') },
    ],
    table: {
      caption: t('billing.collections.file.refused-rows'),
      isCaptionUnseen: true,
      isDense: true,
      columns: [
        { label: t('billing.collections.column.row') },
        { label: t('billing.collections.column.why') },
        { label: t('billing.collections.column.exactly'), isLess: true },
      ],
      rows: refused.map(({ row, code, reason }) => ({
        cells: [format.count(row), t(`billing.collections.fault.${code}`), reason],
      })),
    },
  };
}
