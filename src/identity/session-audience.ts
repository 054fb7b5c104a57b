import type { Context } from 'koa';
import type { Audience } from '../access/audience.ts';

/** Says for whom the page of this request is, before its session is read. */
export function setAudience(ctx: Context, audience: Audience): void {
  ctx.state['audience'] = audience;
}

/** For whom the page of this request is. */
export function audienceOf(ctx: Context): Audience {
  const { audience } = ctx.state as { audience?: Audience };
  if (!audience) throw new Error('a session needs the audience of its page');
  return audience;
}
