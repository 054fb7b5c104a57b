import type { Dimension, ReportName, ReportRow } from '../../../reports/report.types.ts';
import type { Locale } from '../../../shared/money.ts';
import { isMessageKey, type MessageKey, type Translate } from '../../messages/translate.ts';

/** The label of a column: that of the report, if it has one of its own. */
export function columnLabel(t: Translate, report: ReportName, name: string): string {
  const own = `billing.reports.column.${report}.${name}`;
  return t(isMessageKey(own) ? own : (`billing.reports.column.${name}` as MessageKey));
}

interface RowWords {
  readonly by: Dimension;
  readonly language: Locale;
  readonly t: Translate;
}

/** What a row is called. */
export function rowName(row: ReportRow, { by, language, t }: RowWords): string {
  if (by === 'company' || by === 'service')
    return (language === 'ja' ? row.name : row.nameEn) ?? row.name ?? row.key;
  if (row.key === '') return t(`billing.reports.none.${by}`);
  if (by === 'group') return groupName(row.key, t);
  const known = `billing.reports.channel.${row.key}`;
  return by === 'channel' && isMessageKey(known) ? t(known) : row.key;
}

function groupName(key: string, t: Translate): string {
  if (key === '0') return t('billing.reports.group.bank');
  return key === '31' ? t('billing.reports.group.end') : t('billing.reports.group.day', { day: key });
}
