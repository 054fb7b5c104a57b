import { accessSync, constants, statSync } from 'node:fs';
import { contrastOf } from '../src/shared/contrast.rules.ts';

/** The least contrast of text on its ground (WCAG AA). */
const READABLE = 4.5;
/** A logo is sent with the first page of every visitor. */
const MAX_LOGO_BYTES = 100_000;

interface Look {
  readonly CARRIER_ACCENT?: string;
  readonly CARRIER_LOGO?: string;
}

/** Why the accent or the logo cannot be used: found at the start, not by somebody who cannot read a button. */
export function findLookFaults({ CARRIER_ACCENT: accent, CARRIER_LOGO: logo }: Look): string[] {
  return [
    ...(accent !== undefined && contrastOf(accent, '#ffffff') < READABLE
      ? [
          `CARRIER_ACCENT must be darker: buttons and links have a contrast of ${contrastOf(accent, '#ffffff').toFixed(1)} with white, and need ${READABLE}`,
        ]
      : []),
    ...(logo === undefined || isUsableLogo(logo)
      ? []
      : [`CARRIER_LOGO must name a readable file .svg or .png of ${MAX_LOGO_BYTES / 1_000} kB at most`]),
  ];
}

function isUsableLogo(file: string): boolean {
  try {
    accessSync(file, constants.R_OK);
    return /\.(svg|png)$/i.test(file) && statSync(file).size <= MAX_LOGO_BYTES;
  } catch {
    return false;
  }
}
