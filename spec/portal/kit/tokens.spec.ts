import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { pagesDir } from '../../../src/portal/kit/assets.ts';

/** WCAG 2.2 AA: of text, and of what shows a field, its focus or a state. */
const TEXT = 4.5;
const SHAPE = 3;

type Tokens = ReadonlyMap<string, string>;

const primitives = readFileSync(
  createRequire(import.meta.url).resolve('@digital-go-jp/design-tokens/dist/tokens.css'),
  'utf8',
);
const source = readFileSync(join(pagesDir, 'tokens.css'), 'utf8');
const [light = '', dark = ''] = source.split('@media (prefers-color-scheme: dark)');
const declared = (css: string) =>
  [...css.matchAll(/(--[\w-]+):\s*([^;]+);/g)].map(
    ([, name = '', value = '']) => [name, value.trim()] as const,
  );

const schemes: Readonly<Record<string, Tokens>> = {
  light: new Map([...declared(primitives), ...declared(light)]),
  dark: new Map([...declared(primitives), ...declared(light), ...declared(dark)]),
};

/** Text on its ground: every pair that a style of the pages can make. */
const grounds = ['ground', 'surface', 'sunken'] as const;
const texts: readonly (readonly [string, string])[] = [
  ...['ink', 'ink-soft', 'accent', 'accent-deep', 'good', 'warn', 'bad'].flatMap((text) =>
    grounds.map((ground) => [text, ground] as const),
  ),
  ...['good', 'warn', 'bad', 'info'].flatMap((state) =>
    [state, 'ink', 'ink-soft', 'accent'].map((text) => [text, `${state}-ground`] as const),
  ),
  ['on-accent', 'accent'],
  ['on-accent', 'accent-deep'],
];
const shapes: readonly (readonly [string, string])[] = ['field', 'focus', 'accent', 'bad'].flatMap((line) =>
  grounds.map((ground) => [line, ground] as const),
);

describe('the colours of the pages', () => {
  for (const [scheme, tokens] of Object.entries(schemes)) {
    it(`are read as text on their grounds (${scheme})`, () => assertContrast(tokens, texts, TEXT));
    it(`show fields, focus and states (${scheme})`, () => assertContrast(tokens, shapes, SHAPE));
  }

  it('are measured as the standard says', () => {
    assert.equal(contrast([0, 0, 0], [255, 255, 255]), 21);
    assert.equal(contrast([119, 119, 119], [255, 255, 255]).toFixed(2), '4.48');
  });
});

function assertContrast(tokens: Tokens, pairs: readonly (readonly [string, string])[], least: number): void {
  const low = pairs
    .map(([text, ground]) => ({
      text,
      ground,
      ratio: contrast(colour(tokens, text), colour(tokens, ground)),
    }))
    .filter(({ ratio }) => ratio < least)
    .map(({ text, ground, ratio }) => `${text} on ${ground}: ${ratio.toFixed(2)}`);
  assert.deepEqual(low, []);
}

/** Red, green and blue of a token, through the tokens that it refers to. */
function colour(tokens: Tokens, name: string): readonly number[] {
  const value = tokens.get(`--${name}`) ?? '';
  const other = /^var\(--([\w-]+)\)$/.exec(value)?.[1];
  if (other !== undefined) return colour(tokens, other);
  const [, hex = ''] = /^#([\da-f]{6})$/i.exec(value) ?? [];
  assert.notEqual(hex, '', `${name} is ${value}`);
  return [0, 2, 4].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
}

function contrast(one: readonly number[], two: readonly number[]): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(two)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(channels: readonly number[]): number {
  const [red = 0, green = 0, blue = 0] = channels.map((channel) => {
    const part = channel / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
