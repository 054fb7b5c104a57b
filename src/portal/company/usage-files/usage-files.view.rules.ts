import { publicId } from '../../../shared/public-id.rules.ts';
import { progressOf } from '../../../usage-files/usage-file-progress.rules.ts';
import { MAX_USAGE_FILE_BYTES } from '../../../usage-files/receive-usage-file.ts';
import type { getUsageFile } from '../../../usage-files/usage-file.queries.ts';
import type { BadgeView } from '../../kit/component.types.ts';
import type { ViewFrame } from '../../kit/define-page.ts';
import type { SectionsView, SectionView } from '../../kit/sections.types.ts';

type UsageFile = Awaited<ReturnType<typeof getUsageFile>>;

export const FILES_PATH = '/company/usage-files';
const MIB = 2 ** 20;

/** The page of a file. */
export const usageFileHref = (id: string) => `${FILES_PATH}/${publicId('usage-file', id)}`;

interface LoadedFiles {
  readonly files: readonly UsageFile[];
  readonly hasMore: boolean;
  readonly isFirst: boolean;
}

const TONES = {
  received: 'plain',
  checking: 'plain',
  charging: 'warn',
  releasing: 'plain',
  done: 'good',
  refused: 'bad',
} as const satisfies Record<UsageFile['state'], BadgeView['tone']>;

/** The state of a file in words; what is done with refused rows is said too. */
function badgeOf(
  { state, chargedCount, repeatedCount, refusedCount }: UsageFile,
  { t }: ViewFrame,
): BadgeView {
  if (state === 'done' && refusedCount > 0) {
    const isNothing = chargedCount === 0 && repeatedCount === 0;
    const words = isNothing ? 'company.usage-files.state.refused' : 'company.usage-files.state.done-partly';
    return { tone: isNothing ? 'bad' : 'warn', text: t(words) };
  }
  return { tone: TONES[state], text: t(`company.usage-files.state.${state}`) };
}

const nameOf = ({ id, filename }: UsageFile) => filename ?? publicId('usage-file', id);

/** The form that sends a file, what it does, and the files so far. */
export function usageFilesView({ files, hasMore, isFirst }: LoadedFiles, frame: ViewFrame): SectionsView {
  const { t, format, can } = frame;
  const last = files.at(-1);
  return {
    title: t('company.usage-files.title'),
    lead: t('company.usage-files.lead'),
    sections: [
      ...(can('charges:write') && isFirst ? [uploadOf(frame)] : []),
      {
        id: 'files',
        title: t('company.usage-files.files'),
        table: {
          caption: t('company.usage-files.files'),
          isCaptionUnseen: true,
          isDense: true,
          columns: [
            { label: t('company.usage-files.file'), isLong: true },
            { label: t('company.usage-files.sent-at') },
            { label: t('company.usage-files.state') },
            { label: t('company.usage-files.rows'), isNumber: true },
            { label: t('company.usage-files.charged'), isNumber: true },
            { label: t('company.usage-files.refused'), isNumber: true },
            { label: t('company.usage-files.amount'), isNumber: true },
          ],
          rows: files.map((file) => ({
            cells: [
              { text: nameOf(file), href: usageFileHref(file.id) },
              format.dateTime(file.createdAt),
              { badge: badgeOf(file, frame) },
              format.count(file.rowCount ?? file.readCount),
              format.count(file.chargedCount),
              format.count(file.refusedCount),
              format.money(file.chargedMinor),
            ],
          })),
          empty: { title: t('company.usage-files.none'), text: t('company.usage-files.none-text') },
        },
      },
    ],
    ...(hasMore && last && { pager: { next: `${FILES_PATH}?after=${publicId('usage-file', last.id)}` } }),
  };
}

function uploadOf({ t }: ViewFrame): SectionView {
  return {
    id: 'send',
    title: t('company.usage-files.send-title'),
    text: t('company.usage-files.effect'),
    upload: {
      name: 'file',
      label: t('company.usage-files.file'),
      hint: t('company.usage-files.hint', { max: MAX_USAGE_FILE_BYTES / MIB }),
      accept: '.csv,text/csv',
      check: {
        name: 'partial',
        label: t('company.usage-files.partial'),
        hint: t('company.usage-files.partial-hint'),
      },
      action: FILES_PATH,
      submit: t('company.usage-files.send'),
      formName: 'company.usage-files-form',
    },
    links: [{ href: '/docs#usage-files', label: t('company.usage-files.to-guide') }],
  };
}

/** One file: how far it is, what became of its rows, and where its result is. */
export function usageFileView({ file }: { readonly file: UsageFile }, frame: ViewFrame): SectionsView {
  const { t, format } = frame;
  const { state, refusedCount, rowsPurgedAt } = file;
  const isOver = file.finishedAt != null;
  const count = (of: number) => t('company.usage-files.row-count', { count: format.count(of) });
  return {
    title: nameOf(file),
    lead: t(file.isPartial ? 'company.usage-files.is-partial' : 'company.usage-files.is-whole'),
    headBadge: badgeOf(file, frame),
    crumbs: [{ href: FILES_PATH, label: t('company.usage-files.title') }],
    ...(!isOver && { actions: [{ href: usageFileHref(file.id), label: t('company.usage-files.refresh') }] }),
    banners: bannersOf(file, frame),
    sections: [
      ...(isOver
        ? []
        : [
            {
              id: 'progress',
              title: t('company.usage-files.progress'),
              progress: {
                label: t(`company.usage-files.state.${state}`),
                text: t('company.usage-files.percent', { percent: progressOf(file) }),
                max: 100,
                value: progressOf(file),
              },
            },
          ]),
      {
        id: 'result',
        title: t('company.usage-files.result'),
        facts: [
          { label: t('company.usage-files.rows'), text: count(file.rowCount ?? file.readCount) },
          { label: t('company.usage-files.charged'), text: count(file.chargedCount) },
          { label: t('company.usage-files.amount'), text: format.money(file.chargedMinor) },
          { label: t('company.usage-files.repeated'), text: count(file.repeatedCount) },
          { label: t('company.usage-files.refused'), text: count(refusedCount) },
        ],
        links:
          isOver && rowsPurgedAt == null
            ? [{ href: `${usageFileHref(file.id)}/result.csv`, label: t('company.usage-files.download') }]
            : [],
      },
      {
        id: 'file',
        title: t('company.usage-files.about'),
        facts: [
          { label: t('company.usage-files.number'), text: publicId('usage-file', file.id) },
          { label: t('company.usage-files.sent-at'), text: format.dateTime(file.createdAt) },
          ...(file.finishedAt == null
            ? []
            : [{ label: t('company.usage-files.finished-at'), text: format.dateTime(file.finishedAt) }]),
          { label: 'SHA-256', text: file.contentHash },
        ],
      },
    ],
  };
}

function bannersOf(
  { state, refusal, refusalDetail, refusedCount, isPartial, rowsPurgedAt }: UsageFile,
  { t, format }: ViewFrame,
): NonNullable<SectionsView['banners']> {
  const purged =
    rowsPurgedAt == null ? [] : [{ tone: 'info', text: t('company.usage-files.purged') } as const];
  if (state === 'refused' && refusal === 'unreadable')
    return [
      ...purged,
      { tone: 'bad', title: t('company.usage-files.unreadable'), text: refusalDetail ?? '' },
    ];
  if (state === 'refused')
    return [
      ...purged,
      {
        tone: 'bad',
        title: t('company.usage-files.nothing-charged', { count: format.count(refusedCount) }),
        text: t('company.usage-files.nothing-charged-text'),
      },
    ];
  if (state === 'done' && refusedCount > 0)
    return [
      ...purged,
      {
        tone: 'warn',
        title: t('company.usage-files.some-refused', { count: format.count(refusedCount) }),
        text: t(
          isPartial ? 'company.usage-files.some-refused-text' : 'company.usage-files.late-refused-text',
        ),
      },
    ];
  return purged;
}
