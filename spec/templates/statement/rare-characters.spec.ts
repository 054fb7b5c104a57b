import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Statement } from '../../../templates/statement/statement.types.ts';
import { readRunningText, readTagged, renderBytes, withoutBlanks } from './read-pdf.ts';
import { sampleDetails, sampleStatement } from './sample-statement.ts';

const base = sampleStatement();

/** With these services in turn, and the first of them in the name of the company and its account. */
function statementOf(names: readonly string[]): Statement {
  const details = sampleDetails().map((row, index) => ({
    ...row,
    serviceName: names[index % names.length] ?? '',
  }));
  return sampleStatement({
    recipient: { ...base.recipient, name: `株式会社${names[0]}` },
    bankAccount: { ...base.bankAccount, holder: names[0] ?? '' },
    settlementLines: details,
    details,
  });
}

const names = [
  '🎮ゲーム',
  '❤️ハート',
  '👍いいね',
  '👍🏽いいね',
  '日本🇯🇵動画',
  '㐀と〓とቀ',
  'Łódź Plan',
  'Київ 한국 说话 Ἀθῆναι',
];

test('allows emoji and characters without a glyph to be copied and searched', async () => {
  const pages = await readRunningText(await renderBytes(statementOf(names)));
  const text = pages.join('');
  for (const name of names) {
    const times = text.split(withoutBlanks(name)).length - 1;
    assert.ok(times >= 4, `"${name}" is there ${times} times in:\n${text}`);
  }
  for (const page of pages.slice(1)) assert.ok(page.includes('株式会社🎮ゲーム御中'), page);
});

test('has them read out completely', async () => {
  const tagged = await readTagged(await renderBytes(statementOf(names)));
  for (const name of names) assert.ok(tagged.includes(`"${name}"`), `"${name}" is no cell of:\n${tagged}`);
});

async function fontsOf(statement: Statement): Promise<string[]> {
  const pdf = (await renderBytes(statement)).toString('latin1');
  return Array.from(pdf.matchAll(/FontName \/\w+\+([\w-]+)/g), ([, name = '']) => name).sort();
}

test('embeds the emoji font only if there are emoji', async () => {
  const japanese = ['NotoSansJP-Bold', 'NotoSansJP-Regular'];
  assert.deepEqual(await fontsOf(sampleStatement()), japanese);
  assert.deepEqual(await fontsOf(statementOf(['ቀ'])), japanese);
  assert.deepEqual(await fontsOf(statementOf(['🎮'])), ['NotoEmoji-Bold', 'NotoEmoji-Regular', ...japanese]);
});

test('embeds the fonts of other scripts only if there are letters of them', async () => {
  const fonts = await fontsOf(statementOf(['Łódź 한국 说']));
  assert.deepEqual(
    [...new Set(fonts.map((name) => name.split('-')[0]))],
    ['NotoSans', 'NotoSansJP', 'NotoSansKR', 'NotoSansSC'],
  );
});

test('gives the same bytes for any earlier meaning of a glyph', async () => {
  const first = await renderBytes(statementOf(['👍', 'ቀ']));
  await renderBytes(statementOf(['👍🏽', 'ሀ']));
  assert.ok(first.equals(await renderBytes(statementOf(['👍', 'ቀ']))));
});
