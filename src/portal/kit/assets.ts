import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import Router from '@koa/router';

/** Folder of the templates, styles and images of the pages. */
export const pagesDir = fileURLToPath(new URL('../../../templates/pages', import.meta.url));

interface Asset {
  /** Changes with the content, so that browsers may cache it for ever. */
  readonly href: string;
  readonly type: string;
  readonly content: Buffer;
}

export const assets = {
  stylesheet: readAsset('page.css', 'text/css; charset=utf-8'),
  docsStylesheet: readAsset('docs.css', 'text/css; charset=utf-8'),
  icon: readAsset('icon.svg', 'image/svg+xml'),
};

/** Serves styles and images under addresses that contain a hash of their content. */
export function assetRouter(): Router {
  const router = new Router();
  for (const { href, type, content } of Object.values(assets)) {
    router.get(href, (ctx) => {
      ctx.set('Cache-Control', 'public, max-age=31536000, immutable');
      ctx.set('Content-Type', type);
      ctx.body = content;
    });
  }
  return router;
}

function readAsset(file: string, type: string): Asset {
  const content = readFileSync(`${pagesDir}/${file}`);
  const digest = createHash('sha256').update(content).digest('hex').slice(0, 12);
  return { href: `/assets/${file.replace('.', `.${digest}.`)}`, type, content };
}
