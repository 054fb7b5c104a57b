/** What fontkit reads of an outline before it copies the outline's bytes into an embedded font. */
interface Outline {
  /** Below zero for a glyph that is composed of others. */
  readonly numberOfContours: number;
  readonly components?: readonly unknown[];
}

interface OutlinedGlyph {
  _decode(): Outline | null;
}

interface OutlinedFont {
  getGlyph(glyphId: number, codePoints?: number[]): OutlinedGlyph;
}

/**
 * Makes a font cache the components of each glyph. To find them, fontkit parses the whole outline, point by point, each
 * time a document embeds the glyph: a fifth of the work on a short document. The points are not cached, so such a font
 * embeds and measures glyphs, but does not trace them.
 */
export function rememberOutlines(font: OutlinedFont): void {
  const known = new WeakSet<OutlinedGlyph>();
  const getGlyph = font.getGlyph.bind(font);
  font.getGlyph = (glyphId, codePoints) => {
    const glyph = getGlyph(glyphId, codePoints);
    if (!known.has(glyph)) {
      known.add(glyph);
      rememberOutline(glyph);
    }
    return glyph;
  };
}

function rememberOutline(glyph: OutlinedGlyph): void {
  // oxlint-disable-next-line no-underscore-dangle -- fontkit gives it no other name
  const decode = glyph._decode.bind(glyph);
  let outline: Outline | null | undefined;
  Object.defineProperty(glyph, '_decode', { value: () => (outline ??= withoutPoints(decode())) });
}

function withoutPoints(outline: Outline | null): Outline | null {
  if (!outline) return null;
  const { numberOfContours, components } = outline;
  return components ? { numberOfContours, components } : { numberOfContours };
}
