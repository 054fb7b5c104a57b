import { createConnection, type Connection, type RowDataPacket } from 'mysql2/promise';
import { readDatabaseUrl } from '../../config/database-url.ts';
import type { Deps } from '../../src/deps.ts';
import { recordAudit } from '../../src/access/audit/record-audit.ts';
import { inTransaction } from '../../src/database/transaction.ts';
import type { Clock } from '../../src/shared/clock.ts';
import type { DemoOptions } from './options.ts';

/** Audit rows of a demo that has started, and of one that has finished. */
export const demoMarks = {
  begin: { actor: 'demo', action: 'demo.begin' },
  finish: { actor: 'demo', action: 'demo.finish' },
} as const;

/** What a database records about the finished demo that created it. */
export interface WorldMark {
  /** Folder of the results, and of the files that later jobs write. */
  readonly out: string;
  /** The end by the world's clock, and by the system's: ISO 8601. */
  readonly worldEndedAt: string;
  readonly endedAt: string;
}

/** Marks the database before anything else is written, so that an interrupted demo is recognised too. */
export function markBegin(deps: Deps, { seed, month, out }: DemoOptions): Promise<void> {
  const facts = { seed, month, out };
  const line = { ...demoMarks.begin, subject: `demo:${month}`, facts };
  return inTransaction(deps, (tx) => recordAudit(tx, line));
}

/** Records the time of the world when it was finished, so that its clock can continue from there. */
export function markFinish(deps: Deps, { month, out }: DemoOptions): Promise<void> {
  const facts: WorldMark = {
    out,
    worldEndedAt: deps.clock.now().toISOString(),
    endedAt: new Date().toISOString(),
  };
  const line = { ...demoMarks.finish, subject: `demo:${month}`, facts: { ...facts } };
  return inTransaction(deps, (tx) => recordAudit(tx, line));
}

/** The mark of the finished demo in a database; undefined in any other database, an empty one as well. */
export async function findWorldMark(databaseUrl: string): Promise<WorldMark | undefined> {
  const connection = await createConnection(readDatabaseUrl(databaseUrl));
  try {
    if (!(await listTables(connection)).includes('audit_entry')) return undefined;
    const { actor, action } = demoMarks.finish;
    const [rows] = await connection.query<RowDataPacket[]>(
      'SELECT facts FROM audit_entry WHERE actor = ? AND action = ? ORDER BY id DESC LIMIT 1',
      [actor, action],
    );
    const facts: unknown = rows[0]?.['facts'];
    return facts === undefined ? undefined : readMark(facts);
  } finally {
    await connection.end();
  }
}

function readMark(facts: unknown): WorldMark {
  return (typeof facts === 'string' ? JSON.parse(facts) : facts) as WorldMark;
}

export async function listTables(connection: Connection): Promise<string[]> {
  const [rows] = await connection.query<RowDataPacket[]>(
    'SELECT table_name AS name FROM information_schema.tables WHERE table_schema = DATABASE()',
  );
  return rows.map((row) => String(row['name']));
}

/** A clock that continues from the end of the world, at the speed of the system clock. */
export function worldClock({ worldEndedAt, endedAt }: WorldMark): Clock {
  const aheadMs = Date.parse(worldEndedAt) - Date.parse(endedAt);
  return { now: () => new Date(Date.now() + aheadMs) };
}
