import type { Deps } from '../deps.ts';
import { reportEvent } from '../security/report-event.ts';
import type { LineCheck } from './line-check.ts';

/** A server that was asked twice answers twice: the second reply is late, not forged. */
const HARMLESS = new Set(['identifier']);

/**
 * Wraps a line check: after each question it logs what was dropped in the meantime, one line for each server and
 * reason, however many datagrams arrive.
 */
export function reportForgeries(deps: Pick<Deps, 'config' | 'log'>, lineCheck: LineCheck): LineCheck {
  const told = new Map<string, number>();
  const report = () => {
    for (const [index, { server, droppedReplies }] of lineCheck.stats().entries()) {
      for (const [reason, dropped] of Object.entries(droppedReplies)) {
        const key = `${index} ${reason}`;
        const count = dropped - (told.get(key) ?? 0);
        if (count <= 0) continue;
        told.set(key, dropped);
        if (HARMLESS.has(reason)) continue;
        reportEvent(deps, 'security.radius_reply_forged', {
          subjects: { radius_server: server },
          facts: { reason, count, server: index + 1 },
        });
      }
    }
  };
  return {
    async check(request) {
      const outcome = await lineCheck.check(request);
      report();
      return outcome;
    },
    stats: () => lineCheck.stats(),
    async close() {
      await lineCheck.close();
      report();
    },
  };
}
