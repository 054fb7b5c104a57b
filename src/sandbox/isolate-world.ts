import type { Context, Middleware } from 'koa';
import { worldPathOf } from './sandbox-key.rules.ts';

const SECURE = '__Host-';
/** Links, forms and pictures of the portals that a world has, as templates write them: what people type is escaped. */
const OWN_ADDRESS = /\b(href|action|src|data-[a-z-]+|hx-[a-z:-]+)="\/(checkout|my)(?=["/?#])/g;
const OWN_PATH = /^\/(checkout|my)(?=$|[/?#])/;

/**
 * Keeps the pages of a world in its folder and its cookies to itself. Browsers send all cookies of a host, so those of a world have
 * its name in theirs: the world sees no other, and the live pages and other worlds never see its own.
 */
export function isolateWorld(worldId: string): Middleware {
  const folder = worldPathOf(worldId);
  return async (ctx, next) => {
    ctx.state['requestId'] = String(ctx.res.getHeader('X-Request-Id') ?? '');
    ctx.req.headers.cookie = ownCookies(ctx.get('Cookie'), worldId);
    ctx.set('Tabane-Sandbox', 'true');
    await next();
    nameCookies(ctx, worldId);
    const location = ctx.response.get('Location');
    if (OWN_PATH.test(location)) ctx.set('Location', `${folder}${location}`);
    if (ctx.response.is('html') && typeof ctx.body === 'string')
      ctx.body = ctx.body.replaceAll(OWN_ADDRESS, (_all, name, portal) => `${name}="${folder}/${portal}`);
  };
}

const prefixOf = (worldId: string) => `sandbox.${worldId}.`;

/** The cookies of a world under the names that its pages know. */
function ownCookies(sent: string, worldId: string): string {
  const prefix = prefixOf(worldId);
  return sent
    .split(/; */)
    .flatMap((pair) => {
      const secure = pair.startsWith(SECURE) ? SECURE : '';
      const rest = pair.slice(secure.length);
      return rest.startsWith(prefix) ? [`${secure}${rest.slice(prefix.length)}`] : [];
    })
    .join('; ');
}

function nameCookies(ctx: Context, worldId: string): void {
  const set = ctx.res.getHeader('Set-Cookie');
  if (set === undefined) return;
  const lines = Array.isArray(set) ? set : [String(set)];
  ctx.res.setHeader(
    'Set-Cookie',
    lines.map((line) => line.replace(/^(__Host-)?/, (secure) => `${secure}${prefixOf(worldId)}`)),
  );
}
