import type { Attached, RowEffect } from './row-effects.ts';

/** Effects kept in memory and listed in a report; the counts include all. */
const KEPT_EFFECTS = 1_000;

/** Counts of what the rows of a file end, stop and rename. */
export interface EffectCounts {
  readonly endedTenures: number;
  readonly stoppedLines: number;
  readonly renamedHolders: number;
  /** What depends on the tenures that end and the lines that stop. */
  readonly ended: Attached;
  /** What depends on the renamed tenures, and is not changed. */
  readonly renamed: Attached;
}

/** Collects the effects of rows on stored tenures: lists the first thousand, counts all. */
export class ImportEffects {
  readonly kept: RowEffect[] = [];
  readonly #counts = { endedTenures: 0, stoppedLines: 0, renamedHolders: 0 };
  readonly #ended = { ...NOTHING };
  readonly #renamed = { ...NOTHING };

  /** Adds the effects of a chunk, which has all rows of its lines. */
  add(effects: readonly RowEffect[]): void {
    this.kept.push(...effects.slice(0, KEPT_EFFECTS - this.kept.length));
    const counted = new Set<string>();
    for (const effect of effects) {
      this.#counts[COUNTERS[effect.kind]] += 1;
      const sums = effect.kind === 'renames-holder' ? this.#renamed : this.#ended;
      const tenure = `${effect.lineId}/${effect.holderFrom}`;
      // A tenure that ends on a line that stops ends once.
      if (sums === this.#ended && counted.has(tenure)) continue;
      if (sums === this.#ended) counted.add(tenure);
      for (const kind of ATTACHED) sums[kind] += effect.attached[kind];
    }
  }

  get counts(): EffectCounts {
    return { ...this.#counts, ended: { ...this.#ended }, renamed: { ...this.#renamed } };
  }
}

const NOTHING: Attached = { issuedIds: 0, subscriptions: 0, consents: 0, authorizations: 0 };

const COUNTERS = {
  'ends-tenure': 'endedTenures',
  'stops-line': 'stoppedLines',
  'renames-holder': 'renamedHolders',
} as const;

const ATTACHED = ['issuedIds', 'subscriptions', 'consents', 'authorizations'] as const;
const NOUNS: Readonly<Record<keyof Attached, string>> = {
  issuedIds: 'issued ID',
  subscriptions: 'subscription',
  consents: 'consent',
  authorizations: 'open authorization',
};

/** Describes what depends on a tenure: `1 issued ID, 2 subscriptions`, or `nothing`. */
export function describeAttached(attached: Attached): string {
  const parts = ATTACHED.flatMap((kind) => {
    return attached[kind] === 0 ? [] : [count(attached[kind], NOUNS[kind])];
  });
  return parts.length === 0 ? 'nothing' : parts.join(', ');
}

/** Describes the effect of a row in one line, for the person who imports it. It names the line, so it must not be logged. */
export function describeEffect(effect: RowEffect): string {
  const { row, line, lineId, holderFrom, endsOn, status, kind } = effect;
  const tenure = `the tenure of ${lineId} since ${holderFrom}`;
  const what = {
    'ends-tenure': `ends ${tenure} on ${endsOn}`,
    'stops-line': `stops ${tenure}, the line is ${status}`,
    'renames-holder': `corrects the name of ${tenure}, which keeps`,
  }[kind];
  return `row ${row} (line ${line}): ${what}: ${describeAttached(effect.attached)}`;
}

/** How many rows have an effect; the list may have fewer. */
export function countEffects({ endedTenures, stoppedLines, renamedHolders }: EffectCounts): number {
  return endedTenures + stoppedLines + renamedHolders;
}

/** Describes the counts, for logs and reports; undefined when the file ends, stops and renames nothing. */
export function describeCounts(counts: EffectCounts): string | undefined {
  const { endedTenures, stoppedLines, renamedHolders, ended, renamed } = counts;
  const ends = [
    endedTenures > 0 ? `ends ${count(endedTenures, 'tenure')}` : '',
    stoppedLines > 0 ? `stops ${count(stoppedLines, 'line')}` : '',
  ].filter((part) => part !== '');
  const parts = ends.length > 0 ? [`${ends.join(', ')}: ${describeAttached(ended)}`] : [];
  if (renamedHolders > 0)
    parts.push(`corrects ${count(renamedHolders, 'name')}: ${describeAttached(renamed)}`);
  return parts.length > 0 ? parts.join('; ') : undefined;
}

function count(number: number, noun: string): string {
  return `${number} ${number === 1 ? noun : `${noun}s`}`;
}
