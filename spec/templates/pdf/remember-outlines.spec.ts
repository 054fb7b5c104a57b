import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { rememberOutlines } from '../../../templates/pdf/remember-outlines.ts';
import { fontFiles } from '../../../templates/pdf/font-source.ts';

interface Font {
  getGlyph(glyphId: number): { _decode(): { numberOfContours: number } | null };
  glyphForCodePoint(codePoint: number): { id: number };
  createSubset(): { includeGlyph(glyphId: number): number; encode(): Uint8Array };
}

const require = createRequire(import.meta.url);
const fontkit = createRequire(require.resolve('pdfkit'))('fontkit') as { openSync(path: string): Font };
const open = () => fontkit.openSync(require.resolve(fontFiles.regular));

/** Embeds the characters of a text; the spaces have no outline. */
function embed(font: Font, text: string): Uint8Array {
  const subset = font.createSubset();
  for (const character of text) subset.includeGlyph(font.glyphForCodePoint(character.codePointAt(0) ?? 0).id);
  return subset.encode();
}

test('embeds the same bytes as the font by itself, document after document', () => {
  const [plain, remembering] = [open(), open()];
  rememberOutlines(remembering);
  for (const text of ['精算書 Å é ガ ぱ', 'Åé ①　½ 東雲', '精算書 Å é ガ ぱ']) {
    assert.deepEqual(embed(remembering, text), embed(plain, text), text);
  }
});

test('parses an outline once, and caches its components', () => {
  let takenApart = 0;
  const components = [{ glyphID: 7 }, { glyphID: 9 }];
  const glyph = {
    _decode: () => {
      takenApart += 1;
      return { numberOfContours: -1, components, points: [1, 2, 3] };
    },
  };
  const font = { getGlyph: (): { _decode(): object | null } => glyph };
  rememberOutlines(font as Parameters<typeof rememberOutlines>[0]);
  // oxlint-disable-next-line no-underscore-dangle -- fontkit gives it no other name
  const outlines = [1, 2].map(() => font.getGlyph()._decode());
  assert.deepEqual(outlines, [
    { numberOfContours: -1, components },
    { numberOfContours: -1, components },
  ]);
  assert.equal(takenApart, 1);
});
