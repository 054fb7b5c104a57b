import type { TariffVersionContent } from '../../templates/contract/contract.types.ts';
import type { DateRange } from '../shared/date-range.rules.ts';
import type { Locale } from '../shared/money.ts';
import { describeTariff } from '../tariffs/tariff-wording.rules.ts';
import type { Tariff } from '../tariffs/tariff.entity.ts';
import { feeExamples } from './fee-curve.rules.ts';

type Version = Pick<Tariff, 'validFrom' | 'name' | 'nameEn' | 'definition'>;

/**
 * The versions of a tariff, rising by day, that are in force during a contract: the one of its first day, and those after it that
 * begin before its end. The name is that of the newest.
 */
export function versionsDuring(
  versions: readonly Version[],
  { validFrom, validTo }: DateRange,
  language: Locale,
): { tariffName: string; versions: TariffVersionContent[] } {
  const first = versions.findLast((version) => version.validFrom <= validFrom)?.validFrom ?? validFrom;
  const during = versions.filter(
    (version) => version.validFrom >= first && (validTo === null || version.validFrom < validTo),
  );
  const newest = during.at(-1);
  return {
    tariffName: (language === 'en' ? newest?.nameEn : newest?.name) ?? '',
    versions: during.map(({ validFrom: from, definition }) => ({
      validFrom: from,
      words: describeTariff(definition, language),
      minimumMinor: BigInt(definition.perLineMinimumMinor),
      curve: feeExamples(definition),
    })),
  };
}
