import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { readImports } from './read-imports.ts';

const root = join(import.meta.dirname, '..', '..');

/** What reads rows itself: the checkout loads what it sells. */
const readsRows = ['src/portal/checkout/'];
/** What is there for all portals. */
const shared = new Set(['kit', 'messages', 'explain']);

const isExcused = (file: string) => readsRows.some((place) => file.startsWith(place));
const files = globSync('src/portal/**/*.ts', { cwd: root });
const portalImports = readImports().filter(({ from }) => from.startsWith('src/portal/'));

/** The folder of a portal, or undefined outside src/portal. */
const folderOf = (file: string): string | undefined => /^src\/portal\/([\w-]+)\//.exec(file)?.[1];

const lines = (found: typeof portalImports) => found.map(({ from, to }) => `${from} imports ${to}`);

describe('the portals', () => {
  it('leave Koa, its middleware and Eta to the kit', () => {
    const knowing = files.filter(
      (file) =>
        !file.startsWith('src/portal/kit/') &&
        /from '(@?koa[/\w-]*|eta)'/.test(readFileSync(join(root, file), 'utf8')),
    );
    assert.deepEqual(knowing, []);
  });

  it('read and write through use cases: they import no entity and no SQL', () => {
    const found = portalImports.filter(
      ({ from, to }) =>
        !isExcused(from) &&
        (to.endsWith('.entity.ts') || to === 'src/entities.ts' || to.startsWith('src/database/')),
    );
    assert.deepEqual(lines(found), []);
    const writing = files.filter(
      (file) =>
        !isExcused(file) && /from '(kysely|mysql2|@mikro-orm)/.test(readFileSync(join(root, file), 'utf8')),
    );
    assert.deepEqual(writing, []);
  });

  it('know nothing of each other', () => {
    const found = portalImports.filter(({ from, to }) => {
      const [own, other] = [folderOf(from), folderOf(to)];
      return own !== undefined && other !== undefined && own !== other && !shared.has(other);
    });
    assert.deepEqual(lines(found), []);
  });

  it('are known to the kit only by what they declare', () => {
    const found = portalImports.filter(
      ({ from, to }) => folderOf(from) === 'kit' && folderOf(to) !== undefined && !shared.has(folderOf(to)!),
    );
    assert.deepEqual(lines(found), []);
  });

  it('were found, and what is excused still exists', () => {
    assert.ok(portalImports.length > 100, `${portalImports.length} imports`);
    for (const place of readsRows)
      assert.ok(
        files.some((file) => file.startsWith(place)),
        place,
      );
  });
});
