import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { readImports } from './read-imports.ts';

const root = join(import.meta.dirname, '..', '..');

/** What is not declared with the kit yet: it serves its routes itself, and reads what it sells. */
const notMoved = ['src/portal/checkout/', 'src/portal/signed-in.ts'];
/** What is there for all portals. */
const shared = ['kit', 'messages', 'docs/guides'];

const isMoved = (file: string) => notMoved.every((place) => !file.startsWith(place));
const files = globSync('src/portal/**/*.ts', { cwd: root });
const portalImports = readImports().filter(({ from }) => from.startsWith('src/portal/') && isMoved(from));

/** The folder of a portal, or undefined outside src/portal. */
const folderOf = (file: string): string | undefined => /^src\/portal\/([\w-]+)\//.exec(file)?.[1];

const lines = (found: typeof portalImports) => found.map(({ from, to }) => `${from} imports ${to}`);

describe('the portals', () => {
  it('leave Koa, its middleware and Eta to the kit', () => {
    const knowing = files.filter(
      (file) =>
        isMoved(file) &&
        !file.startsWith('src/portal/kit/') &&
        /from '(@?koa[/\w-]*|eta)'/.test(readFileSync(join(root, file), 'utf8')),
    );
    assert.deepEqual(knowing, []);
  });

  it('read and write through use cases: they import no entity and no SQL', () => {
    const found = portalImports.filter(
      ({ to }) => to.endsWith('.entity.ts') || to === 'src/entities.ts' || to.startsWith('src/database/'),
    );
    assert.deepEqual(lines(found), []);
    const writing = files.filter(
      (file) =>
        isMoved(file) && /from '(kysely|mysql2|@mikro-orm)/.test(readFileSync(join(root, file), 'utf8')),
    );
    assert.deepEqual(writing, []);
  });

  it('know nothing of each other', () => {
    const found = portalImports.filter(({ from, to }) => {
      const [own, other] = [folderOf(from), folderOf(to)];
      return own !== undefined && other !== undefined && own !== other && !shared.includes(other);
    });
    assert.deepEqual(lines(found), []);
  });

  it('are known to the kit only by what they declare', () => {
    const found = portalImports.filter(
      ({ from, to }) => folderOf(from) === 'kit' && !['kit', 'messages', undefined].includes(folderOf(to)),
    );
    assert.deepEqual(lines(found), []);
  });

  it('were found, and what is excused still exists', () => {
    assert.ok(portalImports.length > 100, `${portalImports.length} imports`);
    for (const place of notMoved)
      assert.ok(
        files.some((file) => file.startsWith(place)),
        place,
      );
  });
});
