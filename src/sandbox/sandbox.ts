import { rm } from 'node:fs/promises';
import { escapeId } from 'mysql2/promise';
import { migrate } from '../../config/database/migrate.ts';
import type { SandboxConfig } from '../../config/config.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../shared/problem.ts';
import { copyCompany, type CopiedCompany } from './copy-company.ts';
import { Registry, type WorldRow } from './registry.ts';
import { generateWorldId } from './sandbox-key.rules.ts';
import { prepareMagicPersons } from './prepare-magic-persons.ts';
import { openWorldDeps, worldConfig, type WorldDeps } from './world-deps.ts';
import { cloneTemplate, getRecipe, newestMigration } from './world-template.ts';

/** Worlds that one process keeps open; the least recently used one is closed. */
const MAX_OPEN = 20;
/** A world that was made for so long was left behind by a process that died. */
const MAKING_TIMEOUT_MS = 5 * 60_000;
/** The registry is told of the use of a world at most this often. */
const NOTE_USE_EVERY_MS = 60_000;

/** A world in use: hand it back with `leave`. */
export interface EnteredWorld {
  readonly row: WorldRow;
  readonly deps: WorldDeps;
  leave(): void;
}

interface Open {
  readonly deps: Promise<WorldDeps>;
  users: number;
}

type LiveDeps = Pick<Deps, 'config' | 'log' | 'documents'>;

/** The sandboxes of one process: finds, makes and drops worlds, and keeps some of them open. The live database is not touched. */
export class Sandbox {
  readonly config: SandboxConfig;
  readonly registry: Registry;
  readonly #live: LiveDeps;
  /** The most recently used one last. */
  readonly #open = new Map<string, Open>();

  constructor(live: LiveDeps, config: SandboxConfig) {
    this.#live = live;
    this.config = config;
    this.registry = new Registry(config);
  }

  /** Makes the template ahead, so that the first company does not wait for all migrations. */
  async prepare(): Promise<void> {
    await getRecipe(this.registry, this.#live);
  }

  /** The world of an identifier, by one keyed read of the registry; undefined for one that does not exist. */
  async enter(id: string): Promise<EnteredWorld | undefined> {
    const row = await this.registry.find(id);
    if (row?.state !== 'ready') return undefined;
    const open = this.#open.get(id) ?? this.#begin(row);
    this.#open.delete(id);
    this.#open.set(id, open);
    open.users += 1;
    const leave = () => void (open.users -= 1);
    try {
      await this.#closeOldest();
      const deps = await open.deps;
      deps.clock.set(row.clock);
      await this.#noteUse(row);
      return { row, deps, leave };
    } catch (error) {
      leave();
      throw error;
    }
  }

  /**
   * Makes the world of a company.
   * @throws Problem `illegal-state` if it has one (`world-exists`), or there are as many as there may be (`worlds-full`).
   */
  async make(companyId: number, seller: CopiedCompany): Promise<WorldRow> {
    const recipe = await getRecipe(this.registry, this.#live);
    const id = await this.#reserve(companyId);
    try {
      await cloneTemplate(this.registry, recipe, id);
      const row = await this.registry.find(id);
      if (!row) throw new Error('the world was dropped while it was made');
      const deps = await openWorldDeps(this.#live, this.registry, row);
      try {
        await copyCompany(deps, seller);
        await prepareMagicPersons(deps);
      } finally {
        await deps.orm.close();
      }
      await this.registry.change(`UPDATE ${this.registry.table('world')} SET state = 'ready' WHERE id = ?`, [
        id,
      ]);
      return { ...row, state: 'ready' };
    } catch (error) {
      await this.drop(id);
      throw error;
    }
  }

  /** Drops a world with all its data and files. Its keys are worthless with the next request. */
  async drop(id: string): Promise<void> {
    const { registry } = this;
    // First, so that no request enters; a crash leaves a database without a world, which `dropIdleWorlds` drops.
    await registry.change(`DELETE FROM ${registry.table('world')} WHERE id = ?`, [id]);
    const open = this.#open.get(id);
    this.#open.delete(id);
    if (open) await closeWorld(open);
    await registry.query(`DROP DATABASE IF EXISTS ${escapeId(registry.databaseOf(id))}`);
    const { filesDir } = worldConfig(this.#live.config, id, registry.databaseUrlOf(id));
    await rm(filesDir, { recursive: true, force: true });
  }

  async close(): Promise<void> {
    await Promise.all([...this.#open.values()].map(closeWorld));
    this.#open.clear();
    await this.registry.close();
  }

  #begin(row: WorldRow): Open {
    const deps = this.#openCurrent(row);
    // A world that cannot be opened is tried again by the next request.
    deps.catch(() => this.#open.delete(row.id));
    return { deps, users: 0 };
  }

  async #openCurrent(row: WorldRow): Promise<WorldDeps> {
    const newest = newestMigration();
    if (row.schemaVersion !== newest) {
      await migrate(this.registry.databaseUrlOf(row.id));
      await this.registry.change(
        `UPDATE ${this.registry.table('world')} SET schema_version = ? WHERE id = ?`,
        [newest, row.id],
      );
    }
    return openWorldDeps(this.#live, this.registry, row);
  }

  async #closeOldest(): Promise<void> {
    for (const [id, open] of this.#open) {
      if (this.#open.size <= MAX_OPEN) return;
      if (open.users > 0) continue;
      this.#open.delete(id);
      await closeWorld(open);
    }
  }

  async #noteUse({ id, lastUsedAt }: WorldRow): Promise<void> {
    const now = new Date();
    if (now.getTime() - lastUsedAt.getTime() < NOTE_USE_EVERY_MS) return;
    await this.registry.change(`UPDATE ${this.registry.table('world')} SET last_used_at = ? WHERE id = ?`, [
      now,
      id,
    ]);
  }

  /** Takes the place of a company in the registry: of two that make a world at once, one is refused by the unique key. */
  async #reserve(companyId: number): Promise<string> {
    const { registry } = this;
    const earlier = await registry.findOfCompany(companyId);
    const now = new Date();
    if (earlier?.state === 'making' && now.getTime() - earlier.createdAt.getTime() > MAKING_TIMEOUT_MS) {
      await this.drop(earlier.id);
    } else if (earlier) throw hasWorld();
    const id = generateWorldId();
    const table = registry.table('world');
    // In one statement, so that two at once cannot both take the last place.
    const added = await registry
      .change(
        `INSERT INTO ${table} (id, company_id, schema_version, state, created_at, last_used_at, clock_at, clock_set_at)
         SELECT ?, ?, ?, 'making', ?, ?, ?, ? FROM (SELECT COUNT(*) AS worlds FROM ${table}) counted WHERE worlds < ?`,
        [id, companyId, newestMigration(), now, now, now, now, this.config.maxWorlds],
      )
      .catch((error: unknown) => {
        if ((error as { errno?: number }).errno === DUPLICATE) throw hasWorld();
        throw error;
      });
    if (added === 0)
      throw new Problem('illegal-state', {
        detail: 'There are as many worlds as there may be: ask the carrier.',
        facts: { reason: 'worlds-full' },
      });
    return id;
  }
}

const DUPLICATE = 1062;

const hasWorld = () =>
  new Problem('illegal-state', {
    detail: 'The company has a world in the sandbox.',
    facts: { reason: 'world-exists' },
  });

async function closeWorld({ deps }: Open): Promise<void> {
  const opened = await deps.catch(() => undefined);
  await opened?.orm.close();
}
