import { parseArgs } from 'node:util';
import type { CommandShape } from './command.ts';
import { toCamelCase, WrongValue, type Option, type Options } from './options.ts';
import { suggest } from './suggest.rules.ts';

/** The options of a command line, and a line for each thing that is wrong with them. */
export interface ReadOptions {
  readonly options: Readonly<Record<string, unknown>>;
  readonly asJson: boolean;
  /** The value of `--as`. */
  readonly as: string | undefined;
  /** The value of `--code-file`. */
  readonly codeFile: string | undefined;
  readonly problems: readonly string[];
}

type Typed = ReadonlyMap<string, string | true>;

/** Reads the arguments that follow a command's name. */
export function readOptions(command: CommandShape, args: readonly string[]): ReadOptions {
  const known = knownOptions(command);
  const { typed, problems, faulty } = readTyped(known, args);
  const values: Record<string, unknown> = {};
  for (const [name, option] of Object.entries(command.options)) {
    if (faulty.has(name)) continue;
    const value = readValue(name, option, typed.get(name));
    if ('problem' in value) problems.push(value.problem);
    else values[toCamelCase(name)] = value.read;
  }
  const [as, codeFile] = [typed.get('as'), typed.get('code-file')];
  return {
    options: values,
    asJson: typed.get('json') === true,
    as: typeof as === 'string' ? as : undefined,
    codeFile: typeof codeFile === 'string' ? codeFile : undefined,
    problems,
  };
}

const AS: Option = { describe: 'who types', type: { placeholder: 'NAME', read: (name) => name } };
const CODE_FILE: Option = {
  describe: 'code of an authenticator app',
  type: { placeholder: 'FILE', read: (path) => path },
};

/** The options of the command and those that all of its kind have. */
function knownOptions({ options, printsItself }: CommandShape): Options {
  return {
    ...options,
    as: AS,
    'code-file': CODE_FILE,
    ...(!printsItself && { json: { describe: 'as JSON' } }),
  };
}

interface TypedOptions {
  readonly typed: Typed;
  readonly problems: string[];
  /** Options that were typed in a way that cannot be. */
  readonly faulty: ReadonlySet<string>;
}

/** Sorts the arguments into known options and problems. */
function readTyped(known: Options, args: readonly string[]): TypedOptions {
  const types = Object.entries(known).map(
    ([name, { type }]) => [name, { type: type ? ('string' as const) : ('boolean' as const) }] as const,
  );
  const { tokens } = parseArgs({
    args: [...args],
    options: Object.fromEntries(types),
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const typed = new Map<string, string | true>();
  const problems: string[] = [];
  const faulty = new Set<string>();
  let isAfterUnknown = false;
  for (const token of tokens) {
    if (token.kind === 'positional' && !isAfterUnknown)
      problems.push(`"${token.value}" belongs to no option`);
    isAfterUnknown = token.kind === 'option' && !Object.hasOwn(known, token.name);
    if (token.kind !== 'option') continue;
    const problem = findProblem(known, token);
    if (problem === undefined) {
      typed.set(token.name, token.value ?? true);
    } else {
      problems.push(problem);
      faulty.add(token.name);
    }
  }
  return { typed, problems, faulty };
}

interface OptionToken {
  readonly name: string;
  readonly rawName: string;
  readonly value?: string | undefined;
  readonly inlineValue?: boolean | undefined;
}

function findProblem(known: Options, { name, rawName, value, inlineValue }: OptionToken): string | undefined {
  if (!Object.hasOwn(known, name)) {
    const near = suggest(name, Object.keys(known));
    return `there is no option ${rawName}${near === undefined ? '' : `; did you mean --${near}?`}`;
  }
  const { type } = known[name]!;
  if (type === undefined) return value === undefined ? undefined : `${rawName} takes no value`;
  if (value === undefined) return `${rawName} needs a value, ${type.placeholder}`;
  if (!inlineValue && value.startsWith('-') && value.length > 1)
    return `${rawName} needs a value, ${type.placeholder}; one that begins with a hyphen is written ${rawName}=${value}`;
  return undefined;
}

function readValue(
  name: string,
  { type, required, default: fallback }: Option,
  typed: string | true | undefined,
): { readonly read: unknown } | { readonly problem: string } {
  if (type === undefined) return { read: typed === true };
  if (typed === true || (required && !typed)) return { problem: `--${name} is missing` };
  const text = typed ?? fallback;
  if (text === undefined) return { read: undefined };
  try {
    return { read: type.read(text) };
  } catch (error) {
    if (!(error instanceof WrongValue)) throw error;
    return { problem: `--${name} ${error.message}${error.isWhole ? '' : `, not ${text}`}` };
  }
}
