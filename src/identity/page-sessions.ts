import { randomBytes } from 'node:crypto';
import type Koa from 'koa';
import type { Context, Middleware } from 'koa';
import createSession, { type CreateSessionOptions } from 'koa-session';
import type { Deps } from '../deps.ts';
import { createSessionStore } from './session-store.ts';

/** Proof that the line of the signed-in subscriber was connected at an address; valid for one checkout only. */
export interface LineProof {
  readonly checkout: string;
  readonly lineId: string;
  readonly address: string;
  readonly provenAt: number;
}

/** The content of a session. A session exists only while a subscriber is signed in: nothing is stored for visitors. */
export interface PageSession {
  /** When it started, in ms since 1970: a session ends some hours later even if it is in use. */
  startedAt?: number;
  /** Token that every form of the session repeats; also identifies the session where requests are counted. */
  formToken?: string;
  subscriberId?: number;
  /** Fingerprint of the password that the session was started with. */
  credential?: string;
  lineProof?: LineProof;
}

const CONTENT = [
  'startedAt',
  'formToken',
  'subscriberId',
  'credential',
  'lineProof',
] as const satisfies readonly (keyof PageSession)[];
const KEY_BYTES = 32;
const TOKEN_BYTES = 24;

/**
 * Browser sessions: 256 random bits in a cookie that scripts cannot read and other sites do not send; the content is in
 * the database. A session ends half an hour after the last request, eight hours after the first, and with the browser.
 */
export function pageSessions(deps: Deps, app: Koa): Middleware {
  const secure = deps.config.publicOrigin.startsWith('https:');
  const options = {
    // The prefix makes browsers refuse the cookie from anywhere but this host over TLS.
    key: secure ? '__Host-tabane.session' : 'tabane.session',
    maxAge: 'session' as const,
    rolling: true,
    httpOnly: true,
    sameSite: 'lax',
    secure,
    signed: false,
    overwrite: true,
    genid: () => randomBytes(KEY_BYTES).toString('base64url'),
    // Its types make the context optional; it is always given.
    store: createSessionStore(deps) as NonNullable<CreateSessionOptions['store']>,
    // koa-session loses the lifetime when a request saves the session twice.
    beforeSave: (ctx: { sessionOptions: { maxAge: unknown } }) => {
      ctx.sessionOptions.maxAge = 'session';
    },
  };
  const sessions = createSession(options, app);
  return (ctx, next) =>
    sessions(ctx, () => {
      // Removes a cookie whose session does not exist or has ended.
      if (ctx.cookies.get(options.key) && isNew(ctx)) ctx.cookies.set(options.key, null, { secure });
      return next();
    });
}

function isNew(ctx: Context): boolean {
  return (ctx as unknown as { session: { isNew: boolean } }).session.isNew;
}

/** The content of this browser's session; empty without a signed-in subscriber. */
export function sessionOf(ctx: Context): PageSession {
  return (ctx as unknown as { session: PageSession | null }).session ?? {};
}

/**
 * Starts a session under a new key with a new form token and `content`: a key or token that an attacker planted or saw
 * before is useless.
 */
export async function startSession(
  ctx: Context,
  content: Pick<PageSession, 'subscriberId' | 'credential'> & { readonly startedAt: number },
): Promise<void> {
  const session = sessionOf(ctx) as PageSession & { regenerate(): Promise<void> };
  for (const name of CONTENT) delete session[name];
  const formToken = randomBytes(TOKEN_BYTES).toString('base64url');
  Object.assign(session, content, { formToken });
  await session.regenerate();
}

/** Ends the session, in the database and in the browser. */
export function removeSession(ctx: Context): void {
  (ctx as unknown as { session: null }).session = null;
}
