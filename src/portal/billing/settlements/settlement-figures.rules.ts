import type { SettlementDetails } from '../../../settlements/settlement-details.queries.ts';
import type { ReviewedSettlement } from '../../../settlements/settlement.queries.ts';
import type { TableView } from '../../kit/component.types.ts';
import type { ViewFrame } from '../../kit/define-page.ts';
import { percentText, signed } from '../settlements-table.rules.ts';

/** The figures from what was billed to what is paid; `-` in front of what is deducted. */
const amounts = [
  ['billedMinor', 1],
  ['refundedMinor', -1],
  ['feeExTaxMinor', -1],
  ['feeTaxMinor', -1],
  ['setUpExTaxMinor', -1],
  ['setUpTaxMinor', -1],
  ['clawbackMinor', -1],
  ['recoveryMinor', 1],
  ['carriedInMinor', 1],
  ['carriedOutMinor', -1],
  ['transferFeeMinor', -1],
  ['payoutMinor', 1],
] as const satisfies readonly (readonly [keyof ReviewedSettlement, 1 | -1])[];

/** What only some months have: without it both columns stay out. */
const rare = new Set<string>([
  'setUpExTaxMinor',
  'setUpTaxMinor',
  'clawbackMinor',
  'recoveryMinor',
  'transferFeeMinor',
]);

/** All figures of a settlement beside those of the month before, in the order in which they are added up to the payout. */
export function figuresTable({ settlement, before }: SettlementDetails, frame: ViewFrame): TableView {
  const { t, format } = frame;
  const shown = amounts.filter(
    ([name]) => !rare.has(name) || settlement[name] !== 0n || (before?.[name] ?? 0n) !== 0n,
  );
  const rows = shown.map(([name, sign]) => {
    const own = settlement[name] * BigInt(sign);
    const then = before && before[name] * BigInt(sign);
    return [t(`billing.settlements.figure.${name}`), format.money(own), ...compared(own, then, frame)];
  });
  return {
    caption: t('billing.settlements.figures'),
    isDense: true,
    columns: [
      { label: t('billing.settlements.figure') },
      { label: format.month(settlement.billingPeriod), isNumber: true },
      ...(before
        ? [
            { label: t('billing.settlements.month-before'), isNumber: true },
            { label: t('billing.settlements.change'), isNumber: true },
          ]
        : []),
    ],
    rows: [...counts({ settlement, before }, frame), ...rows.slice(0, -1)].map((cells) => ({ cells })),
    // The payout is what the rest comes to.
    foot: rows.at(-1)!,
  };
}

function compared(own: bigint, then: bigint | undefined, frame: ViewFrame): string[] {
  if (then === undefined) return [];
  const share = percentText(own - then, then);
  const change = signed(own - then, frame);
  return [frame.format.money(then), share === '' || own === then ? change : `${change} (${share})`];
}

/** N, items and the average, which enter the fee and no sum. */
function counts(
  { settlement, before }: Pick<SettlementDetails, 'settlement' | 'before'>,
  { t, format }: ViewFrame,
): string[][] {
  const row = (label: string, figure: (of: ReviewedSettlement) => string) => [
    label,
    figure(settlement),
    ...(before ? [figure(before), ''] : []),
  ];
  return [
    row(t('billing.settlements.figure.lineCount'), ({ lineCount }) => format.count(lineCount)),
    row(t('billing.settlements.figure.itemCount'), ({ itemCount }) => format.count(itemCount)),
    row(t('billing.settlements.figure.average'), (of) => averageText(of, format)),
  ];
}

/** T ÷ N, cut off after the yen; a dash where no line was billed. */
function averageText(
  { billedMinor, refundedMinor, lineCount }: ReviewedSettlement,
  format: ViewFrame['format'],
): string {
  return lineCount === 0 ? '–' : format.money((billedMinor - refundedMinor) / BigInt(lineCount));
}
