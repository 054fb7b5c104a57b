import { writeAverage } from '../shared/average.rules.ts';
import type { Deps } from '../deps.ts';
import { serviceKeyOf, serviceLabel } from './billed-nodes.ts';
import { countLines } from './charge-rows.queries.ts';
import { checkEquation, sumOf } from './evaluate-equation.rules.ts';
import type { ExplainedSettlement } from './explained-settlement.queries.ts';
import { countOf, exact, money, type Equation, type FigureBody } from './figure-node.types.ts';
import { findMonthWindow } from './month-window.queries.ts';
import { findServices, listBilledServices } from './settlement-lines.queries.ts';

/** N: distinct lines with a charge, less those whose charges were all refunded within the month. */
export async function explainLines(
  deps: Deps,
  { companyId, billingPeriod, lineCount, ruleVersion: version }: ExplainedSettlement,
): Promise<FigureBody> {
  const window = await findMonthWindow(deps, { companyId, period: billingPeriod });
  const counted = await countLines(deps, window);
  const body = {
    label: { name: 'lines' },
    value: countOf(lineCount),
    rule: { name: 'lines', version },
  } as const;
  if (!counted) return { ...body, check: { outcome: 'unchecked', why: 'large' } };
  const equation: Equation = {
    operands: [
      { sign: '+', label: { name: 'lines-charged' }, value: countOf(counted.charged) },
      { sign: '−', label: { name: 'lines-never-billed' }, value: countOf(counted.neverBilled) },
    ],
  };
  return { ...body, equation, check: checkEquation(body.value, equation) };
}

/** Charges that count, of all services. */
export async function explainItems(
  deps: Deps,
  { id, number, itemCount, ruleVersion: version }: ExplainedSettlement,
): Promise<FigureBody> {
  const billed = await listBilledServices(deps, id);
  const services = await findServices(
    deps,
    billed.map(({ serviceId }) => serviceId),
  );
  const value = countOf(itemCount);
  const equation = sumOf(
    billed.map((own) => ({
      label: serviceLabel(own, services),
      value: countOf(own.itemCount),
      address: { of: 'settlement', number, figure: 'service', ...serviceKeyOf(own) },
    })),
  );
  return {
    label: { name: 'items' },
    value,
    equation,
    check: checkEquation(value, equation),
    rule: { name: 'items', version },
  };
}

/** T ÷ N, as it is shown: two decimals, rounded down. Fees compare T with bound × N and never divide. */
export function explainAverage(settlement: ExplainedSettlement): FigureBody {
  const { billedMinor, refundedMinor, lineCount, number } = settlement;
  const value = exact(writeAverage(billedMinor - refundedMinor, lineCount));
  const equation: Equation = {
    operands: [
      {
        sign: '+',
        label: { name: 'total' },
        value: money(billedMinor - refundedMinor),
        address: { of: 'settlement', number, figure: 'total' },
      },
      {
        sign: '÷',
        label: { name: 'lines' },
        value: countOf(lineCount),
        address: { of: 'settlement', number, figure: 'lines' },
      },
    ],
    isFloored: true,
  };
  return {
    label: { name: 'average' },
    value,
    equation,
    check: checkEquation(value, equation),
    rule: { name: 'average' },
  };
}
