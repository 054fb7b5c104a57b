import {
  breakEvenAverage,
  minimumAbovePercent,
  type AverageFee,
} from '../../../settlements/average-fee.rules.ts';
import { explainFee } from '../../../settlements/fee-wording.rules.ts';
import type { listOwnServiceMonths } from '../../../settlements/own-settlements.queries.ts';
import type { TariffVersion } from '../../../settlements/settlement.rules.ts';
import { formatPercent } from '../../../shared/average.rules.ts';
import type { FactView, TableView } from '../../kit/component.types.ts';
import type { ViewFrame } from '../../kit/define-page.ts';
import type { SectionsView, SectionView } from '../../kit/sections.types.ts';
import { explained, moneyTabs, settlementHref } from './settlement-parts.rules.ts';
import { serviceMonths, type ServiceMonth } from './service-months.rules.ts';

interface LoadedMinimum {
  readonly months: Awaited<ReturnType<typeof listOwnServiceMonths>>;
  readonly tariff: TariffVersion | undefined;
  readonly typed: { readonly average: string; readonly lines: string };
  readonly foreseen: (AverageFee & { readonly averageMinor: bigint; readonly lineCount: number }) | undefined;
  readonly isUnread: boolean;
}

/** Where the minimum per line is more than the percentage, and what an average price would cost. */
export function minimumView(loaded: LoadedMinimum, frame: ViewFrame): SectionsView {
  const { months, tariff, typed, foreseen, isUnread } = loaded;
  const { t, format } = frame;
  const even = tariff && breakEvenAverage(tariff.definition);
  const { perLineMinimumMinor = 0, percentBps = 0 } = tariff?.definition ?? {};
  return {
    title: t('company.minimum.title'),
    lead:
      even === undefined
        ? t(tariff ? 'company.minimum.lead-none' : 'company.minimum.lead-no-tariff')
        : t('company.minimum.lead', {
            average: format.money(even),
            minimum: format.money(perLineMinimumMinor),
            percent: formatPercent(percentBps),
          }),
    parts: moneyTabs(frame, 'minimum'),
    banners: isUnread ? [{ tone: 'warn', text: t('company.minimum.unread') }] : [],
    ...(tariff && {
      filter: {
        action: '/company/minimum-fee',
        fields: [
          {
            name: 'average',
            label: t('company.minimum.average'),
            value: typed.average,
            inputmode: 'numeric',
          },
          { name: 'lines', label: t('company.minimum.lines'), value: typed.lines, inputmode: 'numeric' },
        ],
        active: [],
        clearHref: '/company/minimum-fee',
        found: '',
        submit: t('company.minimum.calculate'),
      },
    }),
    sections: [
      ...(foreseen && tariff ? [foreseenSection(foreseen, tariff, frame)] : []),
      {
        id: 'months',
        title: t('company.minimum.months'),
        text: t('company.minimum.months-text'),
        table: monthsTable(loaded, frame),
      },
      {
        id: 'services',
        title: t('company.minimum.services'),
        text: t('company.minimum.services-text'),
        table: servicesTable(
          months.flatMap((month) => serviceMonths(month)),
          frame,
        ),
      },
    ],
  };
}

const number = (label: string, text: string, more: Partial<FactView> = {}): FactView => ({
  label,
  text,
  isNumber: true,
  ...more,
});

function foreseenSection(
  foreseen: NonNullable<LoadedMinimum['foreseen']>,
  { definition }: TariffVersion,
  frame: ViewFrame,
): SectionView {
  const { t, format, language } = frame;
  const { averageMinor, lineCount, totalMinor, fee, shareBps } = foreseen;
  const billed = { totalMinor, lineCount, itemCount: lineCount };
  return {
    id: 'foreseen',
    title: t('company.minimum.foreseen', {
      average: format.money(averageMinor),
      lines: format.count(lineCount),
    }),
    text: explainFee({ tariff: definition, billed, fee, locale: language }),
    facts: [
      number(t('company.figure.total'), format.money(totalMinor)),
      number(t('company.minimum.by-percent'), decimalText(fee.components.percent, format)),
      number(t('company.minimum.by-minimum'), decimalText(fee.components.minimum, format)),
      number(t('company.figure.fee'), format.money(fee.feeExTaxMinor), {
        isTotal: true,
        ...(shareBps !== undefined && {
          note: t('company.minimum.share', { percent: formatPercent(shareBps) }),
        }),
      }),
      number(t('company.minimum.left'), format.money(totalMinor - fee.feeExTaxMinor)),
    ],
  };
}

/** An exact component, cut off after the yen. */
const decimalText = (decimal: string, format: ViewFrame['format']) =>
  format.money(BigInt(decimal.split('.')[0] ?? '0'));

/** Each settled month by what set its fee. */
function monthsTable({ months }: LoadedMinimum, { t, format }: ViewFrame): TableView {
  return {
    caption: t('company.minimum.months'),
    isCaptionUnseen: true,
    isDense: true,
    columns: [
      { label: t('company.settlements.month') },
      { label: t('company.figure.lines'), isNumber: true },
      { label: t('company.figure.average'), isNumber: true },
      { label: t('company.figure.fee'), isNumber: true },
      { label: t('company.minimum.set-by') },
      { label: t('company.minimum.above'), isNumber: true },
    ],
    rows: months.map(({ settlement }) => {
      const { number, lineCount, feeBranch, feeExTaxMinor, definition } = settlement;
      const totalMinor = settlement.billedMinor - settlement.refundedMinor;
      const above = minimumAbovePercent(definition, { totalMinor, lineCount });
      const of = (figure: 'lines' | 'average' | 'fee', text: string) =>
        explained(text, { of: 'settlement', number, figure });
      return {
        cells: [
          { text: format.month(settlement.billingPeriod), href: settlementHref(number) },
          of('lines', format.count(lineCount)),
          of('average', lineCount === 0 ? '–' : format.money(totalMinor / BigInt(lineCount))),
          of('fee', format.money(feeExTaxMinor)),
          {
            badge: {
              tone: feeBranch === 'minimum' && above > 0n ? ('warn' as const) : ('plain' as const),
              text: t(`company.minimum.branch.${feeBranch}`),
            },
          },
          feeBranch === 'minimum' ? format.money(above) : '',
        ],
      };
    }),
    empty: { title: t('company.settlements.none'), text: t('company.settlements.none-text') },
  };
}

/** Services whose own average is below what the minimum is made for. */
function servicesTable(rows: readonly ServiceMonth[], { t, format, language }: ViewFrame): TableView {
  return {
    caption: t('company.minimum.services'),
    isCaptionUnseen: true,
    isDense: true,
    columns: [
      { label: t('company.charge.service'), isLong: true },
      { label: t('company.settlements.month') },
      { label: t('company.figure.lines'), isNumber: true },
      { label: t('company.charge.amount'), isNumber: true },
      { label: t('company.figure.average'), isNumber: true },
      { label: t('company.minimum.above'), isNumber: true },
    ],
    rows: rows.map((row) => ({
      cells: [
        language === 'ja' ? row.name : row.nameEn,
        format.month(row.period),
        format.count(row.lineCount),
        format.money(row.totalMinor),
        format.money(row.totalMinor / BigInt(row.lineCount)),
        format.money(row.aboveMinor),
      ],
    })),
    empty: { title: t('company.minimum.no-services'), text: t('company.minimum.no-services-text') },
  };
}
