import type { Actor } from '../access/actor.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../shared/problem.ts';
import { areNamesShownTo, type TenureRef } from './personal-data.queries.ts';

/**
 * Refuses a file with names or addresses of a tenure to a person of the carrier who reads no names without asking and has not asked
 * for these. A file cannot be masked: it is what was sent. People of a line get their own, which their use case has checked.
 * @throws Problem `personal-data-hidden`, with the tenure to ask for.
 */
export async function requireShown(deps: Deps, reader: Actor, tenure: TenureRef): Promise<void> {
  if (reader.kind === 'subscriber' || (await areNamesShownTo(deps, reader, tenure))) return;
  throw new Problem('personal-data-hidden', {
    detail: 'The file names a person: say on the page of the line why you need it, and open it again.',
    facts: { line_id: tenure.lineId, holder_from: tenure.holderFrom },
  });
}
