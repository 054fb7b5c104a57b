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

/** What a session holds. */
export interface PageSession {
  /** What every form of the session repeats. */
  formToken?: string;
  subscriberId?: number;
  /** Stands for the password the session was begun with. */
  credential?: string;
  lineProof?: LineProof;
}

const CONTENT = [
  'formToken',
  'subscriberId',
  'credential',
  'lineProof',
] as const satisfies readonly (keyof PageSession)[];
const KEY_BYTES = 32;

/**
 * Sessions of browsers: 256 random bits in a cookie that no script reads and no other site sends along, the
 * content in the database, ended half an hour after the last request and with the browser.
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
  return createSession(options, app);
}

/** The content of this browser's session. */
export function sessionOf(ctx: Context): PageSession {
  return (ctx as unknown as { session: PageSession }).session;
}

/**
 * Begins the session anew under another key, and with nothing but `content` in it: whoever knew the old key,
 * planted or seen, has nothing.
 */
export async function renewSession(ctx: Context, content: PageSession): Promise<void> {
  const session = sessionOf(ctx) as PageSession & { regenerate(): Promise<void> };
  for (const name of CONTENT) delete session[name];
  Object.assign(session, content);
  await session.regenerate();
}
