import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { listTextBlocks } from '../../src/case-answers/list-text-blocks.ts';
import { fillTextBlock, readTextBlock, type BlockFacts } from '../../src/case-answers/text-block.rules.ts';
import type { Config } from '../../config/config.ts';

const facts: BlockFacts = {
  number: 'C-2026-000123',
  item: undefined,
  seller: '株式会社東雲',
  amount: '550円',
  bought: undefined,
  carrier: '見本通信',
  contact: '0120-000-000',
  agent: '山田 花子',
};

describe('a text block', () => {
  let filesDir: string;
  before(async () => void (filesDir = await mkdtemp(join(tmpdir(), 'blocks-'))));
  after(() => rm(filesDir, { recursive: true }));
  const blocks = (language: 'ja' | 'en') => listTextBlocks({ config: { filesDir } as Config }, language);

  it('has its subject on the first line; a file without one is none', () => {
    assert.deepEqual(readTextBlock('x', '# About it\r\n\r\nYes.\n'), {
      name: 'x',
      subject: 'About it',
      text: 'Yes.',
    });
    assert.equal(readTextBlock('x', 'Yes.'), undefined);
  });

  it('is filled in; a line with a fact that is missing goes, and what is no fact stays to be seen', () => {
    const block = { name: 'x', subject: '{{number}}', text: '{{item}} ({{seller}})\n{{amount}}\n{{nmae}}' };
    assert.deepEqual(fillTextBlock(block, facts), {
      name: 'x',
      subject: 'C-2026-000123',
      text: '550円\n{{nmae}}',
    });
  });

  it('of ours exists in both languages, names facts that are there, and fits a mail', async () => {
    const [ja, en] = [await blocks('ja'), await blocks('en')];
    assert.ok(ja.length >= 5);
    assert.deepEqual(
      ja.map(({ name }) => name),
      en.map(({ name }) => name),
    );
    const all = { ...facts, item: '動画', bought: '5月1日' };
    for (const block of [...ja, ...en]) {
      const { subject, text } = fillTextBlock(block, all);
      assert.doesNotMatch(subject + text, /\{\{/, block.name);
      assert.ok(subject.length <= 100 && text.length <= 2_000, block.name);
    }
  });

  it("of the operator's own folder takes the place of one of ours, or is another one", async () => {
    await mkdir(join(filesDir, 'case-answers', 'ja'), { recursive: true });
    await writeFile(join(filesDir, 'case-answers', 'ja', '10-received.md'), '# 受付\n\n受け付けました。\n');
    await writeFile(join(filesDir, 'case-answers', 'ja', '99-own.md'), '# 独自\n\n独自の文例。\n');
    const listed = await blocks('ja');
    assert.equal(listed[0]!.subject, '受付');
    assert.equal(listed.at(-1)!.name, '99-own');
  });
});
