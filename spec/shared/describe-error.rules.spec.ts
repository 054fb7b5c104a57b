import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { describeError, explainError } from '../../src/shared/describe-error.rules.ts';
import { hideDatabaseValues, hideValues } from '../../src/shared/hide-values.rules.ts';
import { findSecrets } from '../support/writings.ts';

const SECRET = 'tbn_01JWFF_hush';
const secrets = { SECRET };

/** What a log contains of it. */
const written = (thrown: unknown) => JSON.stringify(describeError(thrown)) + explainError(thrown);

describe('the description of an error', () => {
  it('has type, message, code, number, call and place, and those of its causes', () => {
    const cause = Object.assign(new TypeError('connect ECONNREFUSED'), {
      code: 'ECONNREFUSED',
      errno: -111,
      syscall: 'connect',
    });
    const { stack, cause: told, ...rest } = describeError(new Error('no database', { cause }));
    assert.deepEqual(rest, { type: 'Error', message: 'no database' });
    assert.match(stack ?? '', /^ {4}at .*describe-error\.rules\.spec\.ts:\d+:\d+/);
    const { stack: _place, ...ofCause } = told!;
    assert.deepEqual(ofCause, {
      type: 'TypeError',
      message: 'connect ECONNREFUSED',
      code: 'ECONNREFUSED',
      errno: -111,
      syscall: 'connect',
    });
  });

  it('has nothing that a library has attached, at any depth', () => {
    const hung = {
      rawPacket: Buffer.from(`Authorization: Bearer ${SECRET}`),
      bytes: new Uint8Array(Buffer.from(SECRET)),
      sql: `INSERT INTO t VALUES ('${SECRET}')`,
      parameters: [SECRET],
      body: { password: SECRET },
      input: SECRET,
      headers: { cookie: SECRET },
      [SECRET]: 1,
      toJSON: () => SECRET,
      toString: () => SECRET,
    };
    const inner = Object.assign(new Error('inner'), hung);
    const outer = Object.assign(new Error('outer', { cause: inner }), hung);
    const all = Object.assign(new AggregateError([outer, inner], 'all'), hung);
    const text = written(new Error('last', { cause: all }));
    assert.deepEqual(findSecrets(text, secrets), []);
    for (const message of ['last', 'all', 'outer', 'inner']) assert.ok(text.includes(message));
  });

  it('has no value in place of a code, a number or a call', () => {
    const error = Object.assign(new Error('no'), {
      code: `${SECRET} !`,
      errno: SECRET,
      syscall: `a ${SECRET}`,
    });
    assert.deepEqual(Object.keys(describeError(error)), ['type', 'message', 'stack']);
    assert.deepEqual(findSecrets(written(Object.assign(new Error('no'), { code: { SECRET } })), secrets), []);
  });

  it('is finite for an error that is its own cause, and for an endless chain', () => {
    const own = new Error('own');
    own.cause = own;
    assert.equal(written(own).match(/"message":"own"/g)?.length, 5);
    let deep = new Error('deepest');
    for (let depth = 0; depth < 1_000; depth += 1) deep = new Error(`depth ${depth}`, { cause: deep });
    assert.ok(!written(deep).includes('deepest'));
    const many = new AggregateError(Array.from({ length: 1_000 }, (_, index) => new Error(`no ${index}`)));
    assert.equal(describeError(many).errors?.length, 10);
    assert.ok(written(new Error('x'.repeat(1_000_000))).length < 20_000);
  });

  it('has no line of a message that looks like a place', () => {
    const { stack = '' } = describeError(new Error(`no\n    at ${SECRET} (/etc/passwd:1:1)`));
    assert.ok(!stack.includes(SECRET));
    const changed = new Error(`first ${SECRET}`);
    changed.message = 'second';
    assert.deepEqual(findSecrets(written(changed), secrets), []);
  });

  it('of a value that is not an error has its kind only, or a text', () => {
    for (const thrown of [{ SECRET }, Buffer.from(SECRET), [SECRET], () => SECRET, Symbol(SECRET)])
      assert.deepEqual(findSecrets(written(thrown), secrets), []);
    assert.deepEqual(describeError('no'), { type: 'string', message: 'no' });
    assert.equal(describeError(null).type, 'null');
    assert.equal(describeError(undefined).type, 'undefined');
  });
});

describe('a message of a library', () => {
  const repeating: readonly (readonly [message: string, told: string])[] = [
    ["Duplicate entry 'hush' for key 'subscriber_id'", "Duplicate entry '…' for key 'subscriber_id'"],
    [
      "Duplicate entry 'hush' for key 'a' hush' for key 'subscriber_id'",
      "Duplicate entry '…' for key 'subscriber_id'",
    ],
    [
      "Incorrect integer value: 'hush' for column `t`.`n` at row 1",
      "Incorrect integer value: '…' for column `t`.`n` at row 1",
    ],
    [
      "Incorrect string value: '\\xE3 hush' for column `t`.`n` at row 1",
      "Incorrect string value: '…' for column `t`.`n` at row 1",
    ],
    ["Truncated incorrect DOUBLE value: 'hush'", "Truncated incorrect DOUBLE value: '…'"],
    ["Incorrect DATE value: 'it's hush'", "Incorrect DATE value: '…'"],
    ["Invalid utf8mb4 character string: 'hush'", "Invalid utf8mb4 character string: '…'"],
    ["BIGINT UNSIGNED value is out of range in '(0 - 4711)'", "BIGINT UNSIGNED value is out of range in '…'"],
    [
      "You have an error in your SQL syntax; check the manual near ''hush')' at line 1",
      "You have an error in your SQL syntax; check the manual near '…' at line 1",
    ],
    [`Unexpected token 'h', "hush" is not valid JSON`, 'Unexpected token … is not valid JSON'],
    [`Unexpected token 'x', ..."hu", "hush"... is not valid JSON`, 'Unexpected token … is not valid JSON'],
    ['Cannot convert hush to a BigInt', 'Cannot convert … to a BigInt'],
    [
      'The "key" argument must be of type object. Received type string (\'hush\')',
      'The "key" argument must be of type object. Received …',
    ],
    [
      'Value for Line.holder is required, \'undefined\' found\nentity: Line { email: "hush" }',
      'Value for Line.holder is required, …',
    ],
    [
      "Trying to set Line.n of type 'number' to 'hush' of type 'string'",
      "Trying to set Line.n of type 'number' to …",
    ],
  ];
  for (const [message, told] of repeating) {
    it(`is shown without what it repeats: ${told}`, () => {
      assert.equal(hideValues(message), told);
      assert.equal(hideDatabaseValues(message, 1062), told);
    });
  }

  it('of the database is shown without its quotes, unless it is known to quote names only', () => {
    assert.equal(hideDatabaseValues("XPATH syntax error: 'hush['", 1105), "XPATH syntax error: '…'");
    const unknown = "Unknown column 'return_url' in 'INSERT INTO'";
    assert.equal(hideDatabaseValues(unknown, 1054), unknown);
  });
});
