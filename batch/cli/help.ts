import type { CommandShape, Program } from './command.ts';
import type { Option } from './options.ts';

/** All commands of a program, a line each. */
export function describeProgram({ call, usage, about = [], commands, notes }: Program): string {
  const width = Math.max(...commands.map(({ name }) => name.length));
  const lines = commands.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`);
  const head = [`Usage: ${call} ${usage}`, ...(about.length > 0 ? ['', ...about] : [])];
  return [...head, '', ...lines, '', ...notes, ''].join('\n');
}

/** One command with its options and an example. */
export function describeCommand(program: Program, command: CommandShape): string {
  const lines = listOptions(command);
  const width = Math.max(...lines.map(([usage]) => usage.length));
  const head = command.name === '' ? [`Usage: ${program.call} ${program.usage}`] : [command.name];
  return [
    `${head.join('')}: ${command.summary}`,
    '',
    ...lines.map(([usage, text]) => `${usage.padEnd(width)}  ${text}`),
    '',
    `Example: ${exampleOf(program, command)}`,
    ...(command.name === '' ? ['', ...program.notes] : []),
    '',
  ].join('\n');
}

/** The example of a command, whole. */
export function exampleOf({ call }: Program, { name, example, changes }: CommandShape): string {
  const as = changes ? '--as NAME' : '';
  return [call, name, example, as].filter((part) => part !== '').join(' ');
}

type Line = readonly [usage: string, text: string];

function listOptions({ options, changes, printsItself }: CommandShape): Line[] {
  const lines = Object.entries(options).map(([name, option]) => describeOption(name, option));
  if (changes) {
    lines.push([
      '  --as NAME',
      'who you are, or the e-mail address of your account (required in production)',
    ]);
    lines.push(['  --code-file FILE', 'code of your authenticator app, for an account; - is standard input']);
  }
  if (!printsItself) lines.push(['  --json', 'print JSON instead of a table']);
  return lines;
}

function describeOption(name: string, { describe, type, required, default: fallback }: Option): Line {
  const usage = `  --${name}${type === undefined ? '' : ` ${type.placeholder}`}`;
  const presence = required ? ' (required)' : '';
  return [usage, `${describe}${presence}${fallback === undefined ? '' : ` (default: ${fallback})`}`];
}
