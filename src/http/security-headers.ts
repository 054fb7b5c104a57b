import helmet from 'koa-helmet';
import type { Middleware } from 'koa';
import type { Config } from '../../config/config.ts';

/**
 * Security headers: only our own styles, scripts and images, no framing, no guessing of content types. A page whose form
 * redirects to a company's site extends `form-action` with `contentSecurityPolicy`, because browsers apply it to
 * redirects too.
 */
export function securityHeaders({ publicOrigin }: Pick<Config, 'publicOrigin'>): Middleware {
  return helmet({
    contentSecurityPolicy: { useDefaults: false, directives: { ...directives(), 'form-action': ["'self'"] } },
    strictTransportSecurity: publicOrigin.startsWith('https:') && { maxAge: 31_536_000 },
    referrerPolicy: { policy: 'no-referrer' },
    crossOriginEmbedderPolicy: false,
    xFrameOptions: { action: 'deny' },
  });
}

/** The `Content-Security-Policy` of a page whose forms may redirect to these origins besides our own. */
export function contentSecurityPolicy(formOrigins: readonly string[]): string {
  const all = { ...directives(), 'form-action': ["'self'", ...formOrigins] };
  return Object.entries(all)
    .map(([name, sources]) => `${name} ${sources.join(' ')}`)
    .join(';');
}

function directives() {
  return {
    'default-src': ["'none'"],
    'style-src': ["'self'"],
    'script-src': ["'self'"],
    'connect-src': ["'self'"],
    'img-src': ["'self'", 'data:'],
    'font-src': ["'self'"],
    'base-uri': ["'none'"],
    'frame-ancestors': ["'none'"],
  };
}
