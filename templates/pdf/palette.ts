import type { TextStyle } from './canvas.ts';

/** One ink, greys, one tint: enough for a business document. Colours of texts have a contrast of 4.5:1 on paper and tint. */
export const palette = {
  ink: '0.09 0.11 0.15',
  navy: '0.075 0.165 0.305',
  muted: '0.38 0.42 0.48',
  /** For lines alone: too light to read. */
  faint: '0.60 0.63 0.68',
  /** Of a word behind the text of a page. */
  mark: '0.915 0.925 0.94',
  hairline: '0.82 0.845 0.875',
  tint: '0.949 0.961 0.976',
} as const;

/** No text is smaller than 7 points. */
export const textStyles = {
  title: { weight: 'bold', size: 18, color: palette.navy },
  payout: { weight: 'bold', size: 25, color: palette.navy },
  recipient: { weight: 'bold', size: 13, color: palette.ink },
  party: { weight: 'bold', size: 10.5, color: palette.ink },
  section: { weight: 'bold', size: 9.5, color: palette.navy },
  strong: { weight: 'bold', size: 8.5, color: palette.ink },
  body: { weight: 'regular', size: 8.5, color: palette.ink },
  quiet: { weight: 'regular', size: 8.5, color: palette.muted },
  address: { weight: 'regular', size: 9.5, color: palette.ink },
  letter: { weight: 'regular', size: 9, color: palette.ink },
  mark: { weight: 'bold', size: 118, color: palette.mark },
  code: { weight: 'code', size: 19, color: palette.ink },
  codeSample: { weight: 'code', size: 11, color: palette.ink },
  quietLabel: { weight: 'regular', size: 8, color: palette.muted },
  small: { weight: 'regular', size: 7.5, color: palette.ink },
  note: { weight: 'regular', size: 7, color: palette.muted },
  heading: { weight: 'bold', size: 7.5, color: palette.navy },
  sublabel: { weight: 'regular', size: 7, color: palette.muted },
} as const satisfies Record<string, TextStyle>;
