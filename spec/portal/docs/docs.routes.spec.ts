import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { scopeOf } from '../../../src/access/can.rules.ts';
import { apiEndpoints } from '../../../src/api-endpoints.ts';
import { problemGuides } from '../../../src/portal/docs/guides/problem-guides.ts';
import { inlineCode } from '../../../src/portal/docs/inline-code.rules.ts';
import { describeIn } from '../../../src/portal/docs/reference-texts.ts';
import { translator } from '../../../src/portal/messages/translate.ts';
import { problems, type ProblemCode } from '../../../src/shared/problem.ts';
import { assertSoundPage } from '../../support/html-check.ts';
import { serveApp, type TestServer } from '../../support/http-client.ts';
import { PageClient } from '../../support/page-client.ts';
import { createWorld, type World } from '../../support/world.ts';

const codes = Object.keys(problems) as ProblemCode[];

describe('pages for developers', () => {
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
  const open = async (language: string, path: string) => {
    const reply = await new PageClient({ 'accept-language': language }).get(`${server.origin}${path}`);
    assert.equal(reply.status, 200, path);
    assert.match(reply.headers.get('content-security-policy') ?? '', /default-src 'none'/);
    assertSoundPage(reply.text, language);
    return reply.text;
  };

  for (const language of ['ja', 'en'] as const) {
    describe(`in ${language}`, () => {
      it('describe every operation: its path, scope, fields and problems', async () => {
        const page = await open(language, '/docs');
        for (const { name, summary, path, permission, problems: own, body, query } of apiEndpoints) {
          const start = page.indexOf(`aria-labelledby="${name}"`);
          const [section = ''] = page.slice(start).split('</section>');
          assert.ok(start > 0, name);
          assert.ok(section.includes(describeIn(language)(summary)), name);
          assert.ok(section.includes(`<code>${path.replaceAll(/:(\w+)/g, '{$1}')}</code>`), name);
          assert.ok(section.includes(`<code>${scopeOf(permission)}</code>`), name);
          for (const code of own) assert.ok(section.includes(`href="/problems/${code}"`), `${name} ${code}`);
          const fields = Object.keys({ ...body?.properties, ...query?.properties });
          for (const field of fields)
            assert.ok(section.includes(`<code>${field}</code>`), `${name} ${field}`);
        }
      });

      it('explain how to verify a return, and link only to pages that there are', async () => {
        const page = await open(language, '/docs');
        assert.match(page, /tabane_id=ch_\w{26}&amp;tabane_state=captured/);
        assert.doesNotMatch(
          page.replaceAll(/<pre>.*?<\/pre>/gs, ''),
          /`/,
          'no mark of a description is left over',
        );
        const linked = new Set([...page.matchAll(/href="(\/[^"#?]*)/g)].map(([, path]) => path ?? ''));
        assert.ok(linked.size > 20);
        for (const path of linked) assert.equal((await fetch(`${server.origin}${path}`)).status, 200, path);
      });

      it('list every problem, and tell of each when it happens and what to do', async () => {
        const index = await open(language, '/problems');
        for (const code of codes) {
          assert.ok(index.includes(`href="/problems/${code}"`), code);
          const page = await open(language, `/problems/${code}`);
          assert.ok(page.includes(`HTTP ${problems[code].status}`), code);
          assert.ok(page.includes(inlineCode(problemGuides[code].when[language])), code);
          assert.ok(page.includes(inlineCode(problemGuides[code].todo[language])), code);
        }
      });

      it('begin at a page that says whose site it is', async () => {
        const page = await open(language, '/');
        const { name, nameEn, contact, contactEn } = world.config.carrier;
        assert.ok(page.includes(language === 'ja' ? name : nameEn));
        assert.notEqual(contact, contactEn);
        assert.ok(page.includes(language === 'ja' ? contact : contactEn));
        assert.match(page, /href="\/docs"/);
      });
    });
  }

  it('lead back from a problem to the operations that answer with it', async () => {
    const page = await open('en', '/problems/period-closed');
    assert.match(page, /href="\/docs#captureCharge"/);
    assert.doesNotMatch(page, /href="\/docs#createCharge"/);
    assert.match(await open('en', '/problems/internal-error'), /Any operation of the API/);
    assert.match(await open('en', '/problems/idempotency-key-missing'), /Any POST to the API/);
  });

  it('remember the language that was chosen', async () => {
    const client = new PageClient({ 'accept-language': 'ja' });
    const chosen = await client.get(`${server.origin}/docs?lang=en`);
    assertSoundPage(chosen.text, 'en');
    assert.match(chosen.text, /href="\?lang=ja"/);
    assertSoundPage((await client.get(`${server.origin}/problems`)).text, 'en');
  });

  for (const code of ['nothing', 'constructor', '__proto__', 'no-such-code-%3Cb%3E', 'x'.repeat(500)]) {
    it(`are 404 for the problem ${code.slice(0, 30)}, and lead from there to the list of all`, async () => {
      for (const language of ['ja', 'en'] as const) {
        const client = new PageClient({ 'accept-language': language });
        const { status, text } = await client.get(`${server.origin}/problems/${code}`);
        assert.equal(status, 404);
        assertSoundPage(text, language);
        assert.ok(text.includes(translator(language)('problems.unknown-title')));
        assert.match(text, /<nav class="tabs"/, "the developers' section");
        assert.match(text, /<a href="\/problems">/);
        assert.ok(!text.includes('x'.repeat(100)));
      }
    });
  }
});
