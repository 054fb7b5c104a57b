import assert from 'node:assert/strict';

const VOID = new Set(['meta', 'link', 'img', 'input', 'br', 'hr', 'path', 'circle', 'rect']);

/**
 * Asserts the rules of every page: a language, one main heading, correctly nested tags, unique anchors, links within the
 * page that have a target, and nothing that the content security policy forbids.
 */
export function assertSoundPage(html: string, language: string): void {
  assert.match(html, new RegExp(`^<!doctype html>\\s*<html lang="${language}">`));
  assert.equal(html.match(/<h1[\s>]/g)?.length, 1, 'one h1');
  assert.match(html, /<title>[^<]{3,}<\/title>/);
  assert.match(html, /<main id="content"/);
  const withoutAssets = html.replaceAll(/<script src="\/assets\/[\w.-]+" defer><\/script>/g, '');
  assert.doesNotMatch(withoutAssets, /<script|<style|\sstyle=|\son[a-z]+=|javascript:/i);
  assert.doesNotMatch(html, /undefined|\[object Object\]/);
  assertTagsClose(html);
  const ids = [...html.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id ?? '');
  assert.equal(new Set(ids).size, ids.length, 'each anchor once');
  const named = [...html.matchAll(/\s(?:href="#|aria-labelledby="|for=")([^"]+)"/g)].map(
    ([, id]) => id ?? '',
  );
  for (const id of named) assert.ok(ids.includes(id), `#${id} leads nowhere`);
}

function assertTagsClose(html: string): void {
  const open: string[] = [];
  for (const [, slash, name = ''] of html.matchAll(/<(\/?)([a-z][a-z0-9]*)[^>]*>/g)) {
    if (VOID.has(name)) continue;
    if (slash === '') open.push(name);
    else assert.equal(open.pop(), name, `</${name}> closes another`);
  }
  assert.deepEqual(open, []);
}
