import assert from 'node:assert/strict';
import type { Actor } from '../../src/access/actor.ts';
import { approveChange } from '../../src/access/approvals/decide-approval.ts';
import { approvalKinds } from '../../src/approval-kinds.ts';
import type { Contract } from '../../src/contracts/contract.entity.ts';
import type { Buyer } from '../../src/lines/entitlement.queries.ts';
import { sqlOf } from '../../src/database/sql.ts';
import { proposeRefund } from '../../src/refunds/refund-approval.ts';
import { refundCharge } from '../../src/refunds/refund-charge.ts';
import type { RefundInput } from '../../src/refunds/refund-input.rules.ts';
import { Problem } from '../../src/shared/problem.ts';
import { SellingTerms, tokyo } from '../charges/selling.ts';
import { keyOf, staff } from '../support/actors.ts';
import { makeSale } from '../support/factories.ts';
import type { World } from '../support/world.ts';

export { tokyo };

/** Sells and gives back in a world, by its use cases. */
export class Refunding extends SellingTerms {
  static async begin(world: World): Promise<Refunding> {
    return new Refunding(world, await makeSale(world.deps));
  }

  get key(): Actor {
    return keyOf(this.sale.company.id);
  }

  /** Identifier of a captured charge. */
  async sell(amountMinor = 1_000n, over: { buyer?: Buyer } = {}): Promise<string> {
    const { id } = await this.authorize(amountMinor, { ...over, automaticCapture: true });
    return id;
  }

  async refund(chargeId: string, amountMinor?: bigint, over: Partial<RefundInput> & { actor?: Actor } = {}) {
    const { actor = this.key, ...input } = over;
    return refundCharge(this.world.deps, actor, { chargeId, amountMinor, reason: 'requested', ...input });
  }

  /** Proposes as an agent, approves as a lead; returns the approval. */
  async approved(chargeId: string, amountMinor?: bigint): Promise<string> {
    const { deps } = this.world;
    const refund = { chargeId, amountMinor, reason: 'goodwill' } as const;
    const approvalId = await proposeRefund(deps, staff('aiko', 'agent'), { refund, why: 'a letter' });
    await approveChange(deps, staff('leiko', 'lead'), approvalKinds, { approvalId });
    return approvalId;
  }

  /** Changes the contract, as no use case can. */
  async setTerms(terms: Partial<Pick<Contract, 'refundDays' | 'partialRefunds'>>): Promise<void> {
    await sqlOf(this.world.deps.orm.em.fork())
      .updateTable('contract')
      .set(terms)
      .where('id', '=', this.sale.contract.id)
      .execute();
  }

  refundsOf(chargeId: string) {
    return sqlOf(this.world.deps.orm.em.fork())
      .selectFrom('refund')
      .selectAll()
      .where('chargeId', '=', chargeId)
      .orderBy('refundedBeforeMinor')
      .execute();
  }

  entriesOf(journalId: string) {
    return sqlOf(this.world.deps.orm.em.fork())
      .selectFrom('ledger_entry as e')
      .innerJoin('ledger_account as d', 'd.id', 'e.debitAccount')
      .innerJoin('ledger_account as k', 'k.id', 'e.creditAccount')
      .select([
        'e.kind',
        'e.businessDate',
        'e.billingPeriod',
        'e.amountMinor',
        'd.kind as debit',
        'k.kind as credit',
      ])
      .where('e.journalId', '=', journalId)
      .execute();
  }
}

/** The code of the refusal of some work; fails if it is not refused. */
export async function refusalOf(work: Promise<unknown>): Promise<Problem> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  assert.ok(error instanceof Problem, `refused: ${String(error)}`);
  return error;
}
