import type { Equation, FigureCheck, FigureValue, Operand } from './figure-node.types.ts';

/** A number as a fraction. */
interface Fraction {
  readonly top: bigint;
  readonly bottom: bigint;
}

const ZERO: Fraction = { top: 0n, bottom: 1n };
const BPS = 10_000n;

/** What an equation comes to, in the unit of the figure; exact until its one rounding, downwards. */
export function evaluateEquation({ operands, isFloored }: Equation, like: FigureValue): FigureValue {
  let [sum, term] = [ZERO, ZERO];
  for (const operand of operands) {
    const value = fractionOf(operand.value);
    if (operand.sign === '×') term = { top: term.top * value.top, bottom: term.bottom * value.bottom };
    else if (operand.sign === '÷') term = divide(term, value);
    else {
      sum = add(sum, term);
      term = operand.sign === '−' ? { ...value, top: -value.top } : value;
    }
  }
  return inUnitOf(like, add(sum, term), isFloored ?? false);
}

/** Compares a stored value with what its equation comes to. */
export function checkEquation(value: FigureValue, equation: Equation): FigureCheck {
  return compareFigures(value, evaluateEquation(equation, value));
}

/** Compares a stored value with a recomputed one. */
export function compareFigures(value: FigureValue, comesTo: FigureValue): FigureCheck {
  const [stored, expected] = [fractionOf(value), fractionOf(comesTo)];
  return stored.top * expected.bottom === expected.top * stored.bottom
    ? { outcome: 'matches' }
    : { outcome: 'differs', comesTo };
}

/** Operands that are added up. */
export function sumOf(operands: readonly Omit<Operand, 'sign'>[]): Equation {
  return { operands: operands.map((operand) => ({ ...operand, sign: '+' })) };
}

function fractionOf(value: FigureValue): Fraction {
  switch (value.unit) {
    case 'money':
      return { top: value.minor, bottom: 1n };
    case 'count':
      return { top: BigInt(value.count), bottom: 1n };
    case 'rate':
      return { top: BigInt(value.bps), bottom: BPS };
    case 'exact':
      return parseDecimal(value.decimal);
    default:
      return value satisfies never;
  }
}

function parseDecimal(text: string): Fraction {
  const [whole = '0', fraction = ''] = text.split('.');
  return { top: BigInt(whole + fraction), bottom: 10n ** BigInt(fraction.length) };
}

const add = (a: Fraction, b: Fraction): Fraction => ({
  top: a.top * b.bottom + b.top * a.bottom,
  bottom: a.bottom * b.bottom,
});

/** By zero it is zero: an average without lines. */
const divide = (a: Fraction, b: Fraction): Fraction =>
  b.top === 0n ? ZERO : { top: a.top * b.bottom, bottom: a.bottom * b.top };

function floorOf({ top, bottom }: Fraction): bigint {
  return top / bottom - (top % bottom < 0n ? 1n : 0n);
}

function inUnitOf(like: FigureValue, value: Fraction, isFloored: boolean): FigureValue {
  if (like.unit === 'count') return { unit: 'count', count: Number(floorOf(value)) };
  if (like.unit === 'money' && (isFloored || value.top % value.bottom === 0n)) {
    return { unit: 'money', minor: floorOf(value) };
  }
  // A decimal as long as the stored one, or four places.
  const places = like.unit === 'exact' ? (like.decimal.split('.')[1]?.length ?? 0) : 4;
  const scaled = floorOf({ top: value.top * 10n ** BigInt(places), bottom: value.bottom });
  return { unit: 'exact', decimal: writeDecimal(scaled, places) };
}

function writeDecimal(scaled: bigint, places: number): string {
  if (places === 0) return String(scaled);
  const digits = String(scaled < 0n ? -scaled : scaled).padStart(places + 1, '0');
  return `${scaled < 0n ? '-' : ''}${digits.slice(0, -places)}.${digits.slice(-places)}`;
}
