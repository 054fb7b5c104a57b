import { PassThrough } from 'node:stream';
import type { Context, Middleware } from 'koa';
import type { Actor } from '../../access/actor.ts';
import type { Locale } from '../../shared/money.ts';
import { Problem } from '../../shared/problem.ts';
import { translator } from '../messages/translate.ts';
import type { AnyLive } from './define-live.ts';
import { formatsOf } from './format.rules.ts';
import { LIVE, LiveFeed } from './live-feed.ts';
import type { LivePace } from '../../shared/live-pace.ts';
import { frameOf, renderPart } from './page.ts';
import type { PortalSite } from './portal-handlers.ts';
import { personOf } from './portal-person.ts';

const RETRY_AFTER_SECONDS = 10;

type Params = Readonly<Record<string, string>>;
type Feed = LiveFeed<unknown, Actor>;

interface Life {
  /** Aborted as soon as the process is to stop: every connection ends. */
  readonly stopping: AbortSignal;
  readonly pace: LivePace;
}

/**
 * Sends a live part as server-sent events, one poll for all who watch the same. Those who watch are bounded in all, whatever the
 * parameters of the path.
 * @throws Problem `service-unavailable` when too many watch; what `load` throws to the first who watches something
 */
export function handleLive(site: PortalSite, part: AnyLive, { stopping, pace }: Life): Middleware {
  const feeds = new Map<string, Feed>();
  stopping.addEventListener('abort', () => feeds.forEach((feed) => feed.stop()), { once: true });
  const isFull = () => feeds.values().reduce((sum, { size }) => sum + size, 0) >= LIVE.maxClients;
  return async (ctx) => {
    const { params } = ctx as Context & { params: Record<string, string> };
    const { actor } = personOf(ctx)!;
    const key = JSON.stringify([ownerOf(actor), params]);
    // What others of the same owner watch exists; of a path without parameters there is only one.
    if (!feeds.has(key) && Object.keys(params).length > 0) await part.load(site.deps, actor, params);
    if (stopping.aborted || isFull())
      throw new Problem('service-unavailable', { facts: { retry_after_seconds: RETRY_AFTER_SECONDS } });
    const feed = feeds.get(key) ?? openFeed(site, part, { params, pace });
    feeds.set(key, feed);
    const stream = openStream(ctx);
    feed.join({ watcher: actor, language: frameOf(ctx).language, lastId: ctx.get('Last-Event-ID'), stream });
    stream.once('close', () => void (feed.size === 0 && feeds.get(key) === feed && feeds.delete(key)));
  };
}

/** Whose rows somebody watches: people of one company share a poll, and never get what another company's see. A subscriber watches alone. */
function ownerOf(actor: Actor): string {
  if (actor.kind === 'subscriber') return `subscriber ${actor.subscriberId}`;
  return actor.kind === 'company-user' ? `company ${actor.companyId}` : '';
}

function openFeed(
  { deps, portal }: PortalSite,
  part: AnyLive,
  { params, pace }: { readonly params: Params; readonly pace: LivePace },
): Feed {
  const { currency, timeZone } = deps.config;
  const render = (data: unknown, language: Locale) => {
    const frame = {
      language,
      t: translator(language),
      format: formatsOf({ language, currency, timeZone }),
    };
    return renderPart(part.template.file, { ...part.view(data as never, frame), ...frame });
  };
  const failed = (err: unknown) =>
    deps.log.warn({ err, portal: portal.name, part: part.name }, 'a live part was not read');
  return new LiveFeed({ poll: (actor) => part.load(deps, actor, params), render, failed }, LIVE, pace);
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
