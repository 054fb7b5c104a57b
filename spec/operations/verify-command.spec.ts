import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { adminProgram } from '../../batch/admin/program.ts';
import { runCommandLine } from '../../batch/cli/run-command-line.ts';
import { capture, makeMarket } from '../invoices/captured-charges.ts';
import { createWorld, type World } from '../support/world.ts';

let world: World;
before(async () => {
  world = await createWorld();
});
after(() => world.close());

async function verify() {
  let [printed, errors] = ['', ''];
  const code = await runCommandLine(adminProgram, ['verify'], {
    systemUser: undefined,
    print: (text) => void (printed += text),
    printError: (text) => void (errors += text),
    openDeps: () => Promise.resolve({ ...world.deps, close: () => Promise.resolve() }),
  });
  return { code, printed, errors };
}

it('proves the books of an empty world, again and again', async () => {
  for (let time = 1; time <= 2; time += 1) {
    const { code, printed } = await verify();
    assert.equal(code, 0);
    assert.match(printed, /Each journal sums to zero/);
  }
});

it('names what does not agree, and fails', async () => {
  const { registered, lines } = await makeMarket(world.deps, { lineCount: 1 });
  const charge = { ...registered, lineId: lines[0]!, amountMinor: 500n, businessDate: '2026-05-09' };
  await capture(world.deps, [charge]);
  const { code, printed, errors } = await verify();
  assert.deepEqual([code, printed], [1, '']);
  assert.match(errors, /5\. BROKEN by 1: /);
  assert.match(errors, new RegExp(`line_id: ${lines[0]}`));
});
