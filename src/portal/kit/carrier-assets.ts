import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Config } from '../../../config/config.ts';
import { contrastOf, mixColours } from '../../shared/contrast.rules.ts';

type Carrier = Pick<Config['carrier'], 'logo' | 'accent'>;

interface CarrierAsset {
  readonly href: string;
  readonly type: string;
  readonly content: Buffer;
}

/** What the carrier gives its pages: a logo instead of our mark, and a style sheet with its accent. */
export interface CarrierAssets {
  readonly logo?: CarrierAsset;
  readonly stylesheet?: CarrierAsset;
}

const DARK_GROUND = '#19222b';
const READABLE = 4.5;

const known = new WeakMap<Carrier, CarrierAssets>();

/** The assets of a carrier, read once. */
export function carrierAssetsOf(carrier: Carrier): CarrierAssets {
  const found = known.get(carrier) ?? readAssets(carrier);
  known.set(carrier, found);
  return found;
}

function readAssets({ logo, accent }: Carrier): CarrierAssets {
  return {
    ...(logo !== undefined && { logo: readLogo(logo) }),
    ...(accent !== undefined && {
      stylesheet: named('carrier.css', 'text/css; charset=utf-8', Buffer.from(accentStyles(accent))),
    }),
  };
}

function readLogo(file: string): CarrierAsset {
  const isVector = file.toLowerCase().endsWith('.svg');
  const content = readFileSync(file);
  return isVector ? named('logo.svg', 'image/svg+xml', content) : named('logo.png', 'image/png', content);
}

function named(name: string, type: string, content: Buffer): CarrierAsset {
  const digest = createHash('sha256').update(content).digest('hex').slice(0, 12);
  return { href: `/assets/${name.replace('.', `.${digest}.`)}`, type, content };
}

/** The accent for both schemes: on dark grounds it is lightened until it can be read there. */
export function accentStyles(accent: string): string {
  const light = lightened(accent);
  return `:root {
  --accent: ${accent};
  --accent-deep: ${mixColours(accent, '#000000', 0.25)};
  --on-accent: #ffffff;
}

@media (prefers-color-scheme: dark) {
  :root {
    --accent: ${light};
    --accent-deep: ${mixColours(light, '#ffffff', 0.35)};
    --on-accent: #0c1f2e;
  }
}
`;
}

function lightened(accent: string): string {
  for (let share = 0; share < 1; share += 0.05) {
    const colour = mixColours(accent, '#ffffff', share);
    const isReadable =
      contrastOf(colour, DARK_GROUND) >= READABLE && contrastOf(colour, '#0c1f2e') >= READABLE;
    if (isReadable) return colour;
  }
  return '#ffffff';
}
