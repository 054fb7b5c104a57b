import { sql } from 'kysely';
import { sqlOf } from '../database/sql.ts';
import { inTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { notedOf, type SeenCount, type WaitingRequest } from './note-request.ts';
import { showBody } from './shown-body.rules.ts';

const STORE_EVERY_MS = 2_000;
const ROWS_PER_STATEMENT = 100;
const MAX_ROUTE_LENGTH = 120;
const MAX_PATH_LENGTH = 200;

/** Writes what was noted, in batches, outside of any request. What cannot be written is left out, and counted as such. */
export async function storeRequests(deps: Deps): Promise<number> {
  const noted = notedOf(deps.orm);
  const { waiting, counts } = noted;
  noted.waiting = [];
  noted.counts = new Map();
  const logged = new Map<string, number>();
  try {
    for (let from = 0; from < waiting.length; from += ROWS_PER_STATEMENT) {
      const chunk = waiting.slice(from, from + ROWS_PER_STATEMENT);
      await insert(deps, chunk);
      for (const { companyId } of chunk)
        logged.set(String(companyId), (logged.get(String(companyId)) ?? 0) + 1);
    }
  } finally {
    await addCounts(deps, [...counts.values()], logged);
  }
  return waiting.length;
}

async function insert(deps: Deps, requests: readonly WaitingRequest[]): Promise<void> {
  const rows = requests.map(({ showsBodies, requestBody, responseBody, route, path, ...request }) => ({
    id: deps.ids.next(),
    ...request,
    route: route.slice(0, MAX_ROUTE_LENGTH),
    path: path.slice(0, MAX_PATH_LENGTH),
    problem: request.status < 400 ? null : problemOf(responseBody),
    requestBody: (showsBodies && showBody(requestBody)) || null,
    responseBody: (showsBodies && showBody(responseBody)) || null,
  }));
  await inTransaction(deps, (tx) => sqlOf(tx.em).insertInto('api_request').values(rows).execute());
}

function problemOf(text: string | undefined): string | null {
  return /"code":"([a-z-]{1,60})"/.exec(text ?? '')?.[1] ?? null;
}

/** In the order of their keys, so that two processes wait for each other at most. */
async function addCounts(
  deps: Deps,
  counts: readonly SeenCount[],
  logged: ReadonlyMap<string, number>,
): Promise<void> {
  if (counts.length === 0) return;
  const rows = counts
    .toSorted((one, other) =>
      one.countedOn === other.countedOn
        ? one.companyId - other.companyId
        : one.countedOn < other.countedOn
          ? -1
          : 1,
    )
    .map(({ companyId, countedOn, seen }) => ({
      companyId,
      countedOn,
      seen: BigInt(seen),
      logged: BigInt(Math.min(seen, logged.get(String(companyId)) ?? 0)),
    }));
  await inTransaction(deps, (tx) =>
    sqlOf(tx.em)
      .insertInto('api_request_count')
      .values(rows)
      .onDuplicateKeyUpdate({ seen: sql`seen + VALUES(seen)`, logged: sql`logged + VALUES(logged)` })
      .execute(),
  );
}

/** Stores what is noted every few seconds, until it is stopped; a failure is logged once, and what it lost is left out. */
export function keepRequests(deps: Deps): { stop(): Promise<void> } {
  let hasFailed = false;
  const store = async () => {
    try {
      await storeRequests(deps);
      hasFailed = false;
    } catch (error) {
      if (!hasFailed) deps.log.warn({ err: error }, 'requests of companies were not logged');
      hasFailed = true;
    }
  };
  let underWay = Promise.resolve();
  const timer = setInterval(() => void (underWay = underWay.then(store)), STORE_EVERY_MS).unref();
  return {
    stop: async () => {
      clearInterval(timer);
      await underWay;
      await store();
    },
  };
}
