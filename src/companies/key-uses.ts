import { sql } from 'kysely';
import type { Orm } from '../database/orm.ts';
import { sqlOf } from '../database/sql.ts';
import { inTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';

/** A key is written once in this time at most, by each process. */
const WRITE_EVERY_MS = 3_600_000;
const LOOK_EVERY_MS = 5_000;
const ROWS_PER_STATEMENT = 500;

/** What this process knows of a key, in milliseconds of the service's clock. */
interface KeyUse {
  usedMs: number;
  /** The newest use that is stored; undefined before the first. */
  storedUseMs?: number;
  /** When it was stored. */
  storedMs?: number;
}

type KeyUses = Map<string, KeyUse>;

/** One a database: as many entries as keys were used within an hour. */
const usesIn = new WeakMap<Orm, KeyUses>();

function usesOf(orm: Orm): KeyUses {
  let uses = usesIn.get(orm);
  if (!uses) usesIn.set(orm, (uses = new Map()));
  return uses;
}

/** Notes that a key was used, in memory: no request waits for it. */
export function noteKeyUse({ orm, clock }: Deps, keyId: string): void {
  const uses = usesOf(orm);
  const usedMs = clock.now().getTime();
  const use = uses.get(keyId);
  if (use) use.usedMs = usedMs;
  else uses.set(keyId, { usedMs });
}

/**
 * Stores the noted uses: a key's first at once, later ones when an hour has passed, so that what is stored is at most an hour
 * older than the last use, and exact an hour later. `all` stores the rest too, at the end of a process.
 */
export async function storeKeyUses(deps: Deps, { all = false } = {}): Promise<number> {
  const uses = usesOf(deps.orm);
  const nowMs = deps.clock.now().getTime();
  const due = [...uses].filter(([, use]) => isDue(use, all ? Infinity : nowMs));
  for (let from = 0; from < due.length; from += ROWS_PER_STATEMENT) {
    // What is noted while the statement runs is stored the next time.
    const chunk = due.slice(from, from + ROWS_PER_STATEMENT).map(([id, { usedMs }]) => ({ id, usedMs }));
    await store(deps, chunk);
    for (const { id, usedMs } of chunk)
      Object.assign(uses.get(id)!, { storedUseMs: usedMs, storedMs: nowMs });
  }
  for (const [id, { usedMs, storedUseMs, storedMs = nowMs }] of uses)
    if (usedMs === storedUseMs && nowMs - storedMs >= WRITE_EVERY_MS) uses.delete(id);
  return due.length;
}

function isDue({ usedMs, storedUseMs, storedMs }: KeyUse, nowMs: number): boolean {
  return usedMs !== storedUseMs && (storedMs === undefined || nowMs - storedMs >= WRITE_EVERY_MS);
}

/** In the order of their ids, so that two processes wait for each other at most. The newest use of all processes stays. */
async function store(deps: Deps, uses: readonly { readonly id: string; readonly usedMs: number }[]) {
  const rows = uses
    .map(({ id, usedMs }) => ({ apiKeyId: id, lastUsedAt: new Date(usedMs) }))
    .toSorted((one, other) => (one.apiKeyId < other.apiKeyId ? -1 : 1));
  await inTransaction(deps, (tx) =>
    sqlOf(tx.em)
      .insertInto('api_key_use')
      .values(rows)
      .onDuplicateKeyUpdate({ lastUsedAt: sql`GREATEST(last_used_at, VALUES(last_used_at))` })
      .execute(),
  );
}

/** Stores what is noted every few seconds, until it is stopped; a failure is logged, and the next look tries again. */
export function keepKeyUses(deps: Deps): { stop(): Promise<void> } {
  let hasFailed = false;
  const look = async (options?: { all: boolean }) => {
    try {
      await storeKeyUses(deps, options);
      hasFailed = false;
    } catch (error) {
      if (!hasFailed) deps.log.warn({ err: error }, 'the last uses of keys were not stored');
      hasFailed = true;
    }
  };
  let underWay = Promise.resolve();
  const timer = setInterval(() => void (underWay = underWay.then(() => look())), LOOK_EVERY_MS).unref();
  return {
    stop: async () => {
      clearInterval(timer);
      await underWay;
      await look({ all: true });
    },
  };
}
