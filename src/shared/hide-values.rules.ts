interface Repetition {
  /** Greedy to the last quote: the repeated value may itself contain quotes and the words after it. */
  readonly pattern: RegExp;
  readonly told: string;
}

/** Messages that repeat their input: of MariaDB, the engine, Node and MikroORM. */
const REPETITIONS: readonly Repetition[] = [
  { pattern: /Duplicate entry '.*' for key/gs, told: "Duplicate entry '…' for key" },
  { pattern: /((?:[Ii]ncorrect|Invalid) [\w() ]*(?:value|string)): '.*'/gs, told: "$1: '…'" },
  { pattern: /near '.*' at line/gs, told: "near '…' at line" },
  { pattern: /is out of range in '.*'/gs, told: "is out of range in '…'" },
  { pattern: /([Ii]llegal [\w ]*)'.*' (value|when)/gs, told: "$1'…' $2" },
  { pattern: /Unexpected token .*is not valid JSON/gs, told: 'Unexpected token … is not valid JSON' },
  { pattern: /".*" is not valid JSON/gs, told: '"…" is not valid JSON' },
  { pattern: /Cannot convert .* to a BigInt/gs, told: 'Cannot convert … to a BigInt' },
  { pattern: /Failed to parse URL from .*/gs, told: 'Failed to parse URL from …' },
  { pattern: /\. Received .*/gs, told: '. Received …' },
  { pattern: /(Trying to set [\w.]+ of type '[^']*' to) .*/gs, told: '$1 …' },
  { pattern: /(Value for [\w.]+ is required,) .*/gs, told: '$1 …' },
  { pattern: /(Could not convert [\w ]*value) .* of type '/gs, told: "$1 … of type '" },
  { pattern: /(expected for property [\w.]+,) .*/gs, told: '$1 …' },
  {
    pattern: /(Invalid (?:query condition|collection values|enum array items)[^:]*:) .*/gs,
    told: '$1 …',
  },
  { pattern: /(\(property: [\w.']+, payload:) .*/gs, told: '$1 …' },
];

/**
 * Database errors whose messages quote only names of tables, columns, keys, users and clauses, or are those of our own
 * triggers; by number, because the driver has no names for MariaDB's.
 */
const QUOTES_NAMES_ONLY = new Set([
  1044, 1045, 1048, 1049, 1054, 1062, 1064, 1091, 1114, 1136, 1142, 1143, 1146, 1176, 1227, 1264, 1265, 1292,
  1300, 1305, 1364, 1366, 1370, 1406, 1411, 1451, 1452, 1525, 1644, 1690, 4025,
]);

/** A message without the parts that it repeats of a row, a request or a statement. */
export function hideValues(message: string): string {
  return REPETITIONS.reduce((text, { pattern, told }) => text.replaceAll(pattern, told), message);
}

/** Like `hideValues` for the database, which has many messages: hides every quote of an error that is not known to quote names only. */
export function hideDatabaseValues(message: string, errno: number): string {
  const told = hideValues(message);
  return QUOTES_NAMES_ONLY.has(errno) ? told : told.replace(/'.*'/s, "'…'");
}
