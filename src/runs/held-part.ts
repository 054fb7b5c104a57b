import { inTransaction } from '../database/transaction.ts';
import { HeldWork, type HeldOptions } from './held-work.ts';
import type { Deps } from '../deps.ts';
import type { PartHandle } from './part-handle.ts';
import { assertBalanced } from './run-counts.rules.ts';

/** A part this process holds. */
export class HeldPart<Plan> extends HeldWork implements PartHandle<Plan> {
  readonly plan: Plan;

  constructor(deps: Deps, options: HeldOptions) {
    super(deps, options);
    this.plan = options.claimed.manifest.plan as Plan;
  }

  /** Ends the part well; its figures have to balance. */
  async finish(): Promise<void> {
    assertBalanced(this.counts);
    await inTransaction(this.deps, (tx) => this.end(tx, this.counts));
  }
}
