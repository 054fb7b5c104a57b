import { PassThrough } from 'node:stream';
import type { Context, Middleware } from 'koa';
import type { Actor } from '../../access/actor.ts';
import type { Locale } from '../../shared/money.ts';
import { Problem } from '../../shared/problem.ts';
import { translator } from '../messages/translate.ts';
import type { AnyLive } from './define-live.ts';
import { formatsOf } from './format.rules.ts';
import { LiveFeed } from './live-feed.ts';
import { frameOf, renderPart } from './page.ts';
import type { PortalSite } from './portal-handlers.ts';
import { personOf } from './portal-person.ts';

const RETRY_AFTER_SECONDS = 10;

/**
 * Sends a live part as server-sent events, one poll for all who watch. Ends every connection as soon as the process is to stop.
 * @throws Problem `service-unavailable` when too many watch
 */
export function handleLive({ deps, portal }: PortalSite, part: AnyLive, stopping: AbortSignal): Middleware {
  const render = (data: unknown, language: Locale) => {
    const { currency, timeZone } = deps.config;
    const frame = {
      language,
      t: translator(language),
      format: formatsOf({ language, currency, timeZone }),
    };
    return renderPart(part.template.file, { ...part.view(data as never, frame), ...frame });
  };
  const feed = new LiveFeed<unknown, Actor>({
    poll: (actor) => part.load(deps, actor),
    render,
    failed: (err) => deps.log.warn({ err, portal: portal.name, part: part.name }, 'a live part was not read'),
  });
  stopping.addEventListener('abort', () => feed.stop(), { once: true });
  return (ctx) => {
    if (!feed.isOpen)
      throw new Problem('service-unavailable', { facts: { retry_after_seconds: RETRY_AFTER_SECONDS } });
    const stream = openStream(ctx);
    const { actor } = personOf(ctx)!;
    feed.join({ watcher: actor, language: frameOf(ctx).language, lastId: ctx.get('Last-Event-ID'), stream });
  };
}

function openStream(ctx: Context): PassThrough {
  const stream = new PassThrough();
  ctx.status = 200;
  ctx.set('Content-Type', 'text/event-stream; charset=utf-8');
  // Reverse proxies would keep the events until a buffer is full.
  ctx.set('X-Accel-Buffering', 'no');
  ctx.body = stream;
  return stream;
}
