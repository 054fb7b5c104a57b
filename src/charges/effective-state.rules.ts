import { reasonOfExpiry } from './charge.rules.ts';

/** Something that can be confirmed, or captured, until an instant. */
interface Timed<State extends string> {
  readonly state: State;
  readonly openUntil?: Date | null | undefined;
}

/** The states in which time runs out. */
export const timedStates = ['pending', 'authorized'] as const;

const isTimed: ReadonlySet<string> = new Set(timedStates);

/** Whether the time of something has run out, from the very instant on, noted by the night or not. */
export function hasRunOut({ state, openUntil }: Timed<string>, now: Date): boolean {
  return isTimed.has(state) && openUntil != null && openUntil <= now;
}

/**
 * The state that a row has at this moment, whether or not a night has stored it yet. `effective-state.queries.ts` has the
 * same rule in SQL.
 */
export function effectiveState<State extends string>(row: Timed<State>, now: Date): State | 'expired' {
  return hasRunOut(row, now) ? 'expired' : row.state;
}

/** The fields of a charge that decide how it ended. */
interface Ending<State extends string> extends Timed<State> {
  readonly endedAt?: Date | null | undefined;
  readonly endedBy?: string | null | undefined;
  /** Of an authorization: until when it would have lasted; one that ends before has lost its entitlement. */
  readonly authorizedUntil?: Date | null | undefined;
}

export interface EffectiveEnding<State extends string> {
  readonly state: State | 'expired';
  readonly openUntil: Date | null;
  readonly endedAt: Date | null;
  readonly endedBy: string | null;
}

/** How a charge has ended, or has not: one whose time has run out reads as the night will write it. */
export function effectiveEnding<State extends string>(row: Ending<State>, now: Date): EffectiveEnding<State> {
  const { state, openUntil = null, endedAt = null, endedBy = null } = row;
  if (!hasRunOut(row, now)) return { state, openUntil, endedAt, endedBy };
  return {
    state: 'expired',
    openUntil: null,
    endedAt: openUntil,
    endedBy: endedBy ?? reasonOfExpiry(row),
  };
}
