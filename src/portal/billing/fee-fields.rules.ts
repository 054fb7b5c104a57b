import type { Locale } from '../../shared/money.ts';
import type { ViewFrame } from '../kit/define-page.ts';

/** Fees stand among the changes of a proposal in words of both languages, of a contract one for each version of its tariff. */
const FEE = /^fee(Ja)?(?: (\d{4}-\d{2}-\d{2}))?$/;

/** The fields of a proposal without the fees in words of the other language. One of an earlier release has English alone. */
export function feesForReader<Value>(
  fields: readonly (readonly [string, Value])[],
  language: Locale,
): readonly (readonly [string, Value])[] {
  const isJa = language === 'ja' && fields.some(([field]) => FEE.exec(field)?.[1] !== undefined);
  return fields.filter(([field]) => {
    const [isFee, ja] = FEE.exec(field) ?? [];
    return isFee === undefined || (ja !== undefined) === isJa;
  });
}

/** What such a field is called; undefined for any other. */
export function feeLabel(field: string, { t, format }: Pick<ViewFrame, 't' | 'format'>): string | undefined {
  const [isFee, , from] = FEE.exec(field) ?? [];
  if (from !== undefined) return t('billing.approvals.field.fee-from', { date: format.date(from) });
  return isFee === undefined ? undefined : t('billing.approvals.field.fee');
}
