import type { Clock } from '../../src/shared/clock.ts';
import { createIds, type Ids } from '../../src/shared/ids.ts';
import { createRandom, type Random } from './random.ts';

/**
 * Identifiers that the seed and the instant decide: the same sale at the same millisecond has the same
 * identifier in every demo of a seed, however many others were made before.
 */
export function seededIds(seed: number, clock: Clock): Ids {
  let atMs: number | undefined;
  let random: Random | undefined;
  return createIds(clock, () => {
    const nowMs = clock.now().getTime();
    if (nowMs !== atMs || !random) random = createRandom(seed, `id:${nowMs}`);
    atMs = nowMs;
    return random.next();
  });
}
