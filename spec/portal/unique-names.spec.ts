import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { parseConfig } from '../../config/config.ts';
import { createPortals } from '../../src/portal/portals.ts';

const MESSAGES = join(import.meta.dirname, '..', '..', 'src', 'portal', 'messages');
const portals = createPortals(parseConfig({}));

/** What stands more than once in a list. */
const twice = (names: readonly string[]) => [
  ...new Set(names.filter((name, index) => names.indexOf(name) !== index)),
];

const placesOf = (parts: readonly { readonly path: string }[]) =>
  parts.map(({ path }) => path.replaceAll(/:\w+/g, ':'));

describe('what the areas of portals define', () => {
  it('has names of its own: of pages, forms, files and live parts, over all portals of a listener', () => {
    for (const listener of ['public', 'staff'] as const) {
      const names = portals
        .filter((portal) => portal.listener === listener)
        .flatMap(({ pages, forms = [], downloads = [], lives = [] }) => [
          ...pages,
          ...forms,
          ...downloads,
          ...lives,
        ])
        .map(({ name }) => name);
      assert.ok(names.length > 20);
      assert.deepEqual(twice(names), [], listener);
    }
  });

  it('has addresses of its own: one that two define is answered by the first alone', () => {
    for (const listener of ['public', 'staff'] as const) {
      const shown = portals.filter((portal) => portal.listener === listener);
      const opened = shown.flatMap(({ pages, downloads = [], lives = [] }) => [
        ...pages,
        ...downloads,
        ...lives,
      ]);
      const posted = shown.flatMap(({ forms = [] }) => forms);
      assert.deepEqual(twice(placesOf(opened)), [], listener);
      assert.deepEqual(twice(placesOf(posted)), [], listener);
    }
  });

  it('has texts of its own: a key that two files define has the text of the last, whichever that is', () => {
    for (const language of ['ja', 'en']) {
      const files = readdirSync(MESSAGES).filter(
        (file) => file === `${language}.ts` || file.endsWith(`-${language}.ts`),
      );
      const keys = files.flatMap((file) =>
        [...readFileSync(join(MESSAGES, file), 'utf8').matchAll(/^ {2}'([^']+)':/gm)].map(([, key]) => key!),
      );
      assert.ok(files.length > 20 && keys.length > 1_000);
      assert.deepEqual(twice(keys), [], language);
    }
  });
});
