import { randomBytes } from 'node:crypto';
import type Koa from 'koa';
import type { Context, Middleware } from 'koa';
import createSession, { type CreateSessionOptions } from 'koa-session';
import type { Audience } from '../access/audience.ts';
import type { Deps } from '../deps.ts';
import type { PageSession } from './page-session.ts';
import { setAudience } from './session-audience.ts';
import { createSessionStore } from './session-store.ts';

const CONTENT = [
  'startedAt',
  'formToken',
  'subscriberId',
  'accountId',
  'accountProof',
  'pendingSignIn',
  'offeredSeed',
  'credential',
  'provenBy',
  'provenAt',
  'passkey',
  'lineProof',
  'byMailCode',
  'formerTokens',
  'drafts',
  'flash',
] as const satisfies readonly (keyof PageSession)[];
const KEY_BYTES = 32;
const TOKEN_BYTES = 24;

/** The cookie of each audience, which browsers send with requests for the others too. */
const COOKIES: Readonly<Record<Audience, string>> = {
  subscriber: 'tabane.session',
  company: 'tabane.company',
  staff: 'tabane.staff',
};

/**
 * Browser sessions: 256 random bits in a cookie that scripts cannot read and other sites do not send; the content is in
 * the database. Each audience has a cookie of its own. A session ends half an hour after the last request, eight hours after the first, and with the browser.
 */
export function pageSessions(
  deps: Deps,
  app: Koa,
  { origin = deps.config.publicOrigin }: { readonly origin?: string } = {},
): (audience: Audience) => Middleware {
  const secure = origin.startsWith('https:');
  const options = {
    key: COOKIES.subscriber,
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
  return (audience) => {
    // The prefix makes browsers refuse the cookie from anywhere but this host over TLS.
    const key = secure ? `__Host-${COOKIES[audience]}` : COOKIES[audience];
    return (ctx, next) => {
      setAudience(ctx, audience);
      // koa-session gives each request options of its own.
      (ctx as unknown as { sessionOptions: { key: string } }).sessionOptions.key = key;
      return sessions(ctx, () => {
        // Removes a cookie whose session does not exist or has ended.
        if (ctx.cookies.get(key) && isNew(ctx)) ctx.cookies.set(key, null, { secure });
        return next();
      });
    };
  };
}

function isNew(ctx: Context): boolean {
  return (ctx as unknown as { session: { isNew: boolean } }).session.isNew;
}

/** The content of this browser's session; empty without a signed-in subscriber. */
export function sessionOf(ctx: Context): PageSession {
  return (ctx as unknown as { session: PageSession | null }).session ?? {};
}

/** The key of this browser's session, by which the list of a person's sessions knows it; empty without one. */
export function sessionKeyOf(ctx: Context): string {
  const { sessionOptions } = ctx as unknown as { sessionOptions?: { key: string } };
  return (sessionOptions && ctx.cookies.get(sessionOptions.key)) ?? '';
}

/**
 * Starts a session under a new key with a new form token and `content`: a key or token that an attacker planted or saw
 * before is useless.
 */
export async function startSession(
  ctx: Context,
  content: Omit<PageSession, 'startedAt' | 'formToken'> & { readonly startedAt: number },
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
