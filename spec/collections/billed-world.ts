import type { Contract } from '../../src/contracts/contract.entity.ts';
import { queryRows } from '../../src/database/statement-pipeline.ts';
import type { ClosingGroup } from '../../src/shared/calendar.rules.ts';
import { closeMonth, type Sale } from '../support/closed-month.ts';
import { makeCompany, makeContract, makeLine, makeService } from '../support/factories.ts';
import { createWorld, type World } from '../support/world.ts';

/** A company that sells. */
export interface SellingCompany {
  readonly companyId: number;
  readonly serviceId: number;
  readonly code: string;
}

/** A numbered invoice of a month that is closed, and its charges. */
export interface BilledInvoice {
  readonly number: string;
  readonly lineId: string;
  readonly chargeIds: readonly string[];
}

/** A world in which months are closed with invoices of given sales, and nothing is collected yet. */
export class BilledWorld {
  readonly world: World;

  constructor(world: World) {
    this.world = world;
  }

  static async create(settings: Readonly<Record<string, string>> = {}): Promise<BilledWorld> {
    return new BilledWorld(await createWorld(settings));
  }

  get deps(): World['deps'] {
    return this.world.deps;
  }

  async addSeller(terms: Partial<Contract> = {}): Promise<SellingCompany> {
    const { id: companyId, code } = await makeCompany(this.deps);
    const { id: serviceId } = await makeService(this.deps, { companyId });
    await makeContract(this.deps, { companyId, ...terms });
    return { companyId, serviceId, code };
  }

  /** Closes a month with one invoice for each entry: its sales, in their order. Returns the invoices in that order. */
  async bill(
    period: string,
    invoices: readonly (readonly (readonly [seller: SellingCompany, amountMinor: bigint])[])[],
    closingGroup: ClosingGroup = 31,
  ): Promise<BilledInvoice[]> {
    const lines: string[] = [];
    const sales: Sale[] = [];
    for (const invoice of invoices) {
      const { lineId } = await makeLine(this.deps, { closingGroup });
      lines.push(lineId);
      for (const [{ companyId, serviceId }, amountMinor] of invoice)
        sales.push({ companyId, serviceId, lineId, closingGroup, amountMinor });
    }
    await closeMonth(this.deps, { period, sales });
    const rows = await this.rows<{ lineId: string; number: string; chargeId: string }>(
      `SELECT l.line_id AS lineId, l.number, i.charge_id AS chargeId FROM line_invoice l
       JOIN invoice_item i ON i.billing_period = l.billing_period AND i.line_id = l.line_id AND i.refund_id = ''
       WHERE l.billing_period = ? AND l.line_id IN (?) ORDER BY i.charge_id`,
      [period, lines],
    );
    const byLine = Map.groupBy(rows, (row) => row.lineId);
    return lines.map((lineId) => {
      const own = byLine.get(lineId) ?? [];
      return { lineId, number: own[0]!.number, chargeIds: own.map(({ chargeId }) => chargeId) };
    });
  }

  rows<Row>(text: string, values: readonly unknown[] = []): Promise<readonly Row[]> {
    return queryRows<Row>(this.deps.orm.em.fork(), text, values);
  }

  close(): Promise<void> {
    return this.world.close();
  }
}
