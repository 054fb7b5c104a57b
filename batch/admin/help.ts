import { exitCodesHelp } from '../exit-codes.ts';
import { nameOf, type Command, type Option } from './command.ts';

const CALL = 'npm run admin --';

/** All commands, or those of one noun, a line each. */
export function describeCommands(commands: readonly Command[]): string {
  const width = Math.max(...commands.map((command) => nameOf(command).length));
  const lines = commands.map((command) => `  ${nameOf(command).padEnd(width)}  ${command.summary}`);
  const usage = `Usage: ${CALL} NOUN VERB [--option value …] [--as NAME] [--json]`;
  const more = [
    `${CALL} NOUN VERB --help tells the options of a command.`,
    'What changes something needs --as NAME in production: who you are, for the audit trail.',
    exitCodesHelp,
  ];
  return [usage, '', ...lines, '', ...more, ''].join('\n');
}

/** One command with its options and an example. */
export function describeCommand(command: Command): string {
  const options = Object.entries(command.options).map(([name, option]) => describeOption(name, option));
  if (command.changes)
    options.push(['  --as NAME', 'who you are, for the audit trail (required in production)']);
  options.push(['  --json', 'print JSON instead of a table']);
  const width = Math.max(...options.map(([usage]) => usage.length));
  return [
    `${nameOf(command)}: ${command.summary}`,
    '',
    ...options.map(([usage, text]) => `${usage.padEnd(width)}  ${text}`),
    '',
    `Example: ${exampleOf(command)}`,
    '',
  ].join('\n');
}

export function exampleOf(command: Command): string {
  const as = command.changes ? ' --as NAME' : '';
  return `${CALL} ${nameOf(command)} ${command.example}`.trimEnd() + as;
}

function describeOption(name: string, option: Option): [usage: string, text: string] {
  const usage = `  --${name}${option.value === undefined ? '' : ` ${option.value}`}`;
  const presence = option.required ? ' (required)' : '';
  const fallback = option.default === undefined ? '' : ` (default: ${option.default})`;
  return [usage, `${option.describe}${presence}${fallback}`];
}
