import type { LineFileReport } from '../../../line-import/line-files.queries.ts';
import type { CellView, FactView, HeadView, LinkView, TableView } from '../../kit/component.types.ts';
import type { PageView, ViewFrame } from '../../kit/define-page.ts';
import { isMessageKey } from '../../messages/translate.ts';
import { fileHref, FILES_HREF, outcomeBadge, ownName } from './line-files.view.rules.ts';

export interface LineFileView extends PageView, HeadView {
  readonly counts: readonly FactView[];
  readonly refused: TableView | undefined;
  readonly refusedText: string;
  readonly mend: LinkView | undefined;
  readonly run: LinkView | undefined;
}

/** What became of one file of the line master: its counts, and each refused row with the reason. */
export function lineFileView(file: LineFileReport, frame: ViewFrame): LineFileView {
  const { t, format, can } = frame;
  const { name, date, outcome, hasErrors, counts, refused, hasMore } = file;
  const fact = (of: 'added' | 'changed' | 'unchanged' | 'refused'): FactView => ({
    label: t(`billing.line-files.${of}`),
    text: format.count(counts![of]),
    isNumber: true,
  });
  return {
    title: ownName(file),
    lead: t(outcome === 'refused' ? 'billing.line-file.lead-refused' : 'billing.line-file.lead', {
      date: format.date(date),
    }),
    crumbs: [
      { href: '/billing/lines', label: t('billing.lines.title') },
      { href: FILES_HREF, label: t('billing.line-files.title') },
    ],
    headBadge: outcomeBadge(file, frame),
    counts: counts
      ? [
          fact('added'),
          fact('changed'),
          fact('unchanged'),
          fact('refused'),
          {
            label: t('billing.line-files.rows'),
            text: format.count(counts.read),
            isNumber: true,
            isTotal: true,
          },
        ]
      : [],
    refused: hasErrors ? refusedTable(refused, frame) : undefined,
    refusedText: t(hasMore ? 'billing.line-file.mend-more' : 'billing.line-file.mend-text', {
      count: format.count(refused.length),
    }),
    mend: hasErrors ? { href: `${fileHref(name)}/mend`, label: t('billing.line-file.mend') } : undefined,
    run: can('runs:read')
      ? { href: `/billing/runs/${date}/import-lines`, label: t('billing.line-file.run') }
      : undefined,
  };
}

function refusedTable(refused: LineFileReport['refused'], { t, format }: ViewFrame): TableView {
  return {
    caption: t('billing.line-file.refused'),
    isCaptionUnseen: true,
    isDense: true,
    columns: [
      { label: t('billing.line-file.row'), isNumber: true },
      { label: t('billing.line-file.line'), isNumber: true },
      { label: t('billing.line-file.reason'), isLong: true },
    ],
    rows: refused.map(({ row, line, code, reason }) => ({
      cells: [format.count(row), format.count(line), faultCell({ code, reason }, t)],
    })),
  };
}

/** In words, with what the check itself says: it quotes the value. A code of a later release has no words yet. */
function faultCell({ code, reason }: { code: string; reason: string }, t: ViewFrame['t']): CellView {
  const key = `billing.line-file.fault.${code}`;
  return isMessageKey(key) ? { text: t(key), note: reason } : { text: reason, note: code };
}
