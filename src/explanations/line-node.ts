import type { Deps } from '../deps.ts';
import { Problem } from '../shared/problem.ts';
import { lineLabel } from './billed-nodes.ts';
import { listChargeRows, sumCharges } from './charge-rows.queries.ts';
import { compareFigures } from './evaluate-equation.rules.ts';
import type { ExplainedSettlement } from './explained-settlement.queries.ts';
import type { LineKey } from './figure-address.rules.ts';
import { money, type FigureBody } from './figure-node.types.ts';
import { findMonthWindow } from './month-window.queries.ts';
import { listRefundRows, sumRefunds } from './refund-rows.queries.ts';
import { findServices, listLines } from './settlement-lines.queries.ts';

/**
 * A settlement line with its charges or refunds, a page at a time. It is compared with their sum where the company's month is
 * small enough to be added up here. @throws Problem `not-found`
 */
export async function explainLine(
  deps: Deps,
  { id, companyId, billingPeriod }: ExplainedSettlement,
  { line, after }: { readonly line: LineKey; readonly after: string | undefined },
): Promise<FigureBody> {
  const [stored] = await listLines(deps, id, line);
  if (!stored) throw new Problem('not-found');
  const services = await findServices(deps, [line.serviceId]);
  const window = await findMonthWindow(deps, { companyId, period: billingPeriod });
  const isCharge = line.kind === 'charge';
  const sum = await (isCharge ? sumCharges : sumRefunds)(deps, { window, line });
  const rows = await (isCharge ? listChargeRows : listRefundRows)(deps, { window, line, after });
  const value = money(stored.totalMinor);
  return {
    label: lineLabel(line, services),
    value,
    check: sum === undefined ? { outcome: 'unchecked', why: 'large' } : compareFigures(value, money(sum)),
    rule: { name: 'line' },
    rows,
  };
}
