import {
  countLoggedRequests,
  getLoggedRequest,
  listLoggedRequests,
} from '../../src/request-log/request-log.queries.ts';
import { registerSigningKey } from '../../src/signing-keys/register-signing-key.ts';
import { requireSignature } from '../../src/signing-keys/require-signature.ts';
import { revokeSigningKey } from '../../src/signing-keys/revoke-signing-key.ts';
import { isSigningCompulsory, listSigningKeys } from '../../src/signing-keys/signing-key.queries.ts';
import { newPublicKey } from '../support/signing.ts';
import type { UseCaseRow } from './use-case-table.ts';

/** Signed requests and the log of requests; the columns are those of use-case-table.ts. */
export const signingUseCases: Readonly<Record<string, UseCaseRow>> = {
  listLoggedRequests: {
    rule: '--- ++- ------ ------ -',
    run: (tx, actor) => listLoggedRequests(tx, actor, { limit: 5 }),
  },
  getLoggedRequest: {
    // Nothing was logged.
    but: 'not-found',
    rule: '--- ++- ------ ------ -',
    run: (tx, actor) => getLoggedRequest(tx, actor, '01JV5Q8Z3M7N2X4K6T9W1B0C5D'),
  },
  countLoggedRequests: {
    rule: '--- ++- ------ ------ -',
    run: (tx, actor) => countLoggedRequests(tx, actor),
  },
  listSigningKeys: {
    rule: '--- +0- ------ ----++ -',
    run: (tx, actor, { sale }) => listSigningKeys(tx, actor, sale.company.code),
  },
  isSigningCompulsory: {
    rule: '--- +0- ------ ----++ -',
    run: (tx, actor, { sale }) => isSigningCompulsory(tx, actor, sale.company.code),
  },
  registerSigningKey: {
    rule: '--- +0- ------ ----+- -',
    run: (tx, actor, { sale }) =>
      registerSigningKey(tx, actor, {
        companyCode: sale.company.code,
        label: 'shop',
        publicKey: newPublicKey(),
      }),
  },
  revokeSigningKey: {
    rule: '--- +0- ------ ----+- -',
    run: (tx, actor, { signingKey }) => revokeSigningKey(tx, actor, { id: signingKey }),
  },
  requireSignature: {
    rule: '--- +0- ------ ----+- -',
    run: (tx, actor, { apiKey }) => requireSignature(tx, actor, { id: apiKey, isRequired: true }),
  },
};
