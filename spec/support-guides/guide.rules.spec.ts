import assert from 'node:assert/strict';
import { mkdtemp, mkdir, rm, writeFile, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { renderGuide } from '../../src/support-guides/guide.rules.ts';
import { getGuide, listGuides } from '../../src/support-guides/guides.ts';
import { person } from '../support/people.ts';
import { createWorld, type World } from '../support/world.ts';

const agent = person('acct-1', 'agent');

describe('a guide', () => {
  it('has the first heading as its title, and the other headings under that of its page', () => {
    const { title, html } = renderGuide('# Ask **twice**\n\n## First\n- one\n', '01-x');
    assert.equal(title, 'Ask **twice**');
    assert.equal(html, '<h3>First</h3>\n<ul>\n<li>one</li>\n</ul>\n');
  });

  it('is named by its file without a heading', () => {
    assert.equal(renderGuide('Only text.', '01-x').title, '01-x');
  });

  for (const [what, markdown] of [
    ['tags', 'Hello <script>alert(1)</script> <img src=x onerror=alert(1)>'],
    ['a block of tags', '<div onclick="x">\nx\n</div>'],
    [
      'an address that is a script',
      '[x](javascript:alert(1)) [y](//evil.example) ![z](http://evil.example/z.png)',
    ],
    ['quotes in an address', '[x](https://a.example/"onmouseover="alert(1))'],
  ] as const)
    it(`shows ${what} as text, or leaves it out`, () => {
      const { html } = renderGuide(markdown, 'x');
      assert.doesNotMatch(html, /<(script|img|div)|javascript:|href="\/\/|<[^>]*\son\w+=/);
    });
});

describe('the guides of the carrier', () => {
  let folder: string;
  let world: World;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'guides-'));
    await mkdir(join(folder, 'ja'));
    world = await createWorld({ SUPPORT_GUIDES_DIR: folder });
  });
  after(async () => {
    await world.close();
    await rm(folder, { recursive: true });
  });

  const titleNow = async () => (await getGuide(world.deps, agent, { code: '03-c', language: 'ja' })).title;

  it('are listed by the names of their files, and nothing else of the folder is', async () => {
    await writeFile(join(folder, 'ja', '02-b.md'), '# 二つめ');
    await writeFile(join(folder, 'ja', '01-a.md'), '# 一つめ');
    await writeFile(join(folder, 'ja', 'notes.txt'), '# x');
    assert.deepEqual(await listGuides(world.deps, agent, 'ja'), [
      { code: '01-a', title: '一つめ' },
      { code: '02-b', title: '二つめ' },
    ]);
    assert.deepEqual(await listGuides(world.deps, agent, 'en'), []);
  });

  it('are read again once a file has changed', async () => {
    const path = join(folder, 'ja', '03-c.md');
    await writeFile(path, '# 前');
    assert.equal(await titleNow(), '前');
    await writeFile(path, '# 後');
    await utimes(path, new Date(), new Date(Date.now() + 5_000));
    assert.equal(await titleNow(), '後');
  });

  it('are files of the folder alone, of a bounded size', async () => {
    await writeFile(join(folder, 'secret.md'), '# x');
    await writeFile(join(folder, 'ja', 'large.md'), `# x\n${'x'.repeat(70_000)}`);
    for (const code of ['../secret', 'large', 'none', '..%2fsecret'])
      await assert.rejects(getGuide(world.deps, agent, { code, language: 'ja' }), { code: 'not-found' });
  });
});

describe('the guides that come with the service', () => {
  let world: World;
  before(async () => void (world = await createWorld()));
  after(() => world.close());

  const codesIn = async (language: 'ja' | 'en') =>
    (await listGuides(world.deps, agent, language)).map(({ code }) => code);

  it('are ten, the same in both languages', async () => {
    assert.equal((await codesIn('ja')).length, 10);
    assert.deepEqual(await codesIn('ja'), await codesIn('en'));
  });
});
