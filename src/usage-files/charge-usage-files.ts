import type { Actor } from '../access/actor.ts';
import { orderingCompany } from '../access/owned-by.ts';
import { authorize } from '../access/authorize.ts';
import { queryRows } from '../database/statement-pipeline.ts';
import { sqlOf } from '../database/sql.ts';
import { emOf, inTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { chargeAcceptedRows, releaseAcceptedRows } from './charge-accepted-rows.ts';
import { chargeWaitingRows } from './charge-waiting-rows.ts';
import { checkUsageRows } from './check-usage-rows.ts';
import { storeUsageRows } from './store-usage-rows.ts';
import { usageFileOf } from './usage-file-of.ts';
import type { UsageFile, UsageFileState } from './usage-file.entity.ts';
import { LEASE_MS, LeaseLost, onFile, type FileClaim } from './usage-file-step.ts';

/** Transactions on one file before the next company's has its turn. */
const MAX_STEPS = 25;
/** Files that a pass tries to claim, the one that has waited longest first. */
const MAX_TRIED = 20;

interface Charging {
  readonly stopping?: AbortSignal | undefined;
  readonly progressed?: (() => void) | undefined;
}

/**
 * Reads, checks and charges the files that companies have sent, in turns, until none waits. Any number of processes may do so at once:
 * a file is one's own while it has the lease. Killed anywhere, it is taken up at the next row, and each row is charged once.
 */
export async function chargeUsageFiles(
  deps: Deps,
  actor: Actor,
  { stopping, progressed }: Charging = {},
): Promise<{ readonly turns: number; readonly finished: number }> {
  authorize(actor, 'usage-files:charge');
  let [turns, finished] = [0, 0];
  for (;;) {
    if (stopping?.aborted) break;
    const claimed = await claimFile(deps).catch((err: unknown) => {
      deps.log.error({ err }, 'usage-file-not-claimed');
    });
    if (!claimed) break;
    orderingCompany(actor, 'usage-files:charge', claimed.file);
    try {
      const state = await workOn(deps, claimed, stopping);
      if (isOver(state)) finished += 1;
      else await releaseFile(deps, claimed.claim);
    } catch (err) {
      // What fails keeps its lease, so that it is tried again after a while and the others have their turn.
      if (!(err instanceof LeaseLost))
        deps.log.error({ err, usageFile: claimed.file.id }, 'usage-file-not-charged');
    }
    turns += 1;
    progressed?.();
  }
  return { turns, finished };
}

const isOver = (state: UsageFileState) => state === 'done' || state === 'refused';

interface Claimed {
  readonly claim: FileClaim;
  readonly file: UsageFile;
}

const WAITS = `state IN ('received', 'checking', 'charging', 'releasing') AND (lease_until IS NULL OR lease_until <= ?)`;

/** Claims the file that has waited longest. The claim is committed before anything is done. */
async function claimFile(deps: Deps): Promise<Claimed | undefined> {
  const owner = deps.ids.next();
  const now = deps.clock.now();
  const waiting = await queryRows<{ id: string }>(
    emOf(deps),
    `SELECT id FROM usage_file WHERE ${WAITS} ORDER BY worked_at, id LIMIT ?`,
    [now, MAX_TRIED],
  );
  for (const { id } of waiting)
    if (await takeLease(deps, { fileId: id, owner }, now))
      return await claimedFile(deps, { fileId: id, owner });
  return undefined;
}

/** Whether the file is this process's now. Never waits for one that another process is working on or claiming. */
async function takeLease(deps: Deps, { fileId, owner }: FileClaim, now: Date): Promise<boolean> {
  return await inTransaction(deps, async (tx) => {
    const free = await queryRows(
      tx.em,
      `SELECT id FROM usage_file WHERE id = ? AND ${WAITS} FOR UPDATE SKIP LOCKED`,
      [fileId, now],
    );
    if (free.length === 0) return false;
    const until = new Date(now.getTime() + LEASE_MS);
    const lease = [owner, until, fileId];
    await queryRows(tx.em, 'UPDATE usage_file SET lease_owner = ?, lease_until = ? WHERE id = ?', lease);
    return true;
  });
}

async function claimedFile(deps: Deps, claim: FileClaim): Promise<Claimed | undefined> {
  const file = await sqlOf(emOf(deps))
    .selectFrom('usage_file')
    .selectAll()
    .where('id', '=', claim.fileId)
    .where('leaseOwner', '=', claim.owner)
    .executeTakeFirst();
  return file && { claim, file: usageFileOf(file) };
}

/** Some steps on a file. Returns its state after them. */
async function workOn(
  deps: Deps,
  { claim, file }: Claimed,
  stopping: AbortSignal | undefined,
): Promise<UsageFileState> {
  let { state } = file;
  if (state === 'received') {
    await storeUsageRows(deps, claim, { createdAt: file.createdAt, stopping });
    return await stateOf(deps, claim);
  }
  for (let steps = 0; steps < MAX_STEPS && !isOver(state); steps += 1) {
    if (stopping?.aborted) break;
    state = await onFile(deps, claim, (tx, locked) => stepOf(locked)(tx, locked));
  }
  return state;
}

function stepOf({ state, isPartial }: Pick<UsageFile, 'state' | 'isPartial'>) {
  if (state === 'checking') return checkUsageRows;
  if (state === 'releasing') return releaseAcceptedRows;
  if (state === 'charging') return isPartial ? chargeWaitingRows : chargeAcceptedRows;
  throw new Error(`a file that is ${state} has no next step`);
}

async function stateOf(deps: Deps, { fileId }: FileClaim): Promise<UsageFileState> {
  const query = sqlOf(emOf(deps)).selectFrom('usage_file').select('state').where('id', '=', fileId);
  return (await query.executeTakeFirstOrThrow()).state;
}

/** Gives a file back before its end. */
async function releaseFile(deps: Deps, { fileId, owner }: FileClaim): Promise<void> {
  await inTransaction(deps, (tx) =>
    sqlOf(tx.em)
      .updateTable('usage_file')
      .set({ leaseOwner: null, leaseUntil: null })
      .where('id', '=', fileId)
      .where('leaseOwner', '=', owner)
      .execute(),
  );
}
