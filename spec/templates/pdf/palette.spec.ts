import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TextStyle } from '../../../templates/pdf/canvas.ts';
import { palette, textStyles } from '../../../templates/pdf/palette.ts';

/** Relative luminance as WCAG defines it. */
function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = color
    .split(' ')
    .map(Number)
    .map((share) => (share <= 0.040_45 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

const { mark, ...styles }: Record<string, TextStyle> = textStyles;

for (const [name, { size, color }] of Object.entries(styles)) {
  test(`${name} can be read: 7 points or more, and 4.5:1 on paper, tint and the mark of a draft`, () => {
    assert.ok(size >= 7, `${size} points`);
    for (const ground of ['1 1 1', palette.tint, palette.mark]) {
      assert.ok(contrast(color, ground) >= 4.5, `${contrast(color, ground).toFixed(2)}:1 on ${ground}`);
    }
  });
}

test('the mark of a draft is too light to disturb, and can be seen', () => {
  const seen = contrast(mark?.color ?? '', '1 1 1');
  assert.ok(seen > 1.1 && seen < 1.4, `${seen.toFixed(2)}:1`);
});
