import { parseArgs } from 'node:util';
import type { CommandShape, Program } from './command.ts';
import { describeCommand, describeProgram, exampleOf } from './help.ts';
import { readOptions } from './read-options.ts';
import { suggest } from './suggest.rules.ts';
import { UsageError } from './usage-error.ts';

/** What a command line asks for. */
export type Request<C extends CommandShape> =
  | { readonly kind: 'help'; readonly text: string }
  | {
      readonly kind: 'run';
      readonly command: C;
      /** The values of its options, under their names in camel case. */
      readonly options: Readonly<Record<string, unknown>>;
      readonly asJson: boolean;
      /** Who types it, if they said so. */
      readonly as: string | undefined;
      /** Where the code of their authenticator app is, if they said so. */
      readonly codeFile: string | undefined;
    };

/**
 * Finds the command and reads its options.
 * @throws UsageError with a line for each thing that is wrong, and what to type
 */
export function parseCommandLine<C extends CommandShape>(
  program: Program<C>,
  args: readonly string[],
): Request<C> {
  const words = leadingWords(args);
  const command = findCommand(program, words);
  if (asksForHelp(args)) return { kind: 'help', text: describeAsked(program, command, words) };
  if (!command) {
    if (args.length === 0) return { kind: 'help', text: describeProgram(program) };
    throw new UsageError(describeUnknown(program, words));
  }
  const { problems, ...typed } = readOptions(command, args.slice(wordsOf(command).length));
  if (problems.length > 0) {
    const label = command.name === '' ? '' : `${command.name}: `;
    const lines = problems.map((problem) => `${label}${problem}`);
    throw new UsageError([...lines, `Example: ${exampleOf(program, command)}`].join('\n'));
  }
  command.check?.(typed.options);
  return { kind: 'run', command, ...typed };
}

/** The words before the first option. */
function leadingWords(args: readonly string[]): string[] {
  const end = args.findIndex((arg) => arg.startsWith('-'));
  return args.slice(0, end === -1 ? undefined : end);
}

function wordsOf({ name }: CommandShape): string[] {
  return name === '' ? [] : name.split(' ');
}

/** The command with the most words that the line begins with. */
function findCommand<C extends CommandShape>(program: Program<C>, words: readonly string[]): C | undefined {
  return program.commands
    .filter((command) => wordsOf(command).every((word, index) => words[index] === word))
    .toSorted((a, b) => wordsOf(b).length - wordsOf(a).length)[0];
}

function asksForHelp(args: readonly string[]): boolean {
  const { values } = parseArgs({
    args: [...args],
    options: { help: { type: 'boolean', short: 'h' } },
    strict: false,
  });
  return values['help'] === true;
}

/** Help for a command, for those that begin with a word, or for all. */
function describeAsked<C extends CommandShape>(
  program: Program<C>,
  command: C | undefined,
  words: readonly string[],
): string {
  if (command) return describeCommand(program, command);
  if (words.length === 0) return describeProgram(program);
  const alike = program.commands.filter((candidate) => wordsOf(candidate)[0] === words[0]);
  if (alike.length > 0 && words.length === 1) return describeProgram({ ...program, commands: alike });
  throw new UsageError(describeUnknown(program, words));
}

/** Suggests the commands that share a word with what was typed, or else the nearest name. */
function describeUnknown({ commands, noun, call }: Program, words: readonly string[]): string {
  const [first = '', second] = words;
  if (words.length === 0) return `Name a ${noun}. ${call} --help lists them.`;
  const typed = [first, ...(commands.some(({ name }) => name.includes(' ')) && second ? [second] : [])];
  const said = `There is no ${noun} "${typed.join(' ')}".`;
  const suggestions = listAlike(commands, typed);
  return suggestions.length > 0
    ? `${said} Did you mean ${suggestions.join(', ')}?`
    : `${said} ${call} --help lists them all.`;
}

function listAlike(commands: readonly CommandShape[], [first = '', second]: readonly string[]): string[] {
  const names = commands.map(({ name }) => name);
  const ofNoun = names.filter((name) => name.split(' ')[0] === first);
  if (ofNoun.length > 0) return ofNoun;
  const ofVerb = names.filter((name) => second !== undefined && name.split(' ')[1] === second);
  if (ofVerb.length > 0) return ofVerb;
  const near = suggest(first, [...new Set(names.map((name) => name.split(' ')[0]!))]);
  if (near === undefined) return [];
  return names.includes(near) ? [near] : names.filter((name) => name.split(' ')[0] === near);
}
