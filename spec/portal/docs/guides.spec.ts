import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { guideCodes } from '../../../src/portal/docs/guide-pages/guide-list.ts';
import { loadGuides } from '../../../src/portal/docs/guide-pages/load-guides.ts';
import { assertSoundPage } from '../../support/html-check.ts';
import { serveApp, type TestServer } from '../../support/http-client.ts';
import { PageClient } from '../../support/page-client.ts';
import { createWorld, type World } from '../../support/world.ts';

describe('guides for developers', () => {
  let world: World;
  let server: TestServer;
  before(async () => {
    world = await createWorld();
    server = await serveApp(world.deps);
  });
  after(async () => {
    await server.close();
    await world.close();
  });
  const open = async (language: string, path: string, status = 200) => {
    const reply = await new PageClient({ 'accept-language': language }).get(`${server.origin}${path}`);
    assert.equal(reply.status, status, path);
    assertSoundPage(reply.text, language);
    return reply.text;
  };

  for (const language of ['ja', 'en'] as const) {
    it(`are listed in their order, and each leads to the next (${language})`, async () => {
      const index = await open(language, '/docs/guides');
      const guides = loadGuides(language, world.config.publicOrigin);
      const places = guides.map(({ href, title }) => index.indexOf(`<a href="${href}">${title}</a>`));
      assert.ok(
        places.every((place, nth) => place > (places[nth - 1] ?? 0)),
        String(places),
      );
      for (const [nth, { href, sections }] of guides.entries()) {
        const page = await open(language, href);
        assert.match(page, new RegExp(`<a href="${href}" aria-current="page">`));
        for (const { id } of sections) assert.match(page, new RegExp(`<h2 id="${id}">`));
        const next = guides[nth + 1];
        if (next) assert.ok(page.includes(`href="${next.href}" rel="next"`), href);
      }
    });

    it(`link only to pages and anchors that there are, and leave no mark of their text (${language})`, async () => {
      const pages = new Map<string, string>();
      const read = async (path: string) => {
        if (!pages.has(path)) pages.set(path, await (await fetch(`${server.origin}${path}`)).text());
        return pages.get(path)!;
      };
      for (const { href } of loadGuides(language, world.config.publicOrigin)) {
        const page = await open(language, href);
        const text = page.replaceAll(/<pre>.*?<\/pre>/gs, '');
        assert.doesNotMatch(text, /`|\{#|\{origin\}|\]\(|\*\*/, href);
        for (const [, path = '', anchor] of text.matchAll(/href="(\/[^"#?]*)(?:#([\w-]+))?"/g)) {
          assert.ok(
            path.startsWith('/assets') || (await fetch(`${server.origin}${path}`)).ok,
            `${href}: ${path}`,
          );
          if (anchor) assert.ok((await read(path)).includes(`id="${anchor}"`), `${href}: ${path}#${anchor}`);
        }
      }
    });
  }

  it('have the same sections and examples in both languages', () => {
    const [ja, en] = (['ja', 'en'] as const).map((language) =>
      loadGuides(language, world.config.publicOrigin).map(({ code, sections, html }) => ({
        code,
        sections: sections.map(({ id }) => id),
        examples: [...html.matchAll(/<code id="[^"]+">(.*?)<\/code>/gs)].map(([, text]) => text),
      })),
    );
    assert.deepEqual(ja, en);
    assert.deepEqual(
      en!.map(({ code }) => code),
      guideCodes,
    );
  });

  it('are 404 for a name that there is not', async () => {
    for (const name of ['nothing', '__proto__', '..%2Fen%2Ferrors'])
      await open('en', `/docs/guides/${name}`, 404);
  });

  it('draw the states with every transition that the service permits, and say what brings it about', async () => {
    const page = await open('en', '/docs/guides/first-sale');
    assert.match(page, /<svg class="states"[^>]* role="img" aria-label="States of a charge">/);
    for (const state of ['pending', 'authorized', 'captured', 'cancelled', 'expired'])
      assert.match(page, new RegExp(`<text [^>]*>${state}</text>`));
    assert.equal(page.match(/<code>[a-z]+<\/code> → <code>[a-z]+<\/code>/g)?.length, 6);
    assert.equal(page.match(/class="state-line"/g)?.length, 6);
  });
});

describe('the search of the documentation', () => {
  let world: World;
  let server: TestServer;
  before(async () => {
    world = await createWorld();
    server = await serveApp(world.deps);
  });
  after(async () => {
    await server.close();
    await world.close();
  });
  const search = async (words: string, language = 'en') => {
    const address = `${server.origin}/docs/search?q=${encodeURIComponent(words)}`;
    const reply = await new PageClient({ 'accept-language': language }).get(address);
    assert.equal(reply.status, 200);
    assertSoundPage(reply.text, language);
    const [, list = ''] = reply.text.split('<ol class="search-found">');
    return { text: reply.text, links: [...list.matchAll(/<h2><a href="([^"]+)"/g)].map(([, href]) => href) };
  };

  it('finds guides, operations, fields, general sections and errors', async () => {
    assert.equal((await search('refunds')).links[0], '/docs/guides/refunds');
    assert.ok((await search('create charge')).links.includes('/docs#createCharge'));
    assert.ok((await search('return_url')).links.includes('/docs#createCharge'));
    assert.ok((await search('Idempotent-Replayed')).links.includes('/docs#idempotency'));
    assert.ok((await search('limit-exceeded')).links.includes('/problems/limit-exceeded'));
    assert.ok((await search('captureCharge')).links.includes('/docs#captureCharge'));
  });

  it('finds Japanese words, whichever width the letters have', async () => {
    assert.ok((await search('返金', 'ja')).links.includes('/docs/guides/refunds'));
    assert.ok((await search('ｗｅｂｈｏｏｋ　署名', 'ja')).links.includes('/docs/guides/webhooks#verify'));
  });

  it('wants all words, marks the first, and says so when there is nothing', async () => {
    const { text, links } = await search('webhook-id sequence');
    assert.ok(links.length > 0 && links.length < 15);
    assert.match(text, /<mark>webhook-id<\/mark>/);
    const none = await search('zebra');
    assert.deepEqual(none.links, []);
    assert.match(none.text, /Nothing has all of these words/);
    assert.match((await search('   ')).text, /Type a word/);
  });

  it('shows what was typed as text, and refuses too much of it', async () => {
    const { text } = await search('<b>"x');
    assert.ok(text.includes('&lt;b&gt;&quot;x') && !text.includes('<b>"x'));
    const long = await fetch(`${server.origin}/docs/search?q=${'x'.repeat(101)}`);
    assert.equal(long.status, 400);
  });
});
