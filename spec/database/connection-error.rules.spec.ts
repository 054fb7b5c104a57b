import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isOutOfReach } from '../../src/database/connection-error.rules.ts';

const errorOf = (over: object) => Object.assign(new Error('of the driver'), over);

describe('an unreachable database', () => {
  const faults: [name: string, error: Error][] = [
    ['nobody listens', errorOf({ code: 'ECONNREFUSED', errno: -111 })],
    ['the connection was lost', errorOf({ code: 'PROTOCOL_CONNECTION_LOST' })],
    // The driver knows the numbers of MySQL: errors of MariaDB alone have no code.
    ['the connection was killed', errorOf({ code: undefined, errno: 1927 })],
    ['the server is read-only', errorOf({ code: 'ER_OPTION_PREVENTS_STATEMENT', errno: 1290 })],
    ['the disk is full', errorOf({ code: 'ER_RECORD_FILE_FULL', errno: 1114 })],
    ['a node is cut off in a commit', errorOf({ code: 'ER_ERROR_DURING_COMMIT', errno: 1180 })],
    ['no socket', errorOf({ code: 'ENOENT', errno: -2, syscall: 'connect' })],
  ];
  for (const [name, error] of faults) {
    it(`is recognised when ${name}, wrapped or not`, () => {
      assert.ok(isOutOfReach(error));
      assert.ok(isOutOfReach(new Error('of the ORM', { cause: error })));
    });
  }

  it('is neither a refused statement nor a missing file', () => {
    assert.ok(!isOutOfReach(errorOf({ code: 'ER_DUP_ENTRY', errno: 1062 })));
    assert.ok(!isOutOfReach(errorOf({ code: 'ENOENT', errno: -2, syscall: 'open' })));
  });
});
