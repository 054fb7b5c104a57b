import { Problem } from '../shared/problem.ts';

/** What a line may spend in its month. */
export interface MonthRoom {
  readonly limitMinor: bigint;
  /** What is left of it. */
  readonly remainingMinor: bigint;
  /** Last day of the month, which is the line's billing period. */
  readonly closesOn: string;
}

/** The refusal of an amount that a line's month has no room for. How much it has is for the subscriber alone: no fact, so no seller reads it. */
export class LimitExceeded extends Problem {
  readonly room: MonthRoom;

  constructor(room: MonthRoom) {
    super('limit-exceeded');
    this.room = room;
  }
}
