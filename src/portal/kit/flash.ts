import type { Context } from 'koa';
import { sessionOf } from '../../identity/page-sessions.ts';
import type { PageSession } from '../../identity/page-session.ts';
import { isMessageKey, type MessageKey, type Translate } from '../messages/translate.ts';

export interface Flash {
  readonly key: MessageKey;
  readonly facts?: Readonly<Record<string, string | number>> | undefined;
}

/** Keeps what was done for the next page of this session, which says it once. */
export function keepFlash(ctx: Context, { key, facts }: Flash): void {
  const session = sessionOf(ctx);
  if (session.startedAt !== undefined) session.flash = { key, ...(facts && { facts: { ...facts } }) };
}

/** What the page before has done, if anything; forgotten afterwards. */
export function takeFlash(ctx: Context, t: Translate): string | undefined {
  const session: PageSession = sessionOf(ctx);
  const { flash } = session;
  if (!flash) return undefined;
  delete session.flash;
  return isMessageKey(flash.key) ? t(flash.key, flash.facts) : undefined;
}
