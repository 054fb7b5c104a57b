import { actorName, type StaffActor } from '../../src/access/actor.ts';
import type { Deps } from '../../src/deps.ts';
import { normaliseIssuedId } from '../../src/identity/issued-id.rules.ts';
import { reportEvent } from '../../src/security/report-event.ts';
import { publicId } from '../../src/shared/public-id.rules.ts';
import type { CommandResult, Command } from './command.ts';
import { toCamelCase } from './options.ts';

/** A command that was typed, and who typed it. */
interface Typed {
  readonly command: Command;
  readonly options: Readonly<Record<string, unknown>>;
  /** Undefined when nobody was named. */
  readonly actor: StaffActor | undefined;
}

/** Logs what a result shows that not everybody should see, before it is shown. */
export function reportRevelation(
  deps: Deps,
  { command, options, actor }: Typed,
  result: CommandResult,
): void {
  const { reveals, name } = command;
  if (!reveals) return;
  const subjects = { actor: actor && actorName(actor), ...findSubject(reveals, options, result) };
  const facts = { command: name };
  if (reveals.what === 'personal_data') {
    reportEvent(deps, 'security.personal_data_shown', { subjects, facts });
  } else {
    reportEvent(deps, 'security.secret_shown', { subjects, facts: { ...facts, secret: reveals.what } });
  }
}

/** One subject has one name, however it was typed. */
const NAMES = {
  case: (number: string) => number,
  charge: (id: string) => publicId('charge', id),
  issued_id: normaliseIssuedId,
  line: (lineId: string) => lineId,
} as const;

/** What was just made is named in the result alone. */
function findSubject(
  { what, of }: NonNullable<Command['reveals']>,
  options: Readonly<Record<string, unknown>>,
  result: CommandResult,
): Partial<Record<'api_key' | 'case' | 'charge' | 'issued_id' | 'line', string | undefined>> {
  if (of !== 'result') {
    const value = String(options[toCamelCase(of.option)]);
    return { [of.kind]: NAMES[of.kind](value) };
  }
  const item = ('item' in result ? result.item : {}) as { id?: string; issuedId?: string };
  return what === 'api_key' ? { api_key: item.id } : { issued_id: item.issuedId };
}
