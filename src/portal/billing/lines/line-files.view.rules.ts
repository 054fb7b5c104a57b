import { MAX_LINE_FILE_BYTES } from '../../../line-import/receive-line-file.ts';
import { showName } from '../../../line-import/inbox-names.rules.ts';
import type { listLineFiles, LineFile } from '../../../line-import/line-files.queries.ts';
import type { BadgeView, HeadView, TableView, UploadView } from '../../kit/component.types.ts';
import type { PageView, ViewFrame } from '../../kit/define-page.ts';

export const FILES_HREF = '/billing/lines/files';

export interface LineFilesView extends PageView, HeadView {
  readonly upload: UploadView;
  readonly waiting: TableView;
  readonly files: TableView;
}

export const fileHref = (name: string): string => `${FILES_HREF}/${encodeURIComponent(name)}`;

/** The name that its sender gave a file. */
export const ownName = ({ name, date }: Pick<LineFile, 'name' | 'date'>): string =>
  showName(name.slice(date.length + 1));

type Loaded = Awaited<ReturnType<typeof listLineFiles>> & { readonly today: string };

/** What waits for the next import, and what became of the files before. */
export function lineFilesView({ waiting, files, today }: Loaded, frame: ViewFrame): LineFilesView {
  const { t, format, can } = frame;
  const href = `/billing/runs/start?job=import-lines&date=${today}`;
  const start = { href, label: t('billing.line-files.import-now') };
  return {
    title: t('billing.line-files.title'),
    lead: t(waiting.length === 0 ? 'billing.line-files.lead' : 'billing.line-files.lead-waiting', {
      count: format.count(waiting.length),
    }),
    crumbs: [{ href: '/billing/lines', label: t('billing.lines.title') }],
    ...(can('runs:execute') && waiting.length > 0 && { actions: [{ ...start, isPrimary: true }] }),
    upload: {
      name: 'file',
      label: t('billing.line-files.file'),
      hint: t('billing.line-files.hint', { max: MAX_LINE_FILE_BYTES / MIB }),
      accept: '.csv,text/csv',
      action: FILES_HREF,
      submit: t('billing.line-files.send'),
      formName: 'billing.line-files-form',
    },
    waiting: {
      caption: t('billing.line-files.waiting'),
      isCaptionUnseen: true,
      isDense: true,
      columns: [
        { label: t('billing.line-files.file'), isLong: true },
        { label: t('billing.line-files.size'), isNumber: true },
        { label: t('billing.line-files.arrived') },
      ],
      rows: waiting.map(({ name, size, arrivedAt }) => ({
        cells: [showName(name), sizeText(size, frame), format.dateTime(arrivedAt)],
      })),
      empty: { title: t('billing.line-files.none-waiting'), text: t('billing.line-files.none-waiting-text') },
    },
    files: fileTable(files, frame),
  };
}

const KIB = 1_024;
const MIB = 2 ** 20;

const sizeText = (bytes: number, { format }: ViewFrame): string =>
  `${format.count(Math.max(1, Math.ceil(bytes / KIB)))} KiB`;

function fileTable(files: readonly LineFile[], frame: ViewFrame): TableView {
  const { t, format } = frame;
  const count = (of: number | undefined) => (of === undefined ? '' : format.count(of));
  return {
    caption: t('billing.line-files.read'),
    isCaptionUnseen: true,
    isDense: true,
    columns: [
      { label: t('billing.line-files.file'), isLong: true },
      { label: t('billing.line-files.date') },
      { label: t('billing.line-files.outcome') },
      { label: t('billing.line-files.rows'), isNumber: true },
      { label: t('billing.line-files.added'), isNumber: true },
      { label: t('billing.line-files.changed'), isNumber: true },
      { label: t('billing.line-files.unchanged'), isNumber: true },
      { label: t('billing.line-files.refused'), isNumber: true },
    ],
    rows: files.map((file) => ({
      cells: [
        { text: ownName(file), href: fileHref(file.name) },
        format.date(file.date),
        { badge: outcomeBadge(file, frame) },
        count(file.counts?.read),
        count(file.counts?.added),
        count(file.counts?.changed),
        count(file.counts?.unchanged),
        count(file.counts?.refused),
      ],
    })),
    empty: { title: t('billing.line-files.none'), text: '' },
  };
}

/** What became of a file, in words. */
export function outcomeBadge({ outcome, hasErrors }: LineFile, { t }: ViewFrame): BadgeView {
  if (outcome === 'refused') return { tone: 'bad', text: t('billing.line-files.outcome.refused') };
  if (hasErrors) return { tone: 'warn', text: t('billing.line-files.outcome.errors') };
  return { tone: 'good', text: t('billing.line-files.outcome.done') };
}
