import type { Owned } from '../access/owned-by.ts';
import type { Deps } from '../deps.ts';
import {
  explainBilled,
  explainRefunded,
  explainRefundsOf,
  explainService,
  explainTotal,
} from './billed-nodes.ts';
import { explainClawbacks, explainClawbacksOf } from './clawback-nodes.ts';
import { explainCommission } from './commission-node.ts';
import { explainAverage, explainItems, explainLines } from './count-nodes.ts';
import { getExplained, type ExplainedSettlement } from './explained-settlement.queries.ts';
import { explainFee, explainFeePart, explainFeeTax, explainSetUp, explainSetUpTax } from './fee-nodes.ts';
import { pathTo, type SettlementAddress } from './figure-address.rules.ts';
import type { FigureBody, FigureNode } from './figure-node.types.ts';
import { explainLine } from './line-node.ts';
import { explainCarriedIn, explainCarriedOut, explainPayout, explainTransferFee } from './payout-nodes.ts';
import { findRunAt } from './producing-run.queries.ts';

interface AskedFigure {
  readonly address: SettlementAddress;
  readonly after: string | undefined;
}

/** Explains a figure of a settlement that is found for the actor. @throws Problem `settlement-not-found` */
export async function explainSettlementFigure(
  deps: Deps,
  owned: Owned,
  asked: AskedFigure,
): Promise<FigureNode> {
  const { address } = asked;
  const settlement = await getExplained(deps, owned, address.number);
  const { number, code, name, nameEn, billingPeriod: period, state, revision } = settlement;
  const body = await explainBody(deps, settlement, asked);
  const run = await findRunAt(deps, { job: 'settle-companies', at: settlement.createdAt });
  const company = { code, name, nameEn };
  return {
    address,
    path: pathTo(address),
    subject: { of: 'settlement', number, company, period, state, revision },
    run,
    ...body,
  };
}

function explainBody(
  deps: Deps,
  settlement: ExplainedSettlement,
  { address, after }: AskedFigure,
): Promise<FigureBody> | FigureBody {
  switch (address.figure) {
    case 'payout':
      return explainPayout(settlement);
    case 'total':
      return explainTotal(settlement);
    case 'billed':
      return explainBilled(deps, settlement);
    case 'service':
      return explainService(deps, settlement, address);
    case 'line':
      return explainLine(deps, settlement, { line: address, after });
    case 'refunded':
      return explainRefunded(deps, settlement);
    case 'refunds-of':
      return explainRefundsOf(deps, settlement, address.period);
    case 'lines':
      return explainLines(deps, settlement);
    case 'items':
      return explainItems(deps, settlement);
    case 'average':
      return explainAverage(settlement);
    case 'fee':
      return explainFee(deps, settlement);
    case 'fee-base':
    case 'fee-items':
    case 'fee-minimum':
    case 'fee-percent':
    case 'fee-band':
      return explainFeePart(deps, settlement, address.figure);
    case 'fee-tax':
      return explainFeeTax(settlement);
    case 'set-up':
      return explainSetUp(settlement);
    case 'set-up-tax':
      return explainSetUpTax(settlement);
    case 'commission':
      return explainCommission(deps, settlement);
    case 'clawback':
    case 'recovery':
      return explainClawbacks(deps, settlement, address.figure);
    case 'clawbacks-of':
      return explainClawbacksOf(deps, settlement, { kind: 'clawback', period: address.period, after });
    case 'recoveries-of':
      return explainClawbacksOf(deps, settlement, { kind: 'recovery', period: address.period, after });
    case 'carried-in':
      return explainCarriedIn(deps, settlement);
    case 'carried-out':
      return explainCarriedOut(settlement);
    case 'transfer-fee':
      return explainTransferFee(settlement);
    default:
      return address satisfies never;
  }
}
