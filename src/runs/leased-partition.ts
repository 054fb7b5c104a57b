import { isOutOfReach } from '../database/connection-error.rules.ts';
import { inTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { LeasedWork, type LeasedWorkOptions } from './leased-work.ts';
import type { PartitionHandle } from './partition-handle.ts';
import { assertBalanced } from './run-counts.rules.ts';

/** Most attempts at a part that are cut short by the database. */
const MAX_ATTEMPTS = 5;

/** A part this process holds. */
export class LeasedPartition<Plan> extends LeasedWork implements PartitionHandle<Plan> {
  readonly plan: Plan;
  readonly #attempt: number;

  constructor(deps: Deps, options: LeasedWorkOptions) {
    super(deps, options);
    this.plan = options.claimed.manifest.plan as Plan;
    this.#attempt = options.claimed.attempt;
  }

  /** Ends the part well; its figures have to balance. */
  async finish(): Promise<void> {
    assertBalanced(this.counts);
    await inTransaction(this.deps, (tx) => this.end(tx, this.counts));
  }

  /**
   * Ends the attempt. Where the database was out of reach for this process, as when one node of a cluster is killed, the
   * part did not fail: it is given back, and whoever reaches the database goes on with it.
   */
  override async fail(error: unknown): Promise<void> {
    if (isOutOfReach(error) && this.#attempt < MAX_ATTEMPTS) await this.lease.release({});
    else await super.fail(error);
  }
}
