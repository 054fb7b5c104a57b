import { parseArgs } from 'node:util';
import { UsageError } from '../usage-error.ts';
import { Given, nameOf, type Command } from './command.ts';
import { describeCommand, describeCommands, exampleOf } from './help.ts';

/** What a command line asks for. */
export type Request =
  | { readonly kind: 'help'; readonly text: string }
  | {
      readonly kind: 'run';
      readonly command: Command;
      readonly given: Given;
      readonly asJson: boolean;
      /** Who types it, if they said so. */
      readonly as: string | undefined;
    };

/**
 * Finds the command and reads its options.
 * @throws UsageError that says what is wrong and what to type
 */
export function parseCommand(commands: readonly Command[], args: readonly string[]): Request {
  const [first = '', second = ''] = args.filter((arg) => !arg.startsWith('-'));
  const isWhole = commands.some((command) => command.noun === args[0] && command.verb === '');
  const [noun, verb] = isWhole ? [args[0]!, ''] : [first, second];
  const asksHelp = args.includes('--help') || args.includes('-h');
  const ofNoun = commands.filter((command) => command.noun === noun);
  if (args.length === 0 || (asksHelp && noun === ''))
    return { kind: 'help', text: describeCommands(commands) };
  if (asksHelp && ofNoun.length > 0 && verb === '' && !isWhole)
    return { kind: 'help', text: describeCommands(ofNoun) };
  const isInPlace = args[0] === noun && (isWhole || args[1] === verb);
  const command = isInPlace ? ofNoun.find((candidate) => candidate.verb === verb) : undefined;
  if (!command) throw new UsageError(describeUnknown(commands, noun, verb));
  if (asksHelp) return { kind: 'help', text: describeCommand(command) };
  return { kind: 'run', command, ...readOptions(command, args.slice(isWhole ? 1 : 2)) };
}

function readOptions(command: Command, args: readonly string[]) {
  const values = parseValues(command, args);
  const missing = Object.entries(command.options).flatMap(([name, option]) =>
    option.required && !values[name] ? [`--${name}`] : [],
  );
  if (missing.length > 0) {
    const verb = missing.length === 1 ? 'is' : 'are';
    throw new UsageError(
      `${nameOf(command)}: ${missing.join(', ')} ${verb} missing.\nExample: ${exampleOf(command)}`,
    );
  }
  const as = typeof values['as'] === 'string' ? values['as'] : undefined;
  return { given: new Given(values), asJson: values['json'] === true, as };
}

type Values = Record<string, string | boolean | undefined>;

function parseValues(command: Command, args: readonly string[]): Values {
  const known = Object.entries(command.options).map(([name, { value, default: fallback }]) => {
    const type = value === undefined ? ('boolean' as const) : ('string' as const);
    return [name, fallback === undefined ? { type } : { type, default: fallback }] as const;
  });
  const common = { json: { type: 'boolean' as const }, as: { type: 'string' as const } };
  const options = { ...Object.fromEntries(known), ...common };
  try {
    return parseArgs({ args: [...args], options, strict: true, allowPositionals: false }).values;
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    const [reason = ''] = error.message.split('. ');
    throw new UsageError(
      `${nameOf(command)}: ${reason.replace(/\.$/, '')}.\nExample: ${exampleOf(command)}`,
      { cause: error },
    );
  }
}

/** Suggests the commands that share a word with what was typed, or else names the nouns. */
function describeUnknown(commands: readonly Command[], noun: string, verb: string): string {
  const typed = `${noun} ${verb}`.trim();
  const ofNoun = commands.filter((command) => command.noun === noun);
  const alike =
    ofNoun.length > 0 ? ofNoun : commands.filter((command) => verb !== '' && command.verb === verb);
  const suggestions =
    alike.length > 0
      ? alike.map(nameOf)
      : [...new Set(commands.map((c) => (c.verb === '' ? c.noun : `${c.noun} …`)))];
  return `There is no command "${typed}". Did you mean: ${suggestions.join(', ')}?`;
}
