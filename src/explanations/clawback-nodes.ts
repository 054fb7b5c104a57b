import type { Deps } from '../deps.ts';
import { Problem } from '../shared/problem.ts';
import {
  listClawbackPeriods,
  listClawbackRows,
  sumClawbacks,
  sumClawbacksOfPeriod,
  type ClawbackRows,
} from './clawback-rows.queries.ts';
import { checkEquation, sumOf } from './evaluate-equation.rules.ts';
import type { ExplainedSettlement } from './explained-settlement.queries.ts';
import { money, type FigureBody } from './figure-node.types.ts';

const OF_PERIOD = { clawback: 'clawbacks-of', recovery: 'recoveries-of' } as const;

/** What lines did not pay, or paid later, by the month of the charges. */
export async function explainClawbacks(
  deps: Deps,
  { id, number, clawbackMinor, recoveryMinor }: ExplainedSettlement,
  kind: 'clawback' | 'recovery',
): Promise<FigureBody> {
  const value = money(kind === 'clawback' ? clawbackMinor : recoveryMinor);
  const figure = OF_PERIOD[kind];
  const labelOf = (period: string) => ({ name: figure, period }) as const;
  const addressOf = (period: string) => ({ of: 'settlement', number, figure, period }) as const;
  const body = { label: { name: kind }, value, rule: { name: kind } } as const;
  const sums = await sumClawbacks(deps, { settlementId: id, kind });
  if (!sums) {
    const periods = await listClawbackPeriods(deps, id);
    const further = periods.map((period) => ({ label: labelOf(period), address: addressOf(period) }));
    return { ...body, further, check: { outcome: 'unchecked', why: 'large' } };
  }
  const equation = sumOf(
    sums.map(({ period, totalMinor }) => ({
      label: labelOf(period),
      value: money(totalMinor),
      address: addressOf(period),
    })),
  );
  return { ...body, equation, check: checkEquation(value, equation) };
}

/**
 * The clawbacks or recoveries of the charges of one month, a page at a time. Their sum is stored nowhere: it is what the
 * rows come to, and unchecked where they are too many to be added up. @throws Problem `not-found`
 */
export async function explainClawbacksOf(
  deps: Deps,
  { id }: ExplainedSettlement,
  { kind, period, after }: Omit<ClawbackRows, 'settlementId'>,
): Promise<FigureBody> {
  const rows = await listClawbackRows(deps, { settlementId: id, kind, period, after });
  const sums = await sumClawbacks(deps, { settlementId: id, kind });
  const sum = sums?.find((own) => own.period === period);
  if (sums && !sum) throw new Problem('not-found');
  // Too many to be compared with the settlement, but the figure is that of the whole month, not of this page.
  const total = sum?.totalMinor ?? (await sumClawbacksOfPeriod(deps, { settlementId: id, kind, period }));
  return {
    label: { name: OF_PERIOD[kind], period },
    value: money(total),
    check: sum ? { outcome: 'matches' } : { outcome: 'unchecked', why: 'large' },
    rule: { name: kind },
    rows,
  };
}
