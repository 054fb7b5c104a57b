import type { Deps } from '../../src/deps.ts';
import { normaliseIssuedId } from '../../src/identity/issued-id.rules.ts';
import { reportEvent } from '../../src/security/report-event.ts';
import { nameOf, type Answer, type Command, type Given } from './command.ts';

/** A command that was typed, and who typed it. */
interface Typed {
  readonly command: Command;
  readonly given: Given;
  /** Undefined when nobody was named. */
  readonly actor: string | undefined;
}

/** Tells the log what an answer shows that not everybody should see, before it is shown. */
export function reportRevelation(deps: Deps, { command, given, actor }: Typed, answer: Answer): void {
  const { reveals } = command;
  if (!reveals) return;
  const subjects = { actor, ...findSubject(reveals, given, answer) };
  const facts = { command: nameOf(command) };
  if (reveals.what === 'personal_data') {
    reportEvent(deps, 'security.personal_data_shown', { subjects, facts });
  } else {
    reportEvent(deps, 'security.secret_shown', { subjects, facts: { ...facts, secret: reveals.what } });
  }
}

/** What was just made is named in the answer alone. */
function findSubject(
  { what, of }: NonNullable<Command['reveals']>,
  given: Given,
  answer: Answer,
): Partial<Record<'api_key' | 'charge' | 'issued_id' | 'line', string | undefined>> {
  if (of !== 'answer') {
    const text = given.text(of.option);
    return { [of.kind]: of.kind === 'issued_id' ? normaliseIssuedId(text) : text };
  }
  const item = ('item' in answer ? answer.item : {}) as { id?: string; issuedId?: string };
  return what === 'api_key' ? { api_key: item.id } : { issued_id: item.issuedId };
}
