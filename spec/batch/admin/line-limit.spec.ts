import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { makeLine } from '../../support/factories.ts';
import { createWorld, type World } from '../../support/world.ts';
import { typeCommand } from './type-command.ts';

let world: World;
before(async () => void (world = await createWorld()));
after(() => world.close());

for (const [what, birthDate, amount, inForce, note] of [
  ['its own, below the others', null, '5000', 5_000, ''],
  ["the carrier's, where its own is above", null, '50000', 10_000, "The carrier's own limit is in force"],
  ["the carrier's, where it has none", null, 'none', 10_000, "The carrier's own limit is in force"],
  ["that of the holder's age", '2016-01-01', '5000', 1_500, "The limit for the holder's age is in force"],
] as const) {
  it(`prints the limit of a line that is in force: ${what}`, async () => {
    const { lineId } = await makeLine(world.deps, { holder: { birthDate } });
    const type = (...more: string[]) =>
      typeCommand(world.deps, ['line', 'limit', '--line', lineId, '--amount', amount, ...more]);
    const item = JSON.parse((await type('--json')).out) as Record<string, unknown>;
    assert.deepEqual(item, {
      line: lineId,
      limitMinor: amount === 'none' ? null : Number(amount),
      limitInForceMinor: inForce,
    });
    const { out } = await type();
    assert.match(out, new RegExp(`Limit in force +│ ¥${inForce.toLocaleString('en')} `));
    assert.ok(out.includes(note));
    const shown = await typeCommand(world.deps, ['line', 'show', '--line', lineId, '--json']);
    assert.equal((JSON.parse(shown.out) as Record<string, unknown>)['limitInForceMinor'], inForce);
  });
}
