import { createPool, escapeId, type Pool, type ResultSetHeader, type RowDataPacket } from 'mysql2/promise';
import type { SandboxConfig } from '../../config/config.ts';
import { readDatabaseUrl } from '../../config/database-url.ts';
import type { ClockSetting } from './world-clock.ts';

/** The world of a company, as the registry has it. */
export interface WorldRow {
  readonly id: string;
  readonly companyId: number;
  readonly schemaVersion: string;
  readonly state: 'making' | 'ready';
  readonly createdAt: Date;
  readonly lastUsedAt: Date;
  readonly clock: ClockSetting;
}

const CONNECTIONS = 4;
/** A server that does not answer keeps the requests of worlds waiting so long, and no others. */
const CONNECT_TIMEOUT_MS = 3_000;

/** A registry and its tables are made when they are first needed; worlds are expendable, so there are no migrations. */
const TABLES = [
  `CREATE TABLE IF NOT EXISTS world (
     id CHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
     company_id INT UNSIGNED NOT NULL,
     schema_version VARCHAR(120) NOT NULL,
     state ENUM('making', 'ready') NOT NULL,
     created_at DATETIME(3) NOT NULL,
     last_used_at DATETIME(3) NOT NULL,
     clock_at DATETIME(3) NOT NULL,
     clock_set_at DATETIME(3) NOT NULL,
     CONSTRAINT world_company UNIQUE (company_id))`,
  `CREATE TABLE IF NOT EXISTS recipe (
     schema_version VARCHAR(120) NOT NULL, step INT UNSIGNED NOT NULL, statement LONGTEXT NOT NULL,
     PRIMARY KEY (schema_version, step))`,
];

/** Worlds, and what makes them, in the database of `SANDBOX_DATABASE_URL`, apart from the live one. */
export class Registry {
  readonly name: string;
  readonly #url: string;
  readonly #pool: Pool;
  #ready: Promise<void> | undefined;

  constructor({ databaseUrl }: Pick<SandboxConfig, 'databaseUrl'>) {
    const { database, ...server } = readDatabaseUrl(databaseUrl);
    this.name = database;
    this.#url = databaseUrl;
    this.#pool = createPool({
      ...server,
      connectionLimit: CONNECTIONS,
      connectTimeout: CONNECT_TIMEOUT_MS,
      timezone: 'Z',
      multipleStatements: true,
    });
  }

  /** The address of the database of a world. */
  databaseUrlOf(worldId: string): string {
    const url = new URL(this.#url);
    url.pathname = `/${this.databaseOf(worldId)}`;
    return url.href;
  }

  databaseOf(worldId: string): string {
    return `${this.name}_${worldId}`;
  }

  /** A table of the registry for statements on any connection of the sandbox's owner. */
  table(name: 'world' | 'recipe'): string {
    return `${escapeId(this.name)}.${name}`;
  }

  async find(id: string): Promise<WorldRow | undefined> {
    return this.#findBy('id = ?', id);
  }

  async findOfCompany(companyId: number): Promise<WorldRow | undefined> {
    return this.#findBy('company_id = ?', companyId);
  }

  async #findBy(condition: string, value: string | number): Promise<WorldRow | undefined> {
    const [row] = await this.query(`SELECT * FROM ${this.table('world')} WHERE ${condition}`, [value]);
    return row && readWorld(row);
  }

  async query(statement: string, values: readonly unknown[] = []): Promise<RowDataPacket[]> {
    await this.#prepare();
    const [rows] = await this.#pool.query<RowDataPacket[]>(statement, [...values]);
    return rows;
  }

  /** @returns the number of rows that were changed. */
  async change(statement: string, values: readonly unknown[]): Promise<number> {
    await this.#prepare();
    const [result] = await this.#pool.query<ResultSetHeader>(statement, [...values]);
    return result.affectedRows;
  }

  /** Runs work on one connection, which another use does not see. */
  async onConnection<T>(
    work: (query: (statement: string, values?: readonly unknown[]) => Promise<RowDataPacket[]>) => Promise<T>,
  ): Promise<T> {
    await this.#prepare();
    const connection = await this.#pool.getConnection();
    try {
      return await work(async (statement, values = []) => {
        const [rows] = await connection.query<RowDataPacket[]>(statement, [...values]);
        return rows;
      });
    } finally {
      // Its current database and settings are of this work alone.
      connection.destroy();
    }
  }

  async close(): Promise<void> {
    await this.#pool.end();
  }

  #prepare(): Promise<void> {
    return (this.#ready ??= this.#makeTables().catch((error: unknown) => {
      this.#ready = undefined;
      throw error;
    }));
  }

  async #makeTables(): Promise<void> {
    await this.#pool.query(`CREATE DATABASE IF NOT EXISTS ${escapeId(this.name)}`);
    for (const table of TABLES) {
      await this.#pool.query(table.replace('EXISTS ', `EXISTS ${escapeId(this.name)}.`));
    }
  }
}

function readWorld(row: RowDataPacket): WorldRow {
  return {
    id: String(row['id']),
    companyId: Number(row['company_id']),
    schemaVersion: String(row['schema_version']),
    state: row['state'] as WorldRow['state'],
    createdAt: row['created_at'] as Date,
    lastUsedAt: row['last_used_at'] as Date,
    clock: { at: row['clock_at'] as Date, setAt: row['clock_set_at'] as Date },
  };
}
