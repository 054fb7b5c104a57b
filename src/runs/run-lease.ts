import { sqlOf } from '../database/sql.ts';
import type { InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { leaseEnd, type ClaimedRun } from './claim-run.ts';

/** Another process has taken the run over: whatever this one still wanted to write is not written. */
export class LeaseLost extends Error {
  override readonly name = 'LeaseLost';
}

interface RunColumns {
  leaseUntil?: ReturnType<typeof leaseEnd> | null;
  state?: 'finished' | 'failed';
  manifest?: Record<string, unknown>;
  expected?: bigint;
  done?: bigint;
  skipped?: bigint;
  parked?: bigint;
  finishedAt?: Date;
  error?: string;
  heldBy?: null;
  leaseToken?: null;
}

/** The right to work on a run, as its row in the database knows it: every write names the lease's token. */
export class RunLease {
  readonly #deps: Deps;
  readonly #claimed: ClaimedRun;

  constructor(deps: Deps, claimed: ClaimedRun) {
    this.#deps = deps;
    this.#claimed = claimed;
  }

  /** Locks the run's row until the transaction ends, so that nobody takes the run over in between. */
  async lock(tx: InTransaction<Deps>): Promise<void> {
    const row = await sqlOf(tx.em)
      .selectFrom('run')
      .select('leaseToken')
      .where('job', '=', this.#claimed.job)
      .where('businessDate', '=', this.#claimed.businessDate)
      .where('part', '=', '')
      .forUpdate()
      .executeTakeFirst();
    if (row?.leaseToken !== this.#claimed.leaseToken) throw this.#lost();
  }

  /** Writes columns and renews the lease, in the transaction given or at once. */
  async write(columns: RunColumns, tx?: InTransaction<Deps>): Promise<void> {
    const { numUpdatedRows } = await sqlOf(tx?.em ?? this.#deps.orm.em.fork())
      .updateTable('run')
      .set({ leaseUntil: leaseEnd(), ...columns })
      .where('job', '=', this.#claimed.job)
      .where('businessDate', '=', this.#claimed.businessDate)
      .where('part', '=', '')
      .where('leaseToken', '=', this.#claimed.leaseToken)
      .executeTakeFirstOrThrow();
    if (numUpdatedRows === 0n) throw this.#lost();
  }

  #lost(): LeaseLost {
    return new LeaseLost(
      `another process has taken over ${this.#claimed.job} for ${this.#claimed.businessDate}`,
    );
  }
}
