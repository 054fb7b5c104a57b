import { sql } from 'kysely';
import { sqlOf } from '../database/sql.ts';
import type { InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import type { Claimed, Ending, Lease, Manifest, Progress } from './lease.ts';
import { processIdentity } from './process-identity.ts';
import { countsOf, progressColumns } from './run-row.rules.ts';
import type { RunRow } from './run.queries.ts';
import { LeaseLost } from './work-interrupted.ts';

/** How long a lease lasts without a renewal, in seconds of the database's clock. */
const LEASE_SECONDS = 60;

const leaseEnd = () => sql<Date>`UTC_TIMESTAMP(3) + INTERVAL ${sql.lit(LEASE_SECONDS)} SECOND`;

/** A lease in the table `run`. The token names this holder: every write requires it, so a former holder can write nothing. */
interface TakenLease extends Claimed {
  readonly leaseToken: string;
}

/** Takes the lease of a locked row; the former holder can write no more. `RunLease` makes an object of it after the commit. */
export async function takeLease(
  tx: InTransaction<Deps>,
  row: RunRow,
  { expected, manifest }: { readonly expected: number; readonly manifest: Manifest },
): Promise<TakenLease> {
  const { job, businessDate, part } = row;
  const leaseToken = tx.ids.next();
  const attempt = row.attempt + 1;
  const counts = { ...countsOf(row), expected };
  await sqlOf(tx.em)
    .updateTable('run')
    .set({
      ...progressColumns({ counts, manifest }),
      state: 'running',
      attempt,
      heldBy: processIdentity(),
      leaseToken,
      leaseUntil: leaseEnd(),
      startedAt: tx.clock.now(),
      error: null,
    })
    .where('job', '=', job)
    .where('businessDate', '=', businessDate)
    .where('part', '=', part)
    .execute();
  return { job, businessDate, part, leaseToken, attempt, counts, manifest };
}

interface RunColumns
  extends Partial<ReturnType<typeof progressColumns>>, Pick<Ending, 'state' | 'finishedAt' | 'error'> {
  leaseUntil: ReturnType<typeof leaseEnd> | null;
  heldBy?: null;
  leaseToken?: null;
}

/** A lease in the table `run`. */
export class RunLease implements Lease {
  readonly claimed: TakenLease;
  readonly #deps: Deps;

  constructor(deps: Deps, taken: TakenLease) {
    this.#deps = deps;
    this.claimed = taken;
  }

  async lock(tx: InTransaction<Deps>): Promise<void> {
    const { job, businessDate, part, leaseToken } = this.claimed;
    const row = await sqlOf(tx.em)
      .selectFrom('run')
      .select('leaseToken')
      .where('job', '=', job)
      .where('businessDate', '=', businessDate)
      .where('part', '=', part)
      .forUpdate()
      .executeTakeFirst();
    if (row?.leaseToken !== leaseToken) throw this.#lost();
  }

  async renew(progress?: Progress, tx?: InTransaction<Deps>): Promise<void> {
    await this.#write({ leaseUntil: leaseEnd(), ...(progress && progressColumns(progress)) }, tx);
  }

  async release({ counts, manifest, ...ending }: Ending, tx?: InTransaction<Deps>): Promise<void> {
    const progress = counts && manifest && progressColumns({ counts, manifest });
    await this.#write({ ...progress, ...ending, heldBy: null, leaseToken: null, leaseUntil: null }, tx);
  }

  async #write(columns: RunColumns, tx: InTransaction<Deps> | undefined): Promise<void> {
    const { job, businessDate, part, leaseToken } = this.claimed;
    const { numUpdatedRows } = await sqlOf(tx?.em ?? this.#deps.orm.em.fork())
      .updateTable('run')
      .set(columns)
      .where('job', '=', job)
      .where('businessDate', '=', businessDate)
      .where('part', '=', part)
      .where('leaseToken', '=', leaseToken)
      .executeTakeFirstOrThrow();
    if (numUpdatedRows === 0n) throw this.#lost();
  }

  #lost(): LeaseLost {
    const { job, businessDate, part } = this.claimed;
    const what = part === '' ? job : `partition ${part} of ${job}`;
    return new LeaseLost(`another process has taken over ${what} for ${businessDate}`);
  }
}
