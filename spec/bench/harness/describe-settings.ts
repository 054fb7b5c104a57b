import { readFileSync } from 'node:fs';
import { availableParallelism, cpus, release, totalmem } from 'node:os';
import type { RowDataPacket } from 'mysql2/promise';
import { onDatabase } from './bench-database.ts';

const databaseSettings = [
  'version',
  'innodb_flush_log_at_trx_commit',
  'innodb_flush_method',
  'innodb_doublewrite',
  'innodb_buffer_pool_size',
  'innodb_log_file_size',
  'log_bin',
  'sync_binlog',
] as const;

/** The machine, the versions and the database settings a run was measured with. */
export interface MeasuredWith {
  readonly machine: Readonly<Record<string, string | number>>;
  readonly versions: Readonly<Record<string, string>>;
  readonly database: Readonly<Record<string, string>>;
  readonly quick: boolean;
}

export async function describeSettings(databaseUrl: string, quick: boolean): Promise<MeasuredWith> {
  const database = await readDatabaseSettings(databaseUrl);
  if (database['innodb_flush_log_at_trx_commit'] !== '1')
    throw new Error('measure with durable commits: innodb_flush_log_at_trx_commit must be 1');
  return {
    machine: {
      processor: cpus()[0]?.model ?? 'unknown',
      cores: availableParallelism(),
      memoryGib: Math.round(totalmem() / 2 ** 30),
      kernel: release(),
      hugePages: readHugePages(),
    },
    versions: { node: process.version, database: database['version'] ?? 'unknown' },
    database,
    quick,
  };
}

/** The setting of transparent huge pages, which a buffer pool of gigabytes needs as `always`. */
function readHugePages(): string {
  try {
    const modes = readFileSync('/sys/kernel/mm/transparent_hugepage/enabled', 'utf8');
    return /\[(\w+)\]/.exec(modes)?.[1] ?? 'unknown';
  } catch {
    return 'unknown';
  }
}

function readDatabaseSettings(databaseUrl: string): Promise<Record<string, string>> {
  return onDatabase(databaseUrl, async (connection) => {
    const [rows] = await connection.query<RowDataPacket[]>(
      'SHOW GLOBAL VARIABLES WHERE variable_name IN (?)',
      [databaseSettings],
    );
    return Object.fromEntries(rows.map((row) => [String(row['Variable_name']), String(row['Value'])]));
  });
}
