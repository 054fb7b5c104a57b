import type { Deps } from '../deps.ts';
import { explainFee as sayFee } from '../settlements/fee-wording.rules.ts';
import type { Fee } from '../settlements/fee.rules.ts';
import { Problem } from '../shared/problem.ts';
import { describeTariff } from '../tariffs/tariff-wording.rules.ts';
import { checkEquation, compareFigures } from './evaluate-equation.rules.ts';
import { recalculateFee, type ExplainedSettlement } from './explained-settlement.queries.ts';
import { feePartEquation, type FeePart } from './fee-part.rules.ts';
import {
  exact,
  money,
  rateOf,
  type Equation,
  type FigureBody,
  type FigureRule,
  type Operand,
} from './figure-node.types.ts';
import { operandOf } from './payout-nodes.ts';

/** base + items + the larger of minimum and percentage or band, rounded down once. */
export async function explainFee(deps: Deps, settlement: ExplainedSettlement): Promise<FigureBody> {
  const { fee } = await recalculateFee(deps, settlement);
  const value = money(settlement.feeExTaxMinor);
  const equation = feeEquation(settlement, fee);
  const isSame = fee.branch === settlement.feeBranch;
  const check = compareFigures(value, money(fee.feeExTaxMinor));
  return {
    label: { name: 'fee' },
    value,
    equation,
    check: isSame ? check : { outcome: 'differs', comesTo: money(fee.feeExTaxMinor) },
    rule: await feeRule(deps, settlement, 'fee'),
  };
}

const isThere = ({ value }: Operand) => value.unit === 'exact' && value.decimal !== '0';

function feeEquation(settlement: ExplainedSettlement, fee: Fee): Equation {
  const { components } = fee;
  const part = (figure: FeePart, decimal: string): Operand => ({
    sign: '+',
    label: { name: figure },
    value: exact(decimal),
    address: { of: 'settlement', number: settlement.number, figure },
  });
  const minimum = part('fee-minimum', components.minimum);
  const average =
    components.band === undefined
      ? part('fee-percent', components.percent)
      : part('fee-band', components.band);
  const [larger, smaller] = fee.branch === 'minimum' ? [minimum, average] : [average, minimum];
  const setUp = components.setUp;
  return {
    operands: [
      larger,
      ...[part('fee-base', components.base), part('fee-items', components.items)].filter(isThere),
      ...(setUp === undefined
        ? []
        : [{ sign: '+', label: { name: 'fee-set-up' }, value: exact(setUp) } as const satisfies Operand]),
    ],
    isFloored: true,
    ...(isThere(smaller) && { smaller }),
  };
}

/** A component of the fee, exact. @throws Problem `not-found` for a band where the average lies in none */
export async function explainFeePart(
  deps: Deps,
  settlement: ExplainedSettlement,
  part: FeePart,
): Promise<FigureBody> {
  const { fee, billed } = await recalculateFee(deps, settlement);
  const { definition: tariff, number } = settlement;
  const found = feePartEquation(part, { fee, billed, tariff, number });
  if (!found) throw new Problem('not-found');
  const { value, equation } = found;
  return {
    label: { name: part },
    value,
    equation,
    check: equation ? checkEquation(value, equation) : { outcome: 'unchecked', why: 'given' },
    rule: await feeRule(deps, settlement, 'fee-part'),
  };
}

async function feeRule(
  deps: Deps,
  settlement: ExplainedSettlement,
  name: 'fee' | 'fee-part',
): Promise<FigureRule> {
  const { billed, fee } = await recalculateFee(deps, settlement);
  const {
    tariffCode,
    tariffFrom,
    tariffName,
    tariffNameEn,
    definition: tariff,
    ruleVersion: version,
  } = settlement;
  const say = (locale: 'ja' | 'en') => sayFee({ tariff, billed, fee, locale });
  return {
    name,
    version,
    contractFrom: settlement.validFrom,
    tariff: {
      code: tariffCode,
      name: tariffName,
      nameEn: tariffNameEn,
      validFrom: tariffFrom,
      terms: { ja: describeTariff(tariff, 'ja'), en: describeTariff(tariff, 'en') },
    },
    sentence: { ja: say('ja'), en: say('en') },
  };
}

/** The tax on the fee, rounded down once; none where the contract exempts the fee. */
export function explainFeeTax(settlement: ExplainedSettlement): FigureBody {
  const { feeTaxable, feeTaxMinor, feeExTaxMinor, feeTaxRateBps } = settlement;
  const value = money(feeTaxMinor);
  const label = { name: 'fee-tax' } as const;
  if (!feeTaxable) {
    return { label, value, check: compareFigures(value, money(0n)), rule: { name: 'fee-exempt' } };
  }
  const equation = taxEquation(operandOf(settlement, 'fee', { minor: feeExTaxMinor }), feeTaxRateBps);
  return { label, value, equation, check: checkEquation(value, equation), rule: { name: 'fee-tax' } };
}

/** The set-up fee of the contract, in its first settlement. */
export function explainSetUp({ setUpExTaxMinor, setUpFeeMinor, validFrom }: ExplainedSettlement): FigureBody {
  const value = money(setUpExTaxMinor);
  const rule = { name: 'set-up', contractFrom: validFrom, amountMinor: setUpFeeMinor } as const;
  const label = { name: 'set-up' } as const;
  if (setUpExTaxMinor === 0n) return { label, value, check: { outcome: 'unchecked', why: 'given' }, rule };
  const equation: Equation = {
    operands: [{ sign: '+', label: { name: 'contract-set-up' }, value: money(setUpFeeMinor) }],
  };
  return { label, value, equation, check: checkEquation(value, equation), rule };
}

/** The tax on the set-up fee, always at the standard rate. */
export function explainSetUpTax(settlement: ExplainedSettlement): FigureBody {
  const { setUpTaxMinor, setUpExTaxMinor, feeTaxRateBps } = settlement;
  const value = money(setUpTaxMinor);
  const equation = taxEquation(operandOf(settlement, 'set-up', { minor: setUpExTaxMinor }), feeTaxRateBps);
  return {
    label: { name: 'set-up-tax' },
    value,
    equation,
    check: checkEquation(value, equation),
    rule: { name: 'set-up-tax' },
  };
}

const taxEquation = (base: Operand, rateBps: number): Equation => ({
  operands: [base, { sign: '×', label: { name: 'tax-rate' }, value: rateOf(rateBps) }],
  isFloored: true,
});
