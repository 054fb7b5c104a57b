import { randomBytes } from 'node:crypto';
import type Koa from 'koa';
import type { Context, Middleware } from 'koa';
import createSession, { type CreateSessionOptions } from 'koa-session';
import type { Deps } from '../deps.ts';
import { createSessionStore } from './session-store.ts';

/** That the line of the person signed in was connected at an address, proven for one checkout alone. */
export interface LineProof {
  readonly checkout: string;
  readonly lineId: string;
  readonly address: string;
  readonly provenAt: number;
}

/** What a session holds. A session exists only while somebody is signed in: nothing is stored for visitors. */
export interface PageSession {
  /** When it began, in ms since 1970: a session ends some hours later, however much it is used. */
  startedAt?: number;
  /** What every form of the session repeats; also its name where requests are counted. */
  formToken?: string;
  subscriberId?: number;
  /** Stands for the password the session was begun with. */
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
 * Sessions of browsers: 256 random bits in a cookie that no script reads and no other site sends along, the
 * content in the database, ended half an hour after the last request, eight hours after the first, and with the browser.
 */
export function pageSessions(deps: Deps, app: Koa): Middleware {
  const secure = deps.config.publicOrigin.startsWith('https:');
  const options = {
    // The prefix makes browsers refuse the cookie from anywhere but this very host over TLS.
    key: secure ? '__Host-tabane.session' : 'tabane.session',
    maxAge: 'session' as const,
    rolling: true,
    httpOnly: true,
    sameSite: 'lax',
    secure,
    signed: false,
    overwrite: true,
    genid: () => randomBytes(KEY_BYTES).toString('base64url'),
    // Its types leave open whether the context is given; it always is.
    store: createSessionStore(deps) as NonNullable<CreateSessionOptions['store']>,
    // koa-session forgets the lifetime with the first of two savings in one request.
    beforeSave: (ctx: { sessionOptions: { maxAge: unknown } }) => {
      ctx.sessionOptions.maxAge = 'session';
    },
  };
  const sessions = createSession(options, app);
  return (ctx, next) =>
    sessions(ctx, () => {
      // A cookie that opens nothing, or nothing any more, is of no use to the browser.
      if (ctx.cookies.get(options.key) && isNew(ctx)) ctx.cookies.set(options.key, null, { secure });
      return next();
    });
}

function isNew(ctx: Context): boolean {
  return (ctx as unknown as { session: { isNew: boolean } }).session.isNew;
}

/** The content of this browser's session; empty when nobody is signed in. */
export function sessionOf(ctx: Context): PageSession {
  return (ctx as unknown as { session: PageSession | null }).session ?? {};
}

/**
 * Starts a session under a new key, with a form token of its own and nothing but `content` besides: a key or token
 * known from before, planted or seen, opens nothing.
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
