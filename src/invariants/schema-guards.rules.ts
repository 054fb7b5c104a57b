/** The guards of a schema, each under a name that is unique in the schema: kind, table, name. */
export type Guards = ReadonlyMap<string, string>;

/** Reads one statement of a migration; undefined if it is of another kind. */
type Reader = (statement: string, guards: Map<string, string>) => boolean;

const NAME = '[`]?(\\w+)[`]?';
/** Without CONSTRAINT, the name of a unique key follows its kind. */
const UNIQUE_KEY = new RegExp(`\\bUNIQUE\\s+(?:INDEX|KEY)\\s+${NAME}\\s*(?=\\()`, 'gi');

/**
 * The guards that a database has after these statements: its triggers with time, event and body, its functions and
 * procedures, its named unique keys, foreign keys and checks. A new migration needs no entry in any other list.
 */
export function replayGuards(statements: readonly string[]): Guards {
  const guards = new Map<string, string>();
  for (const statement of statements) readers.some((read) => read(statement, guards));
  return guards;
}

const readers: readonly Reader[] = [
  createTrigger,
  dropNamed('trigger'),
  createRoutine,
  dropNamed('function'),
  dropNamed('procedure'),
  createTable,
  dropTable,
  alterTable,
];

/** How a trigger is compared: everything that decides when it acts and what it does. */
export function describeTrigger(trigger: {
  table: string;
  timing: string;
  event: string;
  body: string;
}): string {
  const { table, timing, event, body } = trigger;
  return `${timing} ${event} on ${table}: ${normaliseSql(body)}`.replace(/^\w+ \w+/, (words) =>
    words.toLowerCase(),
  );
}

/** Normalises a statement: removes comments and extra white space, except in quotes. */
export function normaliseSql(text: string): string {
  return text
    .replaceAll(
      /('(?:[^'\\]|\\[^]|'')*'|"(?:[^"\\]|\\[^]|"")*"|`[^`]*`)|(?:--[ \t][^\n]*|#[^\n]*|\/\*(?!M?!)[^]*?\*\/|\s)+/g,
      (_, quoted: string | undefined) => quoted ?? ' ',
    )
    .trim();
}

/**
 * Normalises the condition of a check: the server omits optional brackets, puts names in backticks, writes TRUE as 1 and
 * `a NOT REGEXP b` as `!(a regexp b)`.
 */
export function normaliseCheck(clause: string): string {
  return normaliseSql(clause)
    .replace(/^!\(([^]*) regexp ('[^']*')\)$/, '$1 NOT REGEXP $2')
    .replaceAll(/('(?:[^'\\]|\\[^]|'')*')|\b(TRUE|FALSE)\b/gi, (whole, quoted: string | undefined) =>
      quoted === undefined ? String(Number(/true/i.test(whole))) : quoted,
    )
    .replaceAll(/('(?:[^'\\]|\\[^]|'')*')|[\s()`]+/g, (_, quoted: string | undefined) => quoted ?? '')
    .replaceAll(/('(?:[^'\\]|\\[^]|'')*')|[A-Z]+/g, (word, quoted: string | undefined) =>
      quoted === undefined ? word.toLowerCase() : quoted,
    );
}

function createTrigger(statement: string, guards: Map<string, string>): boolean {
  const found = new RegExp(
    `^CREATE (?:OR REPLACE )?TRIGGER (?:IF NOT EXISTS )?${NAME}\\s+(BEFORE|AFTER)\\s+(INSERT|UPDATE|DELETE)\\s+ON\\s+${NAME}` +
      '\\s+FOR\\s+EACH\\s+ROW\\s+(?:(?:FOLLOWS|PRECEDES)\\s+\\w+\\s+)?([^]*)$',
    'i',
  ).exec(statement);
  if (!found) return false;
  const [, name = '', timing = '', event = '', table = '', body = ''] = found;
  guards.set(`trigger ${name}`, describeTrigger({ table, timing, event, body }));
  return true;
}

/** The body of a function begins with its first statement: ours begin with RETURN or BEGIN. */
function createRoutine(statement: string, guards: Map<string, string>): boolean {
  const found = new RegExp(
    `^CREATE (?:OR REPLACE )?(FUNCTION|PROCEDURE) (?:IF NOT EXISTS )?${NAME}\\s*\\([^]*?\\)[^]*?\\b((?:RETURN|BEGIN)\\s[^]*)$`,
    'i',
  ).exec(statement);
  if (!found) return false;
  const [, kind = '', name = '', body = ''] = found;
  guards.set(`${kind.toLowerCase()} ${name}`, normaliseSql(body));
  return true;
}

function dropNamed(kind: string): Reader {
  const pattern = new RegExp(`^DROP ${kind} (?:IF EXISTS )?${NAME}`, 'i');
  return (statement, guards) => {
    const found = pattern.exec(statement);
    if (!found) return false;
    guards.delete(`${kind} ${found[1]}`);
    return true;
  };
}

function createTable(statement: string, guards: Map<string, string>): boolean {
  const found = new RegExp(`^CREATE (?:OR REPLACE )?TABLE (?:IF NOT EXISTS )?${NAME}`, 'i').exec(statement);
  if (!found) return false;
  addConstraints(statement, found[1] ?? '', guards);
  return true;
}

function dropTable(statement: string, guards: Map<string, string>): boolean {
  const found = new RegExp(`^DROP TABLE (?:IF EXISTS )?${NAME}`, 'i').exec(statement);
  if (!found) return false;
  const table = found[1] ?? '';
  for (const [key, guard] of guards) {
    if (key.split(' ')[1]?.startsWith(`${table}.`) || guard.includes(` on ${table}: `)) guards.delete(key);
  }
  return true;
}

/** Applies drops first: a statement may drop a key and create it again under the same name. */
function alterTable(statement: string, guards: Map<string, string>): boolean {
  const found = new RegExp(`^ALTER TABLE ${NAME}`, 'i').exec(statement);
  if (!found) return false;
  const table = found[1] ?? '';
  const drops = new RegExp(
    `\\bDROP\\s+(?:CONSTRAINT|INDEX|KEY|FOREIGN KEY)\\s+(?:IF EXISTS\\s+)?${NAME}`,
    'gi',
  );
  for (const [, name] of statement.matchAll(drops)) {
    for (const kind of ['unique', 'foreign', 'check']) guards.delete(`${kind} ${table}.${name}`);
  }
  addConstraints(statement, table, guards);
  const renamed = new RegExp(`\\bRENAME\\s+(?:TO|AS)\\s+${NAME}`, 'i').exec(statement)?.[1];
  if (renamed !== undefined) rename(table, renamed, guards);
  return true;
}

function rename(from: string, to: string, guards: Map<string, string>): void {
  for (const [key, guard] of guards) {
    const [kind = '', name = ''] = key.split(' ');
    if (name.startsWith(`${from}.`)) {
      guards.delete(key);
      guards.set(`${kind} ${to}.${name.slice(from.length + 1)}`, guard);
    } else if (guard.includes(` on ${from}: `)) {
      guards.set(key, guard.replace(` on ${from}: `, ` on ${to}: `));
    }
  }
}

function addConstraints(statement: string, table: string, guards: Map<string, string>): void {
  const pattern = new RegExp(`\\bCONSTRAINT\\s+${NAME}\\s+(UNIQUE|CHECK|FOREIGN KEY)\\s*(?=\\()`, 'gi');
  for (const found of statement.matchAll(pattern)) {
    const [whole, name = '', kind = ''] = found;
    const rest = statement.slice(found.index + whole.length);
    const inBrackets = readBrackets(rest);
    const key = `${kind.split(' ')[0]!.toLowerCase()} ${table}.${name}`;
    if (/^check/i.test(kind)) guards.set(key, normaliseCheck(inBrackets));
    else if (/^unique/i.test(kind)) guards.set(key, describeColumns(inBrackets));
    else guards.set(key, describeForeignKey(inBrackets, rest.slice(inBrackets.length + 2)));
  }
  addUniqueKeys(statement, table, guards);
}

function addUniqueKeys(statement: string, table: string, guards: Map<string, string>): void {
  for (const found of statement.matchAll(UNIQUE_KEY)) {
    const columns = readBrackets(statement.slice(found.index + found[0].length));
    guards.set(`unique ${table}.${found[1]}`, describeColumns(columns));
  }
}

function describeForeignKey(columns: string, rest: string): string {
  const found = new RegExp(`^\\s*REFERENCES\\s+${NAME}\\s*\\(([^)]*)\\)([^,]*)`, 'i').exec(rest);
  const [, table = '', referenced = '', options = ''] = found ?? [];
  const rule = (event: string) =>
    new RegExp(`ON ${event} (CASCADE|SET NULL|NO ACTION|RESTRICT)`, 'i').exec(options)?.[1]?.toUpperCase() ??
    'RESTRICT';
  return `${describeColumns(columns)} to ${table}.${describeColumns(referenced)} ${rule('UPDATE')}/${rule('DELETE')}`;
}

function describeColumns(columns: string): string {
  return columns.replaceAll(/[\s`]/g, '');
}

/** The content of the brackets at the beginning of a text. */
function readBrackets(text: string): string {
  let depth = 0;
  for (const { 0: found, index } of text.matchAll(/'(?:[^'\\]|\\[^]|'')*'|[()]/g)) {
    if (found === '(') depth += 1;
    else if (found === ')') depth -= 1;
    if (depth === 0 && found === ')') return text.slice(1, index);
  }
  throw new Error(`a bracket that does not close: ${text.slice(0, 40)}`);
}
