import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { reportPurchase } from '../../../src/cases/report-purchase.ts';
import { signedIn } from '../../support/actors.ts';
import { makeSale } from '../../support/factories.ts';
import { createWorld, type World } from '../../support/world.ts';
import { typeCommand } from './type-command.ts';

describe('cases on the command line', () => {
  let world: World;
  let number: string;
  before(async () => {
    world = await createWorld();
    const { buyer, consent } = await makeSale(world.deps);
    const input = { purchase: { kind: 'consent', id: consent.id }, text: 'Not mine.' } as const;
    ({ number } = await reportPurchase(world.deps, signedIn(buyer), input));
  });
  after(() => world.close());

  const type = async (...args: string[]) => {
    const { code, error, out } = await typeCommand(world.deps, args);
    assert.equal(code, 0, error);
    return out;
  };

  it('are listed, taken, noted, asked about and closed', async () => {
    assert.match(await type('case', 'list', '--state', 'open'), new RegExp(`${number}.*cs_`));
    await type('case', 'take', '--case', number);
    assert.match(await type('case', 'list', '--state', 'open'), /There is no such case/);
    await type('case', 'note', '--case', number, '--text', 'Called back.');
    await type('case', 'note', '--case', number, '--text', 'Who lives there?', '--for', 'question');
    const shown = await type('case', 'show', '--case', number);
    assert.match(shown, /waiting-subscriber/);
    assert.match(shown, /opened: Not mine\./);
    assert.match(shown, /staff:spec noted \(internal\): Called back\./);
    const closed = await type('case', 'close', '--case', number, '--outcome', 'explained', '--json');
    assert.deepEqual(JSON.parse(closed), {
      case: number,
      state: 'closed',
      outcome: 'explained',
      closedAt: '2026-05-10T03:00:00.000Z',
    });
  });

  it('that do not exist are refused, and a wrong outcome is named', async () => {
    const missing = await typeCommand(world.deps, ['case', 'show', '--case', 'C-2026-999999']);
    assert.match(missing.error, /case-not-found/);
    const wrong = await typeCommand(world.deps, ['case', 'close', '--case', number, '--outcome', 'refunded']);
    assert.match(wrong.error, /recognised, withdrawn, explained, stopped, referred/);
  });
});
