import { exitCodesHelp } from '../exit-codes.ts';
import { nameOf, type Command, type Option } from './command.ts';

const CALL = 'npm run admin --';

/** All commands, or those of one noun, a line each. */
export function describeCommands(commands: readonly Command[]): string {
  const width = Math.max(...commands.map((command) => nameOf(command).length));
  const lines = commands.map((command) => `  ${nameOf(command).padEnd(width)}  ${command.summary}`);
  const usage = `Usage: ${CALL} NOUN VERB [--option value …] [--json]`;
  const more = [`${CALL} NOUN VERB --help tells the options of a command.`, exitCodesHelp];
  return [usage, '', ...lines, '', ...more, ''].join('\n');
}

/** One command with its options and an example. */
export function describeCommand(command: Command): string {
  const options = Object.entries(command.options).map(([name, option]) => describeOption(name, option));
  const more = ['  --json', '  --help'];
  const width = Math.max(...options.map(([usage]) => usage.length), 8);
  return [
    `${nameOf(command)}: ${command.summary}`,
    '',
    ...options.map(([usage, text]) => `${usage.padEnd(width)}  ${text}`),
    `${(more[0] ?? '').padEnd(width)}  print JSON instead of a table`,
    '',
    `Example: ${exampleOf(command)}`,
    '',
  ].join('\n');
}

export function exampleOf(command: Command): string {
  return `${CALL} ${nameOf(command)} ${command.example}`.trimEnd();
}

function describeOption(name: string, option: Option): [usage: string, text: string] {
  const usage = `  --${name}${option.value === undefined ? '' : ` ${option.value}`}`;
  const presence = option.required ? ' (required)' : '';
  const fallback = option.default === undefined ? '' : ` (default: ${option.default})`;
  return [usage, `${option.describe}${presence}${fallback}`];
}
