import type { BilledMonth, Fee } from '../settlements/fee.rules.ts';
import type { TariffDefinition } from '../tariffs/tariff.rules.ts';
import type { SettlementFigure } from './figure-address.rules.ts';
import {
  countOf,
  exact,
  money,
  rateOf,
  type Equation,
  type FigureLabel,
  type FigureValue,
  type Operand,
} from './figure-node.types.ts';

export type FeePart = 'fee-base' | 'fee-items' | 'fee-minimum' | 'fee-percent' | 'fee-band';

interface FeeMade {
  readonly fee: Fee;
  readonly billed: BilledMonth;
  readonly tariff: TariffDefinition;
  readonly number: string;
}

/** A component of a fee, and what it is made of; undefined for a component that this fee does not have. */
export function feePartEquation(
  part: FeePart,
  made: FeeMade,
): { readonly value: FigureValue; readonly equation?: Equation } | undefined {
  const { fee, billed, tariff } = made;
  const { components } = fee;
  const total = ofSettlement(made, 'total', money(billed.totalMinor));
  const lines = ofSettlement(made, 'lines', countOf(billed.lineCount));
  const isFree = billed.totalMinor <= 0n;
  switch (part) {
    case 'fee-base':
      return { value: exact(components.base) };
    case 'fee-minimum':
      return product(components.minimum, isFree, [
        { ...amount('per-line', tariff.perLineMinimumMinor), sign: '+' },
        { ...lines, sign: '×' },
      ]);
    case 'fee-percent':
      return product(components.percent, isFree, [total, rate('percent-rate', tariff.percentBps)]);
    case 'fee-band': {
      const { band } = fee;
      if (!band || components.band === undefined) return undefined;
      return band.kind === 'percent'
        ? product(components.band, isFree, [total, rate('band-rate', band.rate)])
        : product(components.band, isFree, [amount('per-line', band.rate), { ...lines, sign: '×' }]);
    }
    case 'fee-items':
      return product(components.items, isFree, itemOperands(made));
    default:
      return part satisfies never;
  }
}

/** The volume steps: the first items at one price, those above the step at another. */
function itemOperands(made: FeeMade): readonly Operand[] {
  const { perItem } = made.tariff;
  if (!perItem) return [];
  const { itemCount } = made.billed;
  const counted = Math.min(itemCount, perItem.stepAbove);
  const address = { of: 'settlement', number: made.number, figure: 'items' } as const;
  const above = itemCount - counted;
  return [
    amount('per-item', perItem.flatMinor),
    { sign: '×', label: { name: 'items-counted' }, value: countOf(counted), address },
    ...(above > 0
      ? ([
          amount('per-item-above', perItem.flatAboveMinor),
          { sign: '×', label: { name: 'items-above' }, value: countOf(above), address },
        ] as const)
      : []),
  ];
}

/** Where nothing was billed there is no fee, whatever its components would be. */
function product(decimal: string, isFree: boolean, operands: readonly Operand[]) {
  const value = exact(decimal);
  return isFree || operands.length === 0 ? { value } : { value, equation: { operands } };
}

function ofSettlement({ number }: FeeMade, figure: SettlementFigure, value: FigureValue): Operand {
  return { sign: '+', label: { name: figure }, value, address: { of: 'settlement', number, figure } };
}

const amount = (name: FigureLabel['name'], minor: number): Operand => ({
  sign: '+',
  label: { name },
  value: money(BigInt(minor)),
});

const rate = (name: FigureLabel['name'], bps: number): Operand => ({
  sign: '×',
  label: { name },
  value: rateOf(bps),
});
