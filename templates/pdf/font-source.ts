import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { rememberOutlines } from './remember-outlines.ts';

/** The members of a fontkit font that this folder uses; pdfkit accepts such an object instead of a file. */
export interface FontSource {
  readonly unitsPerEm: number;
  layout(text: string): { glyphs: FontGlyph[]; positions: { xAdvance: number }[] };
  glyphForCodePoint(codePoint: number): FontGlyph;
  hasGlyphForCodePoint(codePoint: number): boolean;
}

export interface FontGlyph {
  id: number;
  advanceWidth: number;
  codePoints: number[];
}

/** The font files by weight, as module paths. */
export const fontFiles = {
  regular: '@expo-google-fonts/noto-sans-jp/400Regular/NotoSansJP_400Regular.ttf',
  bold: '@expo-google-fonts/noto-sans-jp/700Bold/NotoSansJP_700Bold.ttf',
  /** For codes that people type: zero and O, one and l and I have shapes of their own. */
  code: '@expo-google-fonts/jetbrains-mono/500Medium/JetBrainsMono_500Medium.ttf',
} as const;

/** Emoji as outlines of one colour, for printers. */
const emojiFontFiles = {
  regular: '@expo-google-fonts/noto-emoji/400Regular/NotoEmoji_400Regular.ttf',
  bold: '@expo-google-fonts/noto-emoji/700Bold/NotoEmoji_700Bold.ttf',
  code: '@expo-google-fonts/noto-emoji/400Regular/NotoEmoji_400Regular.ttf',
} as const;

export type Weight = keyof typeof fontFiles;

/** Fonts for what the Japanese one lacks, in the order in which they are asked. None is read before it is needed. */
export const furtherFonts = ['western', 'korean', 'chinese'] as const;

export type FurtherFont = (typeof furtherFonts)[number];

const furtherFontFiles: Record<FurtherFont, Record<'regular' | 'bold', string>> = {
  western: {
    regular: '@expo-google-fonts/noto-sans/400Regular/NotoSans_400Regular.ttf',
    bold: '@expo-google-fonts/noto-sans/700Bold/NotoSans_700Bold.ttf',
  },
  korean: {
    regular: '@expo-google-fonts/noto-sans-kr/400Regular/NotoSansKR_400Regular.ttf',
    bold: '@expo-google-fonts/noto-sans-kr/700Bold/NotoSansKR_700Bold.ttf',
  },
  chinese: {
    regular: '@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf',
    bold: '@expo-google-fonts/noto-sans-sc/700Bold/NotoSansSC_700Bold.ttf',
  },
};

/** The file of a font that helps out, or of emoji, for texts of a weight. */
export function helpingFontFile(font: FurtherFont | 'emoji', weight: Weight): string {
  if (font === 'emoji') return emojiFontFiles[weight];
  return furtherFontFiles[font][weight === 'bold' ? 'bold' : 'regular'];
}

const require = createRequire(import.meta.url);

interface FontKit {
  create(file: Uint8Array): FontSource & Parameters<typeof rememberOutlines>[0];
}

/** Reads a font file. pdfkit's own fontkit parses it: it does not accept a font object of another copy. */
export function openFont(modulePath: string): FontSource {
  const fontkit: FontKit = createRequire(require.resolve('pdfkit'))('fontkit');
  const font = fontkit.create(readFileSync(require.resolve(modulePath)));
  rememberOutlines(font);
  return font;
}
