import type { FigureLabel, FigureValue, Named } from '../../explanations/figure-node.types.ts';
import { formatPercent, groupDecimal } from '../../shared/average.rules.ts';
import type { ClosingGroup } from '../../shared/calendar.rules.ts';
import type { ViewFrame } from '../kit/define-page.ts';

/** A figure as its unit is written: `12,345円`, `3,999.95円`, `12`, `5%`. */
export function figureText(value: FigureValue, { format, language }: ViewFrame): string {
  switch (value.unit) {
    case 'money':
      return format.money(value.minor);
    case 'count':
      return format.count(value.count);
    case 'rate':
      return formatPercent(value.bps);
    case 'exact':
      return language === 'ja' ? `${groupDecimal(value.decimal)}円` : `¥${groupDecimal(value.decimal)}`;
    default:
      return value satisfies never;
  }
}

/** What a figure is called, with the service, month, group or rate that it is of. */
export function labelText(label: FigureLabel, frame: ViewFrame): string {
  const { t, format } = frame;
  const { name, service, company, partner, closingGroup, tax, kind, period, supplierStatus } = label;
  const named = service ?? company;
  if (name === 'line' && kind !== undefined) {
    const group = closingGroup === undefined ? '' : groupText(closingGroup, frame);
    const what = t(`explain.kind.${kind}`);
    const of = period === undefined ? [] : [format.month(period)];
    return [named ? nameOf(named, frame) : '', group, what, ...of].filter((text) => text !== '').join(' · ');
  }
  const details = [
    ...(partner === undefined ? [] : [nameOf(partner, frame)]),
    ...(tax === undefined ? [] : [rateText(tax, frame)]),
    ...(supplierStatus === undefined ? [] : [t(`explain.supplier.${supplierStatus}`)]),
    ...(period === undefined ? [] : [format.month(period)]),
  ];
  const isNameOwn = name === 'service' || name === 'supplier';
  const title = isNameOwn && named ? nameOf(named, frame) : t(`explain.figure.${name}`);
  return [title, ...details].join(' · ');
}

export function rateText(
  { code, rateBps }: { readonly code: 'standard' | 'reduced'; readonly rateBps: number | null },
  { t }: ViewFrame,
): string {
  return t(`explain.tax.${code}`, { rate: rateBps === null ? '–' : formatPercent(rateBps) });
}

export function groupText(group: ClosingGroup, { t }: ViewFrame): string {
  return group === 31 ? t('explain.group.end') : t('explain.group', { day: group });
}

export function nameOf({ name, nameEn }: Named, { language }: ViewFrame): string {
  return language === 'ja' ? name : nameEn;
}
