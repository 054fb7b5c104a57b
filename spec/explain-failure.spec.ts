import assert from 'node:assert/strict';
import { it } from 'node:test';
import { parseConfig } from '../config/config.ts';
import { explainFailure } from '../src/explain-failure.ts';

const coded = (message: string, code: string) => Object.assign(new Error(message), { code });

it('names what the operator can correct, without a stack', () => {
  const refused = new AggregateError([
    coded('connect ECONNREFUSED ::1:3306', 'ECONNREFUSED'),
    coded('connect ECONNREFUSED 127.0.0.1:3306', 'ECONNREFUSED'),
  ]);
  assert.equal(
    explainFailure(refused),
    'The database cannot be reached: connect ECONNREFUSED ::1:3306; connect ECONNREFUSED 127.0.0.1:3306',
  );
  assert.equal(
    explainFailure(coded('listen EADDRINUSE 127.0.0.1:8080', 'EADDRINUSE')),
    'listen EADDRINUSE 127.0.0.1:8080: something else listens there; choose another PORT or METRICS_PORT.',
  );
  try {
    parseConfig({ NODE_ENV: 'production' });
    assert.fail('a configuration of nothing');
  } catch (error) {
    assert.match(explainFailure(error), /TABANE_SECRET is missing/);
  }
});

it('has the type and place of a fault, and nothing of the row', () => {
  const told = explainFailure(new Error("Duplicate entry 'F31202993451' for key 'subscriber_issued_id'"));
  assert.match(told, /Duplicate entry '…' for key 'subscriber_issued_id'\n {4}at /);
  assert.ok(!told.includes('F31202993451'));
  assert.equal(explainFailure('a word'), 'a word');
});
