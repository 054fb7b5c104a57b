const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/**
 * How far back the publisher looks. An event is found by having no number yet, never by an identifier that was passed already: the
 * order of identifiers is not the order of commits. Nearly all are found at once; who commits late is found by a longer look.
 */
export const looks = {
  /** Every pass. */
  newest: { backMs: 15 * SECOND_MS, everyMs: 0 },
  minutes: { backMs: 10 * MINUTE_MS, everyMs: 30 * SECOND_MS },
  hours: { backMs: 6 * HOUR_MS, everyMs: HOUR_MS },
  /** No transaction lives for days. Until the first mark is that old, it begins with the first event. */
  days: { backMs: 3 * DAY_MS, everyMs: DAY_MS },
} as const;

export type Look = keyof typeof looks;

/** When the looks other than `newest` were last finished. */
export interface Looked {
  readonly lookedMinutesAt: Date | null;
  readonly lookedHoursAt: Date | null;
  readonly lookedDaysAt: Date | null;
}

/** The longest look that is due. */
export function dueLook(looked: Looked, now: Date): Look {
  const isDue = (last: Date | null, { everyMs }: { everyMs: number }) =>
    last === null || now.getTime() - last.getTime() >= everyMs;
  if (isDue(looked.lookedDaysAt, looks.days)) return 'days';
  if (isDue(looked.lookedHoursAt, looks.hours)) return 'hours';
  return isDue(looked.lookedMinutesAt, looks.minutes) ? 'minutes' : 'newest';
}

/** What a finished look makes of these instants: a longer one is each shorter one too. */
export function afterLook(look: Look, looked: Looked, at: Date): Looked {
  if (look === 'newest') return looked;
  return {
    lookedMinutesAt: at,
    lookedHoursAt: look === 'minutes' ? looked.lookedHoursAt : at,
    lookedDaysAt: look === 'days' ? at : looked.lookedDaysAt,
  };
}
