import { changeOwnPassword } from '../../src/identity/change-own-password.ts';
import { endOtherSessions, listOwnSessions } from '../../src/identity/own-sessions.ts';
import type { UseCaseRow } from './use-case-table.ts';

const session = { key: 'of-no-session' };

/** How people of a line guard their own ID; the columns are those of use-case-table.ts. */
export const ownAccessUseCases: Readonly<Record<string, UseCaseRow>> = {
  changeOwnPassword: {
    rule: '--- --- +++++- ------ -',
    // The buyers of this world have no password, so none is right.
    but: 'sign-in-refused',
    run: (tx, actor) =>
      changeOwnPassword(tx, actor, { newPassword: 'a new password', address: '192.0.2.1', userAgent: '' }),
  },
  listOwnSessions: {
    rule: '--- --- +++++- ------ -',
    run: (tx, actor) => listOwnSessions(tx, actor, session),
  },
  endOtherSessions: {
    rule: '--- --- +++++- ------ -',
    run: (tx, actor) => endOtherSessions(tx, actor, session),
  },
};
