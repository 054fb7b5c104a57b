import type { RegistrationResponseJSON } from '@simplewebauthn/server';
import { changeOwnPassword } from '../../src/identity/change-own-password.ts';
import { addOwnPasskey, startOwnPasskey } from '../../src/identity/add-own-passkey.ts';
import {
  getOwnPasskey,
  listOwnPasskeys,
  removeOwnPasskey,
  renameOwnPasskey,
} from '../../src/identity/own-passkeys.ts';
import { endOtherSessions, listOwnSessions } from '../../src/identity/own-sessions.ts';
import type { UseCaseRow } from './use-case-table.ts';

const passkey = { ref: 'of-nobody' };
const browser = { browser: '', address: '192.0.2.1', userAgent: '' };
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
  listOwnPasskeys: {
    rule: '--- --- +++++- ------ -',
    run: (tx, actor) => listOwnPasskeys(tx, actor),
  },
  getOwnPasskey: {
    rule: '--- --- +++++- ------ -',
    but: 'not-found',
    run: (tx, actor) => getOwnPasskey(tx, actor, passkey),
  },
  startOwnPasskey: {
    rule: '--- --- +-+-+- ------ -',
    but: 'step-up-required',
    run: (tx, actor) => startOwnPasskey(tx, actor, { provenAt: undefined, browser: '' }),
  },
  addOwnPasskey: {
    rule: '--- --- +-+-+- ------ -',
    but: 'step-up-required',
    run: (tx, actor) =>
      addOwnPasskey(tx, actor, {
        ...browser,
        label: 'phone',
        response: {} as RegistrationResponseJSON,
        provenAt: undefined,
      }),
  },
  renameOwnPasskey: {
    rule: '--- --- +-+-+- ------ -',
    but: 'not-found',
    run: (tx, actor) => renameOwnPasskey(tx, actor, { ...passkey, label: 'phone' }),
  },
  removeOwnPasskey: {
    rule: '--- --- +++++- ------ -',
    but: 'not-found',
    run: (tx, actor) => removeOwnPasskey(tx, actor, { ...passkey, ...browser }),
  },
};
