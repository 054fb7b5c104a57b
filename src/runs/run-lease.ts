import { sqlOf } from '../database/sql.ts';
import type { InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { leaseEnd, type Claimed } from './take-lease.ts';
import { LeaseLost } from './work-interrupted.ts';

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

/** The right to work on a run or a part, as its row in the database knows it: every write names the lease's token. */
export class RunLease {
  readonly #deps: Deps;
  readonly #claimed: Claimed;

  constructor(deps: Deps, claimed: Claimed) {
    this.#deps = deps;
    this.#claimed = claimed;
  }

  /** Locks the row until the transaction ends, so that nobody takes it over in between. */
  async lock(tx: InTransaction<Deps>): Promise<void> {
    const row = await sqlOf(tx.em)
      .selectFrom('run')
      .select('leaseToken')
      .where('job', '=', this.#claimed.job)
      .where('businessDate', '=', this.#claimed.businessDate)
      .where('part', '=', this.#claimed.part)
      .forUpdate()
      .executeTakeFirst();
    if (row?.leaseToken !== this.#claimed.leaseToken) throw this.#lost();
  }

  /** Writes last columns and gives the lease up. */
  async release(columns: RunColumns, tx?: InTransaction<Deps>): Promise<void> {
    await this.write({ ...columns, heldBy: null, leaseToken: null, leaseUntil: null }, tx);
  }

  /** Writes columns and renews the lease, in the transaction given or at once. */
  async write(columns: RunColumns, tx?: InTransaction<Deps>): Promise<void> {
    const { numUpdatedRows } = await sqlOf(tx?.em ?? this.#deps.orm.em.fork())
      .updateTable('run')
      .set({ leaseUntil: leaseEnd(), ...columns })
      .where('job', '=', this.#claimed.job)
      .where('businessDate', '=', this.#claimed.businessDate)
      .where('part', '=', this.#claimed.part)
      .where('leaseToken', '=', this.#claimed.leaseToken)
      .executeTakeFirstOrThrow();
    if (numUpdatedRows === 0n) throw this.#lost();
  }

  #lost(): LeaseLost {
    const { job, businessDate, part } = this.#claimed;
    const what = part === '' ? job : `partition ${part} of ${job}`;
    return new LeaseLost(`another process has taken over ${what} for ${businessDate}`);
  }
}
