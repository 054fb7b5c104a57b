import { rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createConnection, type Connection, type RowDataPacket } from 'mysql2/promise';
import { startEmbeddedDatabase, type EmbeddedDatabase } from '../../../batch/launch/embedded-database.ts';
import { migrate } from '../../../config/database/migrate.ts';
import { SERVICE_RIGHTS } from '../../../src/database/grants.rules.ts';
import { leaveNothing } from '../leave-nothing.ts';
import { SmallDisk } from './small-disk.ts';

const NAME = 'tabane';
const PASSWORD = 'reads-and-writes-rows';

/**
 * A database server for fault injection. The service connects as a user without administrative rights, as in production,
 * so a read-only server is read-only for it.
 */
export class PrivateServer {
  /** Address for the service. */
  readonly url: string;
  /** Address for the administrator. */
  readonly adminUrl: string;
  /** The small disk with its data, if this machine allows one. */
  readonly disk: SmallDisk | undefined;
  #database: EmbeddedDatabase;
  readonly #folder: string;
  readonly #isGone: () => void;

  private constructor(folder: string, disk: SmallDisk | undefined, database: EmbeddedDatabase) {
    this.#folder = folder;
    this.disk = disk;
    this.#database = database;
    this.adminUrl = urlOf(database, 'root', database.rootPassword);
    this.url = urlOf(database, NAME, PASSWORD);
    this.#isGone = leaveNothing(() => this.#remove());
  }

  static async start(): Promise<PrivateServer> {
    const folder = await mkdtemp(join(tmpdir(), 'tabane-faults-'));
    const disk = SmallDisk.mount(folder);
    const database = await open(folder);
    await onServer(database.url, (connection) => connection.query(`CREATE DATABASE ${NAME}`));
    const server = new PrivateServer(folder, disk, database);
    await migrate(server.adminUrl);
    await server.asAdmin(async (connection) => {
      await connection.query(`CREATE USER ${NAME}@localhost IDENTIFIED BY '${PASSWORD}'`);
      await connection.query(`GRANT ${SERVICE_RIGHTS.join(', ')} ON ${NAME}.* TO ${NAME}@localhost`);
    });
    return server;
  }

  get pid(): number {
    return this.#database.pid;
  }

  /** A power failure. */
  kill(): void {
    process.kill(this.pid, 'SIGKILL');
  }

  /** Starts the server again, which recovers what was committed. */
  async restart(): Promise<void> {
    const before = this.#database;
    this.#database = await open(this.#folder);
    await before.stop();
  }

  async asAdmin<T>(work: (connection: Connection) => Promise<T>): Promise<T> {
    return onServer(this.adminUrl, work);
  }

  /** Closes every connection of the service. Returns their number. */
  cutConnections(): Promise<number> {
    return this.asAdmin(async (connection) => {
      const [rows] = await connection.query<RowDataPacket[]>(
        'SELECT id FROM information_schema.processlist WHERE user = ?',
        [NAME],
      );
      // A connection may have ended in the meantime.
      for (const { id } of rows)
        await connection.query(`KILL HARD CONNECTION ${Number(id)}`).catch(() => undefined);
      return rows.length;
    });
  }

  setReadOnly(isReadOnly: boolean): Promise<unknown> {
    return this.asAdmin((connection) => connection.query('SET GLOBAL read_only = ?', [isReadOnly]));
  }

  async stop(): Promise<void> {
    await this.#database.stop();
    this.disk?.unmount();
    await rm(this.#folder, { recursive: true, force: true });
    this.#isGone();
  }

  /** Like `stop`, without saving data. */
  #remove(): void {
    try {
      this.kill();
    } catch {
      // It may have ended before.
    }
    this.disk?.unmount();
    rmSync(this.#folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
  }
}

function open(dataDir: string): Promise<EmbeddedDatabase> {
  return startEmbeddedDatabase({
    dataDir,
    settings: { durability: 'durable', bufferPoolMib: 64, logFileMib: 16 },
  });
}

function urlOf({ url }: EmbeddedDatabase, user: string, password: string): string {
  const own = new URL(url);
  own.username = user;
  own.password = password;
  own.pathname = `/${NAME}`;
  return own.href;
}

async function onServer<T>(uri: string, work: (connection: Connection) => Promise<T>): Promise<T> {
  const connection = await createConnection({ uri, multipleStatements: true });
  try {
    return await work(connection);
  } finally {
    connection.destroy();
  }
}
