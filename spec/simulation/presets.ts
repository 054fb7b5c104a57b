/** Where and when a world is simulated. */
export interface Preset {
  readonly name: string;
  readonly timeZone: string;
  readonly currency: 'JPY' | 'EUR';
  /** The first business date on which anything happens. */
  readonly startsOn: string;
  /** First of a month before: contracts and tenures are older than the world. */
  readonly contractsFrom: string;
  /** The day on which a company becomes, or ceases to be, an issuer of qualified invoices. */
  readonly registrationFrom: string;
}

/** Each brings an edge of its own. */
export const presets: readonly Preset[] = [
  {
    name: 'tokyo',
    timeZone: 'Asia/Tokyo',
    currency: 'JPY',
    startsOn: '2026-01-20',
    contractsFrom: '2025-09-01',
    registrationFrom: '2026-03-17',
  },
  {
    // The standard rate goes from 8% to 10% on 2019-10-01, and a reduced one of 8% begins.
    name: 'tax-rise',
    timeZone: 'Asia/Tokyo',
    currency: 'JPY',
    startsOn: '2019-09-20',
    contractsFrom: '2019-05-01',
    registrationFrom: '2019-10-12',
  },
  {
    // Clocks jump in the small hours, on 2026-03-29 and 2026-10-25; and amounts are cents.
    name: 'berlin',
    timeZone: 'Europe/Berlin',
    currency: 'EUR',
    startsOn: '2026-03-19',
    contractsFrom: '2025-11-01',
    registrationFrom: '2026-03-29',
  },
  {
    // Midnight itself is left out when the clocks jump, on 2026-09-06; and two come in the night to 2026-04-05.
    name: 'santiago',
    timeZone: 'America/Santiago',
    currency: 'JPY',
    startsOn: '2026-03-20',
    contractsFrom: '2025-11-01',
    registrationFrom: '2026-04-05',
  },
];

/** The preset of a name or of a seed. */
export function findPreset(name: string | undefined, seed: number): Preset | undefined {
  return name === undefined ? presets[seed % presets.length] : presets.find((preset) => preset.name === name);
}
