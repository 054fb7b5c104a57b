import type { Deps } from '../deps.ts';
import { checkEquation, compareFigures, sumOf } from './evaluate-equation.rules.ts';
import { findPrevious, type ExplainedSettlement } from './explained-settlement.queries.ts';
import type { SettlementFigure } from './figure-address.rules.ts';
import { money, type Equation, type FigureBody, type Operand } from './figure-node.types.ts';

/** A figure of the settlement as an operand with its own address. */
export function operandOf(
  { number }: Pick<ExplainedSettlement, 'number'>,
  figure: SettlementFigure,
  { sign = '+', minor }: { sign?: Operand['sign']; minor: bigint },
): Operand {
  const address = { of: 'settlement', number, figure } as const;
  return { sign, label: { name: figure }, value: money(minor), address };
}

/** What the payout and the balance that is carried have in common: the net, with the terms that are not zero. */
function netOperands(settlement: ExplainedSettlement): readonly Operand[] {
  const terms: readonly (readonly [SettlementFigure, Operand['sign'], bigint])[] = [
    ['refunded', '−', settlement.refundedMinor],
    ['fee', '−', settlement.feeExTaxMinor],
    ['fee-tax', '−', settlement.feeTaxMinor],
    ['set-up', '−', settlement.setUpExTaxMinor],
    ['set-up-tax', '−', settlement.setUpTaxMinor],
    ['commission', '−', settlement.commissionMinor],
    ['clawback', '−', settlement.clawbackMinor],
    ['recovery', '+', settlement.recoveryMinor],
    ['carried-in', '+', settlement.carriedInMinor],
    ['transfer-fee', '−', settlement.transferFeeMinor],
  ];
  return [
    operandOf(settlement, 'billed', { minor: settlement.billedMinor }),
    ...terms
      .filter(([figure, , minor]) => minor !== 0n || figure === 'fee')
      .map(([figure, sign, minor]) => operandOf(settlement, figure, { sign, minor })),
  ];
}

/** billed − refunds − fee − set-up − their tax − commissions − clawbacks + recoveries + carried in − transfer fee − carried out. */
export function explainPayout(settlement: ExplainedSettlement): FigureBody {
  const value = money(settlement.payoutMinor);
  const carried = settlement.carriedOutMinor;
  const equation: Equation = {
    operands: [
      ...netOperands(settlement),
      ...(carried === 0n ? [] : [operandOf(settlement, 'carried-out', { sign: '−', minor: carried })]),
    ],
  };
  const { ruleVersion: version, minimumPayoutMinor: amountMinor, validFrom: contractFrom } = settlement;
  const name = settlement.payoutMinor > 0n ? 'payout' : 'not-transferred';
  return {
    label: { name: 'payout' },
    value,
    equation,
    check: checkEquation(value, equation),
    rule: { name, version, amountMinor, contractFrom },
  };
}

/** What is not transferred: the whole net where it is negative or too small, else nothing. */
export function explainCarriedOut(settlement: ExplainedSettlement): FigureBody {
  const value = money(settlement.carriedOutMinor);
  const equation: Equation = {
    operands: [
      ...netOperands(settlement),
      ...(settlement.payoutMinor === 0n
        ? []
        : [operandOf(settlement, 'payout', { sign: '−', minor: settlement.payoutMinor })]),
    ],
  };
  const { minimumPayoutMinor: amountMinor, validFrom: contractFrom } = settlement;
  return {
    label: { name: 'carried-out' },
    value,
    equation,
    check: checkEquation(value, equation),
    rule: { name: 'carried-out', amountMinor, contractFrom },
  };
}

/** What the settlement before carried out; zero for the first. */
export async function explainCarriedIn(deps: Deps, settlement: ExplainedSettlement): Promise<FigureBody> {
  const value = money(settlement.carriedInMinor);
  const previous = await findPrevious(deps, settlement);
  const equation = previous
    ? sumOf([
        {
          label: { name: 'carried-out', period: previous.billingPeriod },
          value: money(previous.carriedOutMinor),
          address: { of: 'settlement', number: previous.number, figure: 'carried-out' },
        },
      ])
    : undefined;
  const comesTo = money(previous?.carriedOutMinor ?? 0n);
  return {
    label: { name: 'carried-in' },
    value,
    equation,
    check: compareFigures(value, comesTo),
    rule: { name: 'carried-in' },
  };
}

/** As agreed in the contract, when something is transferred and the company bears it. */
export function explainTransferFee({ transferFeeMinor, validFrom }: ExplainedSettlement): FigureBody {
  return {
    label: { name: 'transfer-fee' },
    value: money(transferFeeMinor),
    check: { outcome: 'unchecked', why: 'given' },
    rule: { name: 'transfer-fee', contractFrom: validFrom },
  };
}
