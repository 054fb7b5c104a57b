import type { Context } from 'koa';
import { removeSession, sessionKeyOf, sessionOf, startSession } from '../../identity/page-sessions.ts';
import type { PageSession } from '../../identity/page-session.ts';
import { requestIdOf } from '../../http/request-id.ts';
import type { Config } from '../../../config/config.ts';
import type { Locale } from '../../shared/money.ts';
import { formTokenOf, shownSealOf } from './form-token.ts';
import { frameOf } from './page.ts';

/** The browser of a request and its session, for pages about signing in. */
export interface Visit {
  /** The browser's address. */
  readonly address: string;
  /** What the browser says of itself; at most 255 characters. */
  readonly userAgent: string;
  readonly requestId: string;
  readonly language: Locale;
  /** The seal of what the page showed, which its form sent back; empty without one. */
  readonly shown: string;
  /** Empty without a signed-in person. Changes of its members are stored. */
  readonly session: PageSession;
  /** The key of the session; empty without one. */
  readonly sessionKey: string;
  /** The token of this browser's forms, a secret of its own; the same on a page and in the form that it posts. */
  formToken(config: Pick<Config, 'secret'>): string;
  /** Starts a session under a new key: at each sign-in and each rise of privilege. */
  startSession(
    content: Omit<PageSession, 'startedAt' | 'formToken'> & { readonly startedAt: number },
  ): Promise<void>;
  /** Runs a sign-in that reads the request itself (`subscriberSignIn`). */
  prove<T>(signIn: (ctx: Context) => Promise<T>): Promise<T>;
  /** Signs out. */
  endSession(): void;
}

export function visitOf(ctx: Context): Visit {
  return {
    address: ctx.ip,
    userAgent: ctx.get('User-Agent').slice(0, 255),
    requestId: requestIdOf(ctx),
    language: frameOf(ctx).language,
    shown: shownSealOf(ctx),
    session: sessionOf(ctx),
    sessionKey: sessionKeyOf(ctx),
    formToken: (config) => formTokenOf(ctx, config),
    startSession: (content) => startSession(ctx, content),
    prove: (signIn) => signIn(ctx),
    endSession: () => removeSession(ctx),
  };
}
