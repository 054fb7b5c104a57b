import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { fontFiles, helpingFontFile, openFont } from '../../../templates/pdf/font-source.ts';
import type { GlyphRun } from '../../../templates/pdf/glyph-run.ts';
import type { Line } from '../../../templates/pdf/line.ts';
import { getTypeface, Typeface } from '../../../templates/pdf/typeface.ts';

const typeface = getTypeface('regular');

function runsOf(line: Line): readonly GlyphRun[] {
  return line.pieces ? line.pieces.map(({ run }) => run) : [line];
}

const text = fc.string({
  unit: fc.oneof(
    fc.constantFrom(
      ...Array.from(
        '束ね通信ゲーム Web 髙﨑𠮷①☎♥🎮❤👍🏽🇯🇵1\u{fe0f}\u{20e3}\u{200d}\u{e0100}か\u{3099}㐀说Łदቀ한ωЖz\u{301}',
      ),
    ),
    fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
  ),
  maxLength: 12,
});

test('draws no box for a missing character in any text', () => {
  fc.assert(
    fc.property(text, (words) => {
      const line = typeface.line(words);
      for (const { glyphs } of runsOf(line)) for (const { id } of glyphs) assert.notEqual(id, 0);
      const width = runsOf(line).reduce((sum, run) => sum + run.width, 0);
      assert.ok(Math.abs(line.width - width) < 0.001);
    }),
    { numRuns: 2_000 },
  );
});

test('does not hide a hyphen or a letter after an invisible character', () => {
  const fresh = new Typeface(openFont(fontFiles.regular), (font) =>
    openFont(helpingFontFile(font, 'regular')),
  );
  for (const unseen of ['ソフト\u{ad}ウェア', 'a\u{200d}b', '\u{202e}a']) fresh.line(unseen);
  assert.deepEqual(fresh.line('a-b').glyphs, typeface.line('a-b').glyphs);
  assert.ok(fresh.line('a-b').width > fresh.line('ab').width);
  assert.deepEqual(fresh.line('ቀ'), typeface.line('ቀ'));
});

test('lays out a text with all glyphs in one run', () => {
  for (const words of ['精算書 ST-2026-05', '髙島屋☆★♪①㈱', '𠮷野家 葛\u{e0100}飾区']) {
    assert.equal(typeface.line(words).pieces, undefined, words);
  }
});

test('draws emoji as single glyphs with their meaning', () => {
  for (const letter of ['🎮', '❤\u{fe0f}', '👨\u{200d}👩\u{200d}👧', '👍🏽', '🇯🇵', '1\u{fe0f}\u{20e3}']) {
    const [piece, ...others] = typeface.line(letter).pieces ?? [];
    assert.equal(others.length, 0, letter);
    assert.equal(piece?.font, 'emoji', letter);
    assert.equal(String.fromCodePoint(...(piece.run.glyphs[0]?.codePoints ?? [])), letter);
  }
});

const scripts = [
  { name: 'Latin with accents', text: 'Łódź', font: 'western' },
  { name: 'Greek', text: 'Ἀθῆναι', font: 'western' },
  { name: 'Cyrillic', text: 'Київ', font: 'western' },
  { name: 'Hangul', text: '한국전자', font: 'korean' },
  { name: 'simplified kanji', text: '说话', font: 'chinese' },
  { name: 'rare kanji', text: '㐀', font: 'chinese' },
] as const;

for (const { name, text: words, font } of scripts) {
  test(`draws ${name} whole, in a font that has it`, () => {
    const pieces = typeface.line(`${words}会社`).pieces ?? [];
    assert.deepEqual(
      pieces.map((piece) => piece.font),
      [font, 'own'],
      words,
    );
    const drawn = pieces[0]?.run.glyphs.flatMap(({ codePoints }) => codePoints) ?? [];
    assert.equal(String.fromCodePoint(...drawn), words);
  });
}

test('shows a geta where no font has the character', () => {
  const [piece] = typeface.line('ቀ').pieces ?? [];
  const [geta] = typeface.line('〓').glyphs;
  assert.ok(geta && geta.id !== 0);
  assert.equal(piece?.run.glyphs[0]?.id, geta.id);
  assert.deepEqual(piece.run.glyphs[0].codePoints, ['ቀ'.codePointAt(0)]);
});
