import { mkdirSync } from 'node:fs';
import { totalmem } from 'node:os';
import { join } from 'node:path';

export type Durability = 'durable' | 'relaxed' | 'throwaway';

/** What a caller may choose about the embedded server. */
export interface ServerSettings {
  /** InnoDB buffer pool in MiB. */
  readonly bufferPoolMib?: number;
  /** InnoDB redo log in MiB. */
  readonly logFileMib?: number;
  /**
   * `durable` (default): an acknowledged commit survives a crash of the machine.
   * `relaxed`: it survives a crash of the server, not of the machine; for data that can be made again.
   * `throwaway`: no waiting for the disk at all. For tests, whose database lives as long as their run.
   */
  readonly durability?: Durability;
}

/**
 * For months of millions of charges: one is some 800 bytes a charge, and stays in memory as on a server made for it. A
 * third of the machine, for the service and whatever else is measured run on it too.
 */
export function largeServer(): ServerSettings {
  const machineMib = totalmem() / 1_048_576;
  return { bufferPoolMib: Math.round(Math.min(8_192, machineMib / 3)), logFileMib: 2_048 };
}

/** Where the parts of one embedded server are. */
export interface ServerPaths {
  /** The folder that holds all the others. */
  readonly folder: string;
  readonly data: string;
  readonly socket: string;
  readonly pidFile: string;
}

/** Command line of mariadbd: nothing of the machine's own configuration, no network, the project's defaults. */
export function listServerOptions(paths: ServerPaths, settings: ServerSettings = {}): string[] {
  return [
    '--no-defaults',
    `--datadir=${paths.data}`,
    `--socket=${paths.socket}`,
    `--pid-file=${paths.pidFile}`,
    temporaryFilesOption(paths.folder),
    '--skip-networking',
    '--skip-name-resolve',
    ...userOptions(),
    '--character-set-server=utf8mb4',
    '--collation-server=utf8mb4_bin',
    '--default-time-zone=+00:00',
    '--sql-mode=STRICT_ALL_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ZERO_DATE,NO_ZERO_IN_DATE,NO_ENGINE_SUBSTITUTION',
    '--max-connections=500',
    '--max-allowed-packet=64M',
    `--innodb-buffer-pool-size=${settings.bufferPoolMib ?? 256}M`,
    `--innodb-log-file-size=${settings.logFileMib ?? 256}M`,
    ...durabilityOptions(settings.durability ?? 'durable'),
  ];
}

/**
 * A folder of its own for temporary tables. A starting mariadbd deletes all it finds there as leftovers: in
 * the machine's /tmp it would take those of every other server that is running.
 */
export function temporaryFilesOption(folder: string): string {
  const temporary = join(folder, 'tmp');
  mkdirSync(temporary, { recursive: true, mode: 0o700 });
  return `--tmpdir=${temporary}`;
}

/** mariadbd and mariadb-install-db run as root only if asked to. */
export function userOptions(): string[] {
  return process.getuid?.() === 0 ? ['--user=root'] : [];
}

/** How the server waits for the disk. */
export function durabilityOptions(durability: Durability): string[] {
  if (durability === 'durable') return ['--innodb-flush-log-at-trx-commit=1'];
  if (durability === 'relaxed') return ['--innodb-flush-log-at-trx-commit=2'];
  return [
    '--innodb-flush-log-at-trx-commit=2',
    '--innodb-doublewrite=0',
    '--debug-no-sync=1',
    // Each test file makes a hundred tables and drops them: without a file each that takes half the time.
    '--innodb-file-per-table=0',
  ];
}
