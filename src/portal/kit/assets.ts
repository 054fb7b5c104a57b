import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import Router from '@koa/router';
import type { Config } from '../../../config/config.ts';
import { carrierAssetsOf } from './carrier-assets.ts';

/** Folder of the templates, styles and images of the pages. */
export const pagesDir = fileURLToPath(new URL('../../../templates/pages', import.meta.url));

interface Asset {
  /** Changes with the content, so that browsers may cache it for ever. */
  readonly href: string;
  readonly type: string;
  readonly content: Buffer;
}

const require = createRequire(import.meta.url);
const fromPages = (file: string) => readFileSync(`${pagesDir}/${file}`);
const fromPackage = (file: string) => readFileSync(require.resolve(file));

const CSS = 'text/css; charset=utf-8';
const SCRIPT = 'text/javascript; charset=utf-8';

export const assets = {
  /** The primitives of the Digital Agency, what we mean by them, and the styles of all pages. */
  stylesheet: asset('pages.css', CSS, [
    fromPackage('@digital-go-jp/design-tokens/dist/tokens.css'),
    ...[
      'tokens.css',
      'page.css',
      'kit.css',
      'data.css',
      'console.css',
      'my.css',
      'companies.css',
      'billing.css',
    ].map(fromPages),
  ]),
  docsStylesheet: asset('docs.css', CSS, [fromPages('docs.css')]),
  /** What scripts add to pages that work without them. */
  script: asset('kit.js', SCRIPT, [fromPages('kit.js')]),
  /** The keyboard of consoles. */
  shortcutsScript: asset('shortcuts.js', SCRIPT, [fromPages('shortcuts.js')]),
  /** Registers and asks for passkeys. */
  passkeyScript: asset('passkey.js', SCRIPT, [fromPages('passkey.js')]),
  /** Replaces parts of live pages, by server-sent events. */
  htmx: asset('htmx.js', SCRIPT, [
    fromPackage('htmx.org/dist/htmx.min.js'),
    fromPackage('htmx.org/dist/ext/hx-sse.min.js'),
  ]),
  icon: asset('icon.svg', 'image/svg+xml', [fromPages('icon.svg')]),
};

/** Serves styles, scripts and images under addresses that contain a hash of their content. */
export function assetRouter({ carrier }: Pick<Config, 'carrier'>): Router {
  const router = new Router();
  const all = [...Object.values(assets), ...Object.values(carrierAssetsOf(carrier))];
  for (const { href, type, content } of all) {
    router.get(href, (ctx) => {
      ctx.set('Cache-Control', 'public, max-age=31536000, immutable');
      ctx.set('Content-Type', type);
      ctx.body = content;
    });
  }
  return router;
}

function asset(name: string, type: string, parts: readonly Buffer[]): Asset {
  const content = Buffer.concat(parts.flatMap((part) => [part, Buffer.from('\n')]));
  const digest = createHash('sha256').update(content).digest('hex').slice(0, 12);
  return { href: `/assets/${name.replace('.', `.${digest}.`)}`, type, content };
}
