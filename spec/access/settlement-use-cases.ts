import { approveSettlements, countPendingSettlements } from '../../src/settlements/approve-settlements.ts';
import { holdSettlement, releaseSettlement } from '../../src/settlements/hold-settlement.ts';
import {
  countMonthStates,
  listMonthSettlements,
  listSettledMonths,
  sumMonthSettlements,
} from '../../src/settlements/month-settlements.queries.ts';
import { listMonthsToApprove } from '../../src/settlements/months-to-approve.queries.ts';
import { countDraftSettlements, proposeSettlements } from '../../src/settlements/propose-settlements.ts';
import { getSettlementDetails } from '../../src/settlements/settlement-details.queries.ts';
import { listSettlementHistory } from '../../src/settlements/settlement-history.queries.ts';
import { rejectSettlement } from '../../src/settlements/reject-settlement.ts';
import { findSettlements, getSettlement } from '../../src/settlements/settlement.queries.ts';
import { explainFigure } from '../../src/explanations/explain-figure.ts';
import type { UseCaseRow } from './use-case-table.ts';

/** None of them is there: who may ask learns it. */
const number = 'S202605-999999';
const but = 'settlement-not-found';
const reason = 'reviewed';

/** Use cases of settlements. The columns are those of use-case-table.ts. */
export const settlementUseCases: Readonly<Record<string, UseCaseRow>> = {
  findSettlements: {
    rule: '--- --- ------ -+++-+ -',
    run: (tx, actor) => findSettlements(tx, actor, { period: '2026-05' }),
  },
  getSettlement: {
    but,
    rule: '--- --- ------ -+++-+ -',
    run: (tx, actor) => getSettlement(tx, actor, number),
  },
  explainFigure: {
    but,
    rule: '--- ++- ------ -+++-+ -',
    run: (tx, actor) => explainFigure(tx, actor, { address: { of: 'settlement', number, figure: 'payout' } }),
  },
  getSettlementDetails: {
    but,
    rule: '--- --- ------ -+++-+ -',
    run: (tx, actor) => getSettlementDetails(tx, actor, number),
  },
  listSettlementHistory: {
    rule: '--- --- ------ -+++-+ -',
    run: (tx, actor) => listSettlementHistory(tx, actor, { id: 'none', number }),
  },
  proposeSettlements: {
    but,
    rule: '--- --- ------ --+--- -',
    run: (tx, actor) => proposeSettlements(tx, actor, { numbers: [number], reason }),
  },
  approveSettlements: {
    but,
    rule: '--- --- ------ ---+-- -',
    run: (tx, actor) => approveSettlements(tx, actor, { numbers: [number] }),
  },
  countPendingSettlements: {
    rule: '--- --- ------ -+++-+ -',
    run: (tx, actor) => countPendingSettlements(tx, actor, { period: '2026-05' }),
  },
  countDraftSettlements: {
    rule: '--- --- ------ -+++-+ -',
    run: (tx, actor) => countDraftSettlements(tx, actor, { period: '2026-05' }),
  },
  listMonthSettlements: {
    rule: '--- --- ------ -+++-+ -',
    run: (tx, actor) => listMonthSettlements(tx, actor, { period: '2026-05', limit: 1 }),
  },
  sumMonthSettlements: {
    rule: '--- --- ------ -+++-+ -',
    run: (tx, actor) => sumMonthSettlements(tx, actor, { period: '2026-05' }),
  },
  countMonthStates: {
    rule: '--- --- ------ -+++-+ -',
    run: (tx, actor) => countMonthStates(tx, actor, { period: '2026-05' }),
  },
  listSettledMonths: {
    rule: '--- --- ------ -+++-+ -',
    run: (tx, actor) => listSettledMonths(tx, actor),
  },
  listMonthsToApprove: {
    rule: '--- --- ------ -+++-+ -',
    run: (tx, actor) => listMonthsToApprove(tx, actor),
  },
  rejectSettlement: {
    but,
    rule: '--- --- ------ --++-- -',
    run: (tx, actor) => rejectSettlement(tx, actor, { number, reason }),
  },
  holdSettlement: {
    but,
    rule: '--- --- ------ ---+-- -',
    run: (tx, actor) => holdSettlement(tx, actor, { number, reason }),
  },
  releaseSettlement: {
    but,
    rule: '--- --- ------ ---+-- -',
    run: (tx, actor) => releaseSettlement(tx, actor, { number, reason }),
  },
};
