import { exportFormats, exportKinds, type ExportKind } from '../../../records/open-export.ts';
import type { FilterView, HeadView, TableView } from '../../kit/component.types.ts';
import type { PageView, ViewFrame } from '../../kit/define-page.ts';

export interface ExportsView extends PageView, HeadView {
  readonly filter: FilterView;
  readonly table: TableView;
}

interface Range {
  readonly from: string;
  readonly to: string;
}

/** The files that auditors take, of a range. */
export function exportsView({ from, to }: Range, { t, format }: ViewFrame): ExportsView {
  const hrefOf = (kind: ExportKind, name: string) =>
    `/billing/exports/file?${new URLSearchParams({ kind, format: name, from, to }).toString()}`;
  return {
    title: t('billing.exports.title'),
    lead: t('billing.exports.lead'),
    crumbs: [{ href: '/billing/audit', label: t('billing.audit.title') }],
    filter: {
      action: '/billing/exports',
      fields: [
        { name: 'from', label: t('billing.records.from'), value: from, type: 'date' },
        { name: 'to', label: t('billing.records.to'), value: to, type: 'date' },
      ],
      active: [],
      clearHref: '/billing/exports',
      found: t('billing.journal.range', { from: format.date(from), to: format.date(to) }),
    },
    table: {
      caption: t('billing.exports.title'),
      isCaptionUnseen: true,
      isDense: true,
      columns: [
        { label: t('billing.exports.what') },
        { label: t('billing.exports.by'), isLong: true },
        ...exportFormats.map((name) => ({ label: t(`billing.exports.format.${name}`) })),
      ],
      rows: exportKinds.map((kind) => ({
        cells: [
          t(`billing.exports.kind.${kind}`),
          t(`billing.exports.range.${kind}`),
          ...exportFormats.map((name) => ({
            text: t(`billing.exports.get.${name}`),
            href: hrefOf(kind, name),
          })),
        ],
      })),
    },
  };
}
