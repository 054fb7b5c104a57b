import type { Charge } from './charge.entity.ts';
import { moveCheck, type Moves } from '../shared/moves.rules.ts';

export type ChargeState = Charge['state'];

/** Which state may follow which. What is captured or ended never changes; the table's trigger says so too. */
const chargeMoves: Moves<ChargeState> = {
  pending: ['authorized', 'cancelled', 'expired'],
  authorized: ['captured', 'cancelled', 'expired'],
  captured: [],
  cancelled: [],
  expired: [],
};

/** Refuses a move the table above does not have. @throws Problem `illegal-state`. */
export const assertMove = moveCheck('charge', chargeMoves);
