import { findTariffFaults, type TariffDefinition, type TariffFault } from '../../../tariffs/tariff.rules.ts';
import {
  countField,
  dateField,
  optional,
  textField,
  type Field,
  type InputOf,
} from '../../kit/form-fields.ts';
import { FieldFaults, readFields } from '../../kit/form-state.ts';
import { labelKey } from './form-words.rules.ts';

const amount = { min: 0, max: 999_999_999 };

/** A rate typed in percent, `5` or `5.25`, as basis points. */
function percentField(label: Field<number>['label']): Field<number> {
  return {
    label,
    read: (typed) => {
      const text = typed.normalize('NFKC').replaceAll(/[\s%]/g, '');
      if (text === '') return { fault: { key: 'kit.fault.missing' } };
      const [, whole = '', part = ''] = /^(\d{1,3})(?:\.(\d{1,2}))?$/.exec(text) ?? [];
      const value = whole === '' ? Number.NaN : Number(whole) * 100 + Number(part.padEnd(2, '0'));
      return value <= 10_000 ? { value } : { fault: { key: 'billing.companies.tariff.percent-fault' } };
    },
  };
}

const BAND = /^(\d{1,9})[:：](\d{1,9}(?:\.\d{1,2})?)(%|円)?$/;

/** Bands, one a line: `900: 45` for an amount a line, `1500: 3%` for a share. */
const bandsField: Field<TariffDefinition['bands']> = {
  label: labelKey('bands'),
  read: (typed) => {
    const lines = typed
      .normalize('NFKC')
      .split('\n')
      .map((line) => line.replaceAll(/[\s,、¥]/g, ''));
    const bands: TariffDefinition['bands'] = [];
    for (const line of lines.filter((text) => text !== '')) {
      const [, above, rate = '', unit] = BAND.exec(line) ?? [];
      const isPercent = unit === '%';
      if (above === undefined || (!isPercent && rate.includes('.')))
        return { fault: { key: 'billing.companies.tariff.bands-fault' } };
      const [whole = '', part = ''] = rate.split('.');
      bands.push({
        aboveAverageMinor: Number(above),
        kind: isPercent ? 'percent' : 'fixed-per-line',
        rate: isPercent ? Number(whole) * 100 + Number(part.padEnd(2, '0')) : Number(rate),
      });
    }
    return { value: bands };
  },
};

/** What a version of a tariff is typed as. */
export const tariffFields = {
  code: textField({ label: labelKey('code'), maxLength: 32 }),
  validFrom: dateField(labelKey('validFrom')),
  name: textField({ label: labelKey('name'), maxLength: 120 }),
  nameEn: textField({ label: labelKey('nameEn'), maxLength: 120 }),
  monthlyBaseMinor: countField(labelKey('monthlyBaseMinor'), amount),
  percent: percentField(labelKey('percentBps')),
  perLineMinimumMinor: countField(labelKey('perLineMinimumMinor'), amount),
  bands: bandsField,
  itemFlat: optional(countField('billing.companies.tariff.item-flat', amount)),
  itemStep: optional(countField('billing.companies.tariff.item-step', amount)),
  itemAbove: optional(countField('billing.companies.tariff.item-above', amount)),
  commission: optional(percentField(labelKey('partnerCommissionBps'))),
};

export type TariffTexts = { readonly [K in keyof typeof tariffFields]?: string | undefined };
export type TypedTariff = InputOf<typeof tariffFields>;

/** The version that typed fields make. */
export function tariffOfFields(typed: TypedTariff) {
  const { code, validFrom, name, nameEn, monthlyBaseMinor, percent, perLineMinimumMinor, bands } = typed;
  const { itemFlat, itemStep, itemAbove, commission } = typed;
  const isPerItem = [itemFlat, itemStep, itemAbove].some((value) => value !== undefined);
  const definition: TariffDefinition = {
    monthlyBaseMinor,
    percentBps: percent,
    perLineMinimumMinor,
    bands,
    ...(isPerItem && {
      perItem: {
        flatMinor: itemFlat ?? 0,
        stepAbove: itemStep ?? amount.max,
        flatAboveMinor: itemAbove ?? itemFlat ?? 0,
      },
    }),
    ...(commission !== undefined && { partnerCommissionBps: commission }),
  };
  return { code, validFrom, name, nameEn, definition };
}

export type ReadDraft =
  | { readonly draft: ReturnType<typeof tariffOfFields> }
  | { readonly fields: FieldFaults['faults']; readonly faults: readonly TariffFault[] };

/** The draft of an address: what it makes, or what is wrong with it, by the checks of the use case. */
export function readDraft(texts: TariffTexts): ReadDraft {
  try {
    const given = Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, text ?? '']));
    const draft = tariffOfFields(readFields(tariffFields, given));
    const faults = findTariffFaults(draft.definition);
    return faults.length > 0 ? { fields: {}, faults } : { draft };
  } catch (error) {
    if (!(error instanceof FieldFaults)) throw error;
    return { fields: error.faults, faults: [] };
  }
}

const percentText = (bps: number) => String(bps / 100);

/** A version as the fields that make it. */
export function textsOf({ definition: of }: { readonly definition: TariffDefinition }) {
  return {
    monthlyBaseMinor: String(of.monthlyBaseMinor),
    percent: percentText(of.percentBps),
    perLineMinimumMinor: String(of.perLineMinimumMinor),
    bands: of.bands
      .map(({ aboveAverageMinor, kind, rate }) =>
        kind === 'percent' ? `${aboveAverageMinor}: ${percentText(rate)}%` : `${aboveAverageMinor}: ${rate}`,
      )
      .join('\n'),
    itemFlat: of.perItem ? String(of.perItem.flatMinor) : '',
    itemStep: of.perItem ? String(of.perItem.stepAbove) : '',
    itemAbove: of.perItem ? String(of.perItem.flatAboveMinor) : '',
    commission: of.partnerCommissionBps === undefined ? '' : percentText(of.partnerCommissionBps),
  };
}
