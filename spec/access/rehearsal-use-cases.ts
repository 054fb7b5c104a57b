import { compareRehearsal } from '../../src/rehearsals/rehearsal-comparison.queries.ts';
import { getRehearsal, listRehearsable, listRehearsals } from '../../src/rehearsals/rehearsal.queries.ts';
import { startRehearsal } from '../../src/rehearsals/start-rehearsal.ts';
import type { UseCaseRow } from './use-case-table.ts';

/** There is none: who may ask learns it. */
const id = '01JV0000000000000000000000';

/** Use cases of rehearsals. The columns are those of use-case-table.ts. */
export const rehearsalUseCases: Readonly<Record<string, UseCaseRow>> = {
  startRehearsal: {
    but: 'nothing-to-rehearse',
    rule: '--- --- ------ --++-- -',
    run: (tx, actor) => startRehearsal(tx, actor, { scope: 'month', period: '2031-01' }),
  },
  listRehearsals: {
    rule: '--- --- ------ --++++ -',
    run: (tx, actor) => listRehearsals(tx, actor),
  },
  listRehearsable: {
    rule: '--- --- ------ --++++ -',
    run: (tx, actor) => listRehearsable(tx, actor),
  },
  getRehearsal: {
    but: 'rehearsal-not-found',
    rule: '--- --- ------ --++++ -',
    run: (tx, actor) => getRehearsal(tx, actor, { id }),
  },
  compareRehearsal: {
    but: 'rehearsal-not-found',
    rule: '--- --- ------ --++++ -',
    run: (tx, actor) => compareRehearsal(tx, actor, { id }),
  },
};
