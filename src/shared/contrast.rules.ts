/** A colour as style sheets write it: `#17496f`. */
export type Colour = string;

const CHANNELS = [1, 3, 5] as const;

/** The contrast of two colours, from 1 to 21 (WCAG 2.2, 1.4.3). */
export function contrastOf(one: Colour, other: Colour): number {
  const [light = 0, dark = 0] = [luminanceOf(one), luminanceOf(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

/** A colour with a share of another mixed in; 0 leaves it, 1 gives the other. */
export function mixColours(colour: Colour, other: Colour, share: number): Colour {
  const mixed = CHANNELS.map((at) => {
    const value = channelOf(colour, at) * (1 - share) + channelOf(other, at) * share;
    return Math.round(value).toString(16).padStart(2, '0');
  });
  return `#${mixed.join('')}`;
}

function luminanceOf(colour: Colour): number {
  const [red = 0, green = 0, blue = 0] = CHANNELS.map((at) => {
    const value = channelOf(colour, at) / 255;
    return value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function channelOf(colour: Colour, at: number): number {
  return Number.parseInt(colour.slice(at, at + 2), 16);
}
