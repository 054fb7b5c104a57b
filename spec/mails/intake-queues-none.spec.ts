import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readImports } from '../structure/read-imports.ts';

/** Files that a file needs, its own imports' imports too. */
function reachedFrom(file: string): Set<string> {
  const imports = Map.groupBy(readImports(), ({ from }) => from);
  const reached = new Set([file]);
  for (const each of reached) for (const { to } of imports.get(each) ?? []) reached.add(to);
  return reached;
}

const reaches = (file: string) => [...reachedFrom(file)].filter((each) => each.startsWith('src/mails/'));

test('the intake of usage cannot queue a mail: it pays for none', () => {
  const reached = reachedFrom('src/charges/record-usage-charges.ts');
  assert.ok(reached.size > 20, 'the walk reaches what the intake needs');
  assert.deepEqual(
    [...reached].filter((file) => file === 'src/mails/queue-mail.ts'),
    [],
  );
});

test('the walk finds who queues mails', () => {
  assert.ok(reaches('src/mails/queue-mail.ts').includes('src/mails/seal-secrets.ts'));
});
