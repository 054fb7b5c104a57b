import type { Actor } from '../access/actor.ts';
import { can } from '../access/can.rules.ts';
import { ownedBy } from '../access/owned-by.ts';
import type { Deps } from '../deps.ts';
import { explainCharge } from './charge-node.ts';
import { explainInvoiceFigure } from './invoice-nodes.ts';
import { explainSettlementFigure } from './settlement-node.ts';
import type { FigureAddress } from './figure-address.rules.ts';
import type { FigureNode, FigureRows } from './figure-node.types.ts';

export interface ExplainFigure {
  readonly address: FigureAddress;
  /** `next` of the page of rows before. */
  readonly after?: string | undefined;
}

/**
 * Explains a figure of a settlement, a line invoice or a charge: its value as stored, what it is made of, whether that adds up,
 * and the rule. Each operand has an address that is explained the same way, down to charges, refunds and clawbacks and to what was
 * confirmed. A company finds its own approved settlements and its charges, and learns no buyer. The holder's name is masked like anywhere else.
 * @throws Problem `settlement-not-found`, `invoice-not-found`, `charge-not-found`
 */
export async function explainFigure(
  deps: Deps,
  actor: Actor,
  { address, after }: ExplainFigure,
): Promise<FigureNode> {
  const node = await explain(deps, actor, { address, after });
  return can(actor, 'buyers:read') ? node : { ...node, rows: node.rows && withoutLines(node.rows) };
}

async function explain(deps: Deps, actor: Actor, { address, after }: ExplainFigure): Promise<FigureNode> {
  switch (address.of) {
    case 'settlement': {
      const owned = ownedBy(actor, 'settlement-figures:read');
      return await explainSettlementFigure(deps, owned, { address, after });
    }
    case 'invoice': {
      const owned = ownedBy(actor, 'invoice-figures:read');
      return await explainInvoiceFigure(deps, owned, { address, reader: actor });
    }
    case 'charge': {
      const owned = ownedBy(actor, 'charges:read');
      return await explainCharge(deps, owned, { id: address.id, seesBuyer: can(actor, 'buyers:read') });
    }
    default:
      return address satisfies never;
  }
}

function withoutLines({ rows, ...page }: FigureRows): FigureRows {
  return { ...page, rows: rows.map((row) => ({ ...row, lineId: undefined })) };
}
