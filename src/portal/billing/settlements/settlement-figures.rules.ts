import type { SettlementDetails } from '../../../settlements/settlement-details.queries.ts';
import type { ReviewedSettlement } from '../../../settlements/settlement.queries.ts';
import type { SettlementFigure } from '../../../explanations/figure-address.rules.ts';
import type { TableView } from '../../kit/component.types.ts';
import type { ViewFrame } from '../../kit/define-page.ts';
import { explainedCell } from '../explain/explain-link.rules.ts';
import { percentText, signed } from '../settlements-table.rules.ts';

/** The figures from what was billed to what is paid, each with its explanation; `-` in front of what is deducted. */
const amounts = [
  ['billedMinor', 1, 'billed'],
  ['refundedMinor', -1, 'refunded'],
  ['feeExTaxMinor', -1, 'fee'],
  ['feeTaxMinor', -1, 'fee-tax'],
  ['setUpExTaxMinor', -1, 'set-up'],
  ['setUpTaxMinor', -1, 'set-up-tax'],
  ['commissionMinor', -1, 'commission'],
  ['clawbackMinor', -1, 'clawback'],
  ['recoveryMinor', 1, 'recovery'],
  ['carriedInMinor', 1, 'carried-in'],
  ['carriedOutMinor', -1, 'carried-out'],
  ['transferFeeMinor', -1, 'transfer-fee'],
  ['payoutMinor', 1, 'payout'],
] as const satisfies readonly (readonly [keyof ReviewedSettlement, 1 | -1, SettlementFigure])[];

/** What only some months have: without it both columns stay out. */
const rare = new Set<string>([
  'setUpExTaxMinor',
  'setUpTaxMinor',
  'commissionMinor',
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
  const rows = shown.map(([name, sign, figure]) => {
    const own = settlement[name] * BigInt(sign);
    const then = before && before[name] * BigInt(sign);
    return [
      t(`billing.settlements.figure.${name}`),
      explained(format.money(own), settlement, figure, frame),
      ...(before && then !== undefined
        ? [explained(format.money(then), before, figure, frame), changeText(own, then, frame)]
        : []),
    ];
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

const explained = (
  text: string,
  { number }: ReviewedSettlement,
  figure: SettlementFigure,
  frame: ViewFrame,
) => explainedCell(text, { of: 'settlement', number, figure }, frame);

function changeText(own: bigint, then: bigint, frame: ViewFrame): string {
  const share = percentText(own - then, then);
  const change = signed(own - then, frame);
  return share === '' || own === then ? change : `${change} (${share})`;
}

/** N, items and the average, which enter the fee and no sum. */
function counts({ settlement, before }: Pick<SettlementDetails, 'settlement' | 'before'>, frame: ViewFrame) {
  const { t, format } = frame;
  const row = (label: string, figure: SettlementFigure, text: (of: ReviewedSettlement) => string) => [
    label,
    explained(text(settlement), settlement, figure, frame),
    ...(before ? [explained(text(before), before, figure, frame), ''] : []),
  ];
  return [
    row(t('billing.settlements.figure.lineCount'), 'lines', ({ lineCount }) => format.count(lineCount)),
    row(t('billing.settlements.figure.itemCount'), 'items', ({ itemCount }) => format.count(itemCount)),
    row(t('billing.settlements.figure.average'), 'average', (of) => averageText(of, format)),
  ];
}

/** T ÷ N, cut off after the yen; a dash where no line was billed. */
function averageText(
  { billedMinor, refundedMinor, lineCount }: ReviewedSettlement,
  format: ViewFrame['format'],
): string {
  return lineCount === 0 ? '–' : format.money((billedMinor - refundedMinor) / BigInt(lineCount));
}
