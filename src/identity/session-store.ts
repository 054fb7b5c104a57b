import { createHash } from 'node:crypto';
import type { Context } from 'koa';
import type { Audience } from '../access/audience.ts';
import { emOf } from '../database/transaction.ts';
import { sqlOf } from '../database/sql.ts';
import type { Deps } from '../deps.ts';
import { audienceOf } from './session-audience.ts';
import type { PageSession } from './page-session.ts';

/** A session ends this long after its last request. */
const SESSION_IDLE_MS = 30 * 60_000;
/** A session in use ends this long after its start (our decision); the subscriber then signs in again. */
const SESSION_MAX_MS = 8 * 60 * 60_000;
/** Every request prolongs its session; the database is updated at most this often. */
const PROLONG_EVERY_MS = 60_000;

/** Characters of a browser's name that are kept. */
const USER_AGENT_LENGTH = 255;

type Content = Record<string, unknown>;

interface StoreTerms {
  readonly ctx: Context;
  readonly changed?: boolean;
}

/** The session store of koa-session. The key is the cookie; the table contains only its hash, so a copy of the table is useless. */
export interface SessionStore {
  get(key: string, maxAge: unknown, terms: StoreTerms): Promise<Content | undefined>;
  set(key: string, content: Content, maxAge: unknown, terms: StoreTerms): Promise<void>;
  destroy(key: string): Promise<void>;
}

interface Loaded {
  readonly idHash: string;
  readonly expiresAt: Date;
}

export function createSessionStore(deps: Deps): SessionStore {
  const loaded = new WeakMap<Context, Loaded>();
  return {
    async get(key, _maxAge, { ctx }) {
      const idHash = hashSessionKey(key);
      const row = await findSession(deps, idHash, audienceOf(ctx));
      if (!row || endOf(row.content) <= deps.clock.now().getTime()) return undefined;
      loaded.set(ctx, { idHash, expiresAt: row.expiresAt });
      return row.content;
    },
    async set(key, content, _maxAge, { ctx, changed = true }) {
      const idHash = hashSessionKey(key);
      const idleEnd = deps.clock.now().getTime() + SESSION_IDLE_MS;
      const expiresAt = new Date(Math.min(idleEnd, endOf(content)));
      const before = loaded.get(ctx);
      if (before?.idHash !== idHash) {
        await insertSession(deps, { idHash, content, expiresAt }, ctx);
        loaded.set(ctx, { idHash, expiresAt });
      } else if (changed || expiresAt.getTime() - before.expiresAt.getTime() >= PROLONG_EVERY_MS) {
        await updateSession(deps, { idHash, content, expiresAt });
      }
    },
    async destroy(key) {
      await sqlOf(emOf(deps)).deleteFrom('session').where('idHash', '=', hashSessionKey(key)).execute();
    },
  };
}

/** The latest end of a session, in ms since 1970; a session without a start has ended. */
function endOf({ startedAt }: Content): number {
  return typeof startedAt === 'number' ? startedAt + SESSION_MAX_MS : 0;
}

/** A session of another audience is unknown, even under its own key. */
async function findSession(deps: Deps, idHash: string, audience: Audience) {
  return sqlOf(emOf(deps))
    .selectFrom('session')
    .select(['content', 'expiresAt'])
    .where('idHash', '=', idHash)
    .where('audience', '=', audience)
    .where('expiresAt', '>', deps.clock.now())
    .executeTakeFirst();
}

interface SessionRow {
  readonly idHash: string;
  readonly content: Content;
  readonly expiresAt: Date;
}

/** With what the person needs to recognise it in the list of their sessions. */
async function insertSession(deps: Deps, row: SessionRow, ctx: Context): Promise<void> {
  const now = deps.clock.now();
  const { subscriberId = null, accountId = null } = row.content as PageSession;
  await sqlOf(emOf(deps))
    .insertInto('session')
    .values({
      ...row,
      audience: audienceOf(ctx),
      subscriberId,
      accountId,
      createdAt: now,
      lastSeenAt: now,
      address: ctx.ip || null,
      userAgent: ctx.get('User-Agent').slice(0, USER_AGENT_LENGTH) || null,
    })
    .execute();
}

/** Updates without inserting: an upsert would restore a session that a concurrent request has ended. */
async function updateSession(deps: Deps, { idHash, content, expiresAt }: SessionRow): Promise<void> {
  await sqlOf(emOf(deps))
    .updateTable('session')
    .set({ content, expiresAt, lastSeenAt: deps.clock.now() })
    .where('idHash', '=', idHash)
    .execute();
}

/** By which the table knows the session of a cookie. */
export function hashSessionKey(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}
