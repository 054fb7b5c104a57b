import type { Deps } from '../deps.ts';
import { Problem } from '../shared/problem.ts';
import { checkEquation, sumOf } from './evaluate-equation.rules.ts';
import type { ExplainedSettlement } from './explained-settlement.queries.ts';
import type { LineKey, ServiceKey } from './figure-address.rules.ts';
import { money, type FigureBody, type FigureLabel, type Named, type Operand } from './figure-node.types.ts';
import { operandOf } from './payout-nodes.ts';
import {
  findServices,
  listBilledServices,
  listLines,
  listRefundedPeriods,
} from './settlement-lines.queries.ts';

/** T: what was billed, less the refunds booked in the month. */
export function explainTotal(settlement: ExplainedSettlement): FigureBody {
  const { billedMinor, refundedMinor } = settlement;
  const value = money(billedMinor - refundedMinor);
  const equation = {
    operands: [
      operandOf(settlement, 'billed', { minor: billedMinor }),
      operandOf(settlement, 'refunded', { sign: '−', minor: refundedMinor }),
    ],
  };
  const rule = { name: 'total', version: settlement.ruleVersion } as const;
  return { label: { name: 'total' }, value, equation, check: checkEquation(value, equation), rule };
}

/** The sum of the services, before refunds. */
export async function explainBilled(
  deps: Deps,
  { id, number, billedMinor }: ExplainedSettlement,
): Promise<FigureBody> {
  const billed = await listBilledServices(deps, id);
  const services = await findServices(
    deps,
    billed.map(({ serviceId }) => serviceId),
  );
  const value = money(billedMinor);
  const equation = sumOf(
    billed.map((own) => ({
      label: serviceLabel(own, services),
      value: money(own.totalMinor),
      address: { of: 'settlement', number, figure: 'service', ...serviceKeyOf(own) },
    })),
  );
  return {
    label: { name: 'billed' },
    value,
    equation,
    check: checkEquation(value, equation),
    rule: { name: 'billed' },
  };
}

/** One service at one tax rate: the sum of its closing groups. @throws Problem `not-found` */
export async function explainService(
  deps: Deps,
  { id, number }: ExplainedSettlement,
  key: ServiceKey,
): Promise<FigureBody> {
  const lines = await listLines(deps, id, serviceKeyOf(key));
  if (lines.length === 0) throw new Problem('not-found');
  const services = await findServices(deps, [key.serviceId]);
  const value = money(lines.reduce((sum, { totalMinor }) => sum + totalMinor, 0n));
  const equation = sumOf(lines.map((line) => lineOperand(number, line, services)));
  return {
    label: serviceLabel(key, services),
    value,
    equation,
    check: checkEquation(value, equation),
    rule: { name: 'billed' },
  };
}

/** The refunds booked in the month, of whatever month the charges were. */
export async function explainRefunded(
  deps: Deps,
  { id, number, refundedMinor }: ExplainedSettlement,
): Promise<FigureBody> {
  const periods = await listRefundedPeriods(deps, id);
  const value = money(refundedMinor);
  const equation = sumOf(
    periods.map(({ originalPeriod: period, totalMinor }) => ({
      label: { name: 'refunds-of', period },
      value: money(-totalMinor),
      address: { of: 'settlement', number, figure: 'refunds-of', period },
    })),
  );
  return {
    label: { name: 'refunded' },
    value,
    equation,
    check: checkEquation(value, equation),
    rule: { name: 'refunded' },
  };
}

/** The refunds of charges of one month, as positive amounts. @throws Problem `not-found` */
export async function explainRefundsOf(
  deps: Deps,
  { id, number }: ExplainedSettlement,
  period: string,
): Promise<FigureBody> {
  const lines = await listLines(deps, id, { refundsOf: period });
  if (lines.length === 0) throw new Problem('not-found');
  const services = await findServices(
    deps,
    lines.map(({ serviceId }) => serviceId),
  );
  const value = money(-lines.reduce((sum, { totalMinor }) => sum + totalMinor, 0n));
  const equation = {
    operands: lines.map((line) => ({ ...lineOperand(number, line, services), sign: '−' as const })),
  };
  return {
    label: { name: 'refunds-of', period },
    value,
    equation,
    check: checkEquation(value, equation),
    rule: { name: 'refunded' },
  };
}

export function serviceLabel(key: ServiceKey, services: ReadonlyMap<number, Named>): FigureLabel {
  const tax = { code: key.taxCode, rateBps: key.taxRateBps };
  return { name: 'service', service: services.get(key.serviceId), tax };
}

export function lineLabel(line: LineKey, services: ReadonlyMap<number, Named>): FigureLabel {
  const { closingGroup, kind, originalPeriod } = line;
  const period = originalPeriod === '' ? undefined : originalPeriod;
  return { ...serviceLabel(line, services), name: 'line', closingGroup, kind, period };
}

function lineOperand(
  number: string,
  line: LineKey & { readonly totalMinor: bigint },
  services: ReadonlyMap<number, Named>,
): Omit<Operand, 'sign'> {
  const { closingGroup, kind, originalPeriod } = line;
  const key = { closingGroup, ...serviceKeyOf(line), kind, originalPeriod };
  return {
    label: lineLabel(line, services),
    value: money(line.totalMinor),
    address: { of: 'settlement', number, figure: 'line', ...key },
  };
}

export const serviceKeyOf = ({ serviceId, taxCode, taxRateBps }: ServiceKey): ServiceKey => ({
  serviceId,
  taxCode,
  taxRateBps,
});
